import process from 'node:process';

import type { TempCacheError } from '../common/errors.ts';
import { perScope } from './per-store.ts';

/** The codes of the errors that this process was warned of, over one set of records. */
const warnedOf = perScope(() => new Set<string>());

/**
 * Has the process warn that an error stands behind `what`, which it says with its cure: the first time for each code and set of
 * records.
 */
export function warnOnce(scope: string | object, error: TempCacheError, what: string): void {
  const { code, message } = error;
  const warned = warnedOf(scope);
  if (warned.has(code)) return;
  warned.add(code);
  process.emitWarning(`${what}: ${message}`, { type: 'TempCacheWarning', code });
}
