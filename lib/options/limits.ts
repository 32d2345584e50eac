import { type Duration, parseCount, parseDuration, parseLimit, parseSwitch, refuse, type Size } from './parse.ts';
import { defaultsOf, readGiven, type Rows } from './rows.ts';

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

/** A tier in the memory of this process, in front of the store. */
export interface MemoryOptions {
  /** How many values are kept; the least recently used ones go first. Default: 10,000. */
  readonly maxEntries?: number;
  /** How many bytes their records may take together; larger values are not kept. Default: `'64MB'`. */
  readonly maxBytes?: Size;
  /**
   * For how long a value is served without a look at the store. Default: 0 over files, where a look is cheap and shows
   * what other processes have saved at once, and one second over stores where it is not.
   */
  readonly maxAge?: Duration;
  /**
   * Whether callers are given the very value that is kept, and not a copy: for values that are never changed, and functions
   * that are fast to call. Default: false.
   */
  readonly share?: boolean;
}

/** What the tier goes by. */
export interface MemorySettings {
  readonly maxEntries: number;
  readonly maxBytes: number;
  /** Ms; undefined: the default of the store. */
  readonly maxAge: number | undefined;
  readonly share: boolean;
}

const MEMORY: Rows<MemorySettings> = {
  maxEntries: { parse: parseCount, default: 10_000 },
  maxBytes: { parse: parseLimit, default: 64 * 2 ** 20 },
  maxAge: { parse: parseDuration, default: undefined },
  share: { parse: parseSwitch, default: false },
};

/** Undefined for no tier. @throws TypeError (`ERR_INVALID_ARG_VALUE`) */
export function parseMemory(value: unknown, what: string): MemorySettings | undefined {
  if (value === false) return undefined;
  if (typeof value !== 'object' && value !== true) return refuse(value, what, 'true, false or an object');
  return { ...defaultsOf(MEMORY), ...readGiven(value === true ? {} : value, MEMORY, 'memory') };
}
