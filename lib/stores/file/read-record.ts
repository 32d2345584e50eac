import * as fs from 'node:fs';
import { Buffer } from 'node:buffer';
import { HEAD_BYTES, sizeOfLarge, SPLIT_BYTES } from '../store.ts';
import type { Parts, PeekedRecord } from '../store.ts';
import { ifAny, isAbsent } from './failure.ts';

/** A symbolic link in the place of a record is not followed, and a pipe in its place does not block. Windows knows neither flag. */
export const READ_ONLY: number =
  fs.constants.O_RDONLY | (fs.constants.O_NOFOLLOW ?? 0) | (fs.constants.O_NONBLOCK ?? 0);

/** The most that one call reads or writes: the system's own limit is 2 GiB less a page. */
export const CHUNK: number = 2 ** 30;

/**
 * Bytes from which on a record is read in the thread pool for callers that can wait. Measured on two cores, from memory: 1 MB
 * takes 0.2 ms at once and 3.4 times that in the pool, 4 MB 0.9 ms and 1.7 times, 8 MB 1.5 ms and 1.3 times, 100 MB 114 ms
 * and 1.1 times.
 */
export const LARGE_BYTES: number = 4 * 2 ** 20;

/**
 * Reads records into a buffer that it keeps: a record of common size costs one open, read and close, and no memory.
 * Measured against `readFileSync` of the same 300 bytes, in pairs: 0.86 times its time.
 */
export class RecordReader {
  /** One byte more than the longest record that fits, to see that there is more. */
  readonly #buffer = Buffer.allocUnsafeSlow(SPLIT_BYTES + 1);
  /**
   * Whether the last record that was asked for was not there. Then the next one is likely not to be there either, and to
   * look first costs 1 us where to open what is not there costs 5: that is an exception. As long as records are found, nothing
   * is looked at.
   */
  #missed = false;

  /**
   * The record, or undefined where there is no such file. One of up to {@link SPLIT_BYTES} is a view of the kept buffer,
   * valid until the next call; the parts of a longer one are the caller's. One from {@link LARGE_BYTES} on is left alone where
   * the caller can wait: `'large'`. Throws what the file system says.
   */
  read(path: string): Parts | undefined;
  read(path: string, patience: 'can wait' | undefined): Parts | 'large' | undefined;
  read(path: string, patience?: 'can wait'): Parts | 'large' | undefined {
    if (this.#missed && fs.lstatSync(path, { throwIfNoEntry: false }) === undefined) return undefined;
    let fd: number;
    try {
      fd = fs.openSync(path, READ_ONLY);
      this.#missed = false;
    } catch (error) {
      this.#missed = isAbsent(error);
      if (this.#missed) return undefined;
      throw error;
    }
    try {
      const length = fs.readSync(fd, this.#buffer, 0, SPLIT_BYTES + 1, null);
      if (length > SPLIT_BYTES) return this.#readLong(fd, patience === undefined ? Infinity : LARGE_BYTES);
      if (length === 0) checkIsFile(fs.fstatSync(fd));
      return [this.#buffer.subarray(0, length)];
    } finally {
      fs.closeSync(fd);
    }
  }

  /**
   * What was read already is copied, the rest goes straight into memory of its own. A file that shrinks meanwhile gives
   * a short record, one that grows a cut one: neither passes for whole. Of a file that is no record only the beginning is read.
   */
  #readLong(fd: number, large: number): Parts | 'large' {
    const { size } = checkIsFile(fs.fstatSync(fd));
    if (size !== sizeOfLarge(this.#buffer)) return [new Uint8Array(this.#buffer.subarray(0, HEAD_BYTES))];
    if (size >= large) return 'large';
    const rest = new Uint8Array(size - HEAD_BYTES);
    rest.set(this.#buffer.subarray(HEAD_BYTES));
    let filled = this.#buffer.length - HEAD_BYTES;
    while (filled < rest.length) {
      const count = fs.readSync(fd, rest, filled, Math.min(rest.length - filled, CHUNK), null);
      if (count === 0) break;
      filled += count;
    }
    return [new Uint8Array(this.#buffer.subarray(0, HEAD_BYTES)), filled < rest.length ? rest.slice(0, filled) : rest];
  }
}

/**
 * The beginning of a record, and what its file tells; undefined where there is no such file. It is read into memory of its
 * own, or into `lent`, which has room for {@link HEAD_BYTES}.
 */
export function peekRecord(path: string, id: string, lent?: Uint8Array): PeekedRecord | undefined {
  const fd = openIfAny(path);
  if (fd === undefined) return undefined;
  try {
    const { size, mtimeMs } = checkIsFile(fs.fstatSync(fd));
    const bytes = lent ?? new Uint8Array(HEAD_BYTES);
    const length = fs.readSync(fd, bytes, 0, HEAD_BYTES, null);
    const head = length === HEAD_BYTES || lent !== undefined ? bytes.subarray(0, length) : bytes.slice(0, length);
    return { id, size, lastUsedAt: mtimeMs, head };
  } finally {
    fs.closeSync(fd);
  }
}

/** A file that is to be read, or undefined where there is none. Throws what else the file system says. */
export function openIfAny(path: string): number | undefined {
  return ifAny(() => fs.openSync(path, READ_ONLY));
}

/** Nothing to read is right for an empty file alone: a pipe without a writer has nothing either. */
export function checkIsFile(stats: fs.Stats): fs.Stats {
  if (stats.isFile()) return stats;
  throw Object.assign(new Error('It is not a file'), { code: 'EISDIR' });
}
