import { invalidArgument } from '../common/errors.ts';
import { readCount, readSizeLimit } from './limits.ts';
import { checkOptions, parseDuration, type Duration, type Size } from './parse.ts';

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
   * Whether callers are given the very value that is kept, and not a copy: for values that nobody changes, and functions
   * that are fast to call. Default: false.
   */
  readonly share?: boolean;
}

/** What the tier goes by. */
export interface MemorySettings {
  readonly maxEntries: number;
  readonly maxBytes: number;
  /** Ms; undefined to go by what the store can tell. */
  readonly maxAge: number | undefined;
  readonly share: boolean;
}

const MAX_ENTRIES = 10_000;
const MAX_BYTES = 64 * 2 ** 20;
const KNOWN: readonly (keyof MemoryOptions)[] = ['maxEntries', 'maxBytes', 'maxAge', 'share'];

/** Undefined for no tier. @throws TypeError (`ERR_INVALID_ARG_VALUE`) */
export function readMemory(option: boolean | MemoryOptions | undefined): MemorySettings | undefined {
  if (option === undefined || option === false) return undefined;
  const given = option === true ? {} : option;
  checkOptions(given, KNOWN, 'memory');
  const { maxEntries, maxBytes, maxAge, share } = given;
  if (share !== undefined && typeof share !== 'boolean') {
    throw invalidArgument('The option memory.share must be true or false');
  }
  return {
    maxEntries: readCount(maxEntries, 'memory.maxEntries', MAX_ENTRIES),
    maxBytes: readSizeLimit(maxBytes, 'memory.maxBytes', MAX_BYTES),
    maxAge: maxAge === undefined ? undefined : parseDuration(maxAge, 'The option memory.maxAge'),
    share: share === true,
  };
}
