import process from 'node:process';

import type { TempCacheError } from '../common/errors.ts';
import { perScope } from './per-store.ts';

/** What this process was warned of, over one set of records. */
const warnedOf = perScope(() => new Set<string>());

/**
 * Has the process warn that an error stands behind `what`, which it says with its cure: the first time for each `subject`, by
 * default the code, and set of records.
 */
export function warnOnce(
  scope: string | object,
  { code, message }: TempCacheError,
  { what, subject = code }: { readonly what: string; readonly subject?: string },
): void {
  const warned = warnedOf(scope);
  if (warned.has(subject)) return;
  warned.add(subject);
  process.emitWarning(`${what}: ${message}`, { type: 'TempCacheWarning', code });
}
