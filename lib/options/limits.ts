import type { Size } from './parse.ts';
import { defaultsOf, readGiven, type Rows } from './rows.ts';
import { parseCount, parseLimit } from './values.ts';

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

/** How these options are read. */
export const LIMITS: Rows<Limits> = {
  maxEntries: { parse: parseCount, default: Infinity },
  maxBytes: { parse: parseLimit, default: Infinity },
};

/** Those of `prune()`. @throws TypeError (`ERR_INVALID_ARG_VALUE`) */
export function readLimits({ maxEntries, maxBytes }: LimitOptions): Limits {
  return { ...defaultsOf(LIMITS), ...readGiven({ maxEntries, maxBytes }, LIMITS, 'prune()') };
}

/** Whether there is any limit. */
export function hasLimit({ maxEntries, maxBytes }: Limits): boolean {
  return maxEntries !== Infinity || maxBytes !== Infinity;
}
