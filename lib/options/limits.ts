import { invalidArgument } from '../common/errors.ts';
import { parseSize, type Size } from './parse.ts';

/** How much a cache may keep. `Infinity` where there is no limit. */
export interface Limits {
  readonly maxEntries: number;
  /** Bytes of all records together. */
  readonly maxBytes: number;
}

/**
 * The options about limits. All processes that save with limits count together. After any burst a cache is over its limits by no
 * more than a twentieth, and what is being saved at that moment. What is saved without limits, by another cache object over the
 * same folder, is not counted: it is found by the next listing, which is made now and then, and by `prune()`, which is exact. Over
 * a store without counters each process goes by its own listings, and several that save at the same time may come further over.
 */
export interface LimitOptions {
  /** How many entries are kept; the least recently used ones go first. See {@link LimitOptions}. Default: no limit. */
  readonly maxEntries?: number;
  /**
   * How many bytes all entries together may take; the least recently used ones go first. See {@link LimitOptions}. Default: no
   * limit.
   */
  readonly maxBytes?: Size;
}

/** The names of these options. */
export const LIMITS: readonly (keyof LimitOptions)[] = ['maxEntries', 'maxBytes'];

/** @throws TypeError (`ERR_INVALID_ARG_VALUE`) */
export function readLimits({ maxEntries, maxBytes }: LimitOptions): Limits {
  return {
    maxEntries: readCount(maxEntries, 'maxEntries', Infinity),
    maxBytes: readSizeLimit(maxBytes, 'maxBytes', Infinity),
  };
}

/** Whether there is any limit. */
export function hasLimit({ maxEntries, maxBytes }: Limits): boolean {
  return maxEntries !== Infinity || maxBytes !== Infinity;
}

/** Bytes; `before` where the option is not given. @throws TypeError (`ERR_INVALID_ARG_VALUE`) */
export function readSizeLimit(size: Size | undefined, option: string, before: number): number {
  if (size === undefined) return before;
  const bytes = parseSize(size, `The option ${option}`);
  if (bytes > 0) return bytes;
  throw invalidArgument(`The option ${option} must be more than 0; { mode: 'off' } keeps nothing`);
}

/** A number of entries; `before` where the option is not given. @throws TypeError (`ERR_INVALID_ARG_VALUE`) */
export function readCount(count: number | undefined, option: string, before: number): number {
  if (count === undefined) return before;
  if (count === Infinity || (Number.isSafeInteger(count) && count > 0)) return count;
  throw invalidArgument(`The option ${option} must be a whole number of 1 or more; it is ${String(count)}`);
}
