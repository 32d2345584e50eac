import process from 'node:process';

import type { TempCacheError } from '../common/errors.ts';
import { perScope } from './per-store.ts';

/** What this process was warned of, over one set of records. */
const warnedOf = perScope(() => new Set<string>());

/** What is said of an error. */
export interface WarningTerms {
  /** What has happened. */
  readonly what: string;
  /** Of what it warns once. Default: the code of the error. */
  readonly subject?: string;
  /** Says more. */
  readonly more?: () => string;
}

/**
 * Has the process warn that an error stands behind `what`, which it says with its cure: the first time for each subject and
 * set of records.
 */
export function warnOnce(
  scope: string | object,
  { code, message }: TempCacheError,
  { what, subject = code, more }: WarningTerms,
): void {
  const warned = warnedOf(scope);
  if (warned.has(subject)) return;
  warned.add(subject);
  process.emitWarning(`${what}: ${message}${more?.() ?? ''}`, { type: 'TempCacheWarning', code });
}
