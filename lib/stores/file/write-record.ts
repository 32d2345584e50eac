import * as fs from 'node:fs';
import process from 'node:process';
import { errorCode } from '../../common/errors.ts';
import type { Parts } from '../store.ts';
import { CHUNK } from './read-record.ts';

/**
 * Writes a record under a temporary name and renames it: a reader sees the old record until it sees the new one.
 * Throws what the file system says, and leaves no temporary file behind then.
 *
 * Renaming over an existing file makes ext4 flush the new one (`auto_da_alloc`). Measured in pairs, 300 bytes, medians in us:
 *
 * |                                      | ext4 at rest | ext4 after many removals | tmpfs |
 * | ------------------------------------ | -----------: | -----------------------: | ----: |
 * | temp file, rename to a new name      |           55 |                      950 |    17 |
 * | temp file, rename over the old one   |          130 |                     1000 |    21 |
 * | temp file, remove the old one first  |           43 |                      770 |    26 |
 * | rewrite in place                     |            5 |                       15 |     6 |
 *
 * Why renaming is what is done nevertheless, always:
 * - Removing the old file first spares the flush, but then a reader finds nothing where a record stood, and computes.
 * - Writing in place is cheaper still, and a reader may see half of it, for good when the writer dies.
 * - Two names for each record, written in turns, cost every reader of the other one a failed open, 5 us on the way of a hit.
 * - The flush is what keeps the record whole over a power cut, without `fsync`.
 * Replacing an entry is rare, it follows a computation that was worth caching, and a tenth of a millisecond is nothing to that.
 */
export function replaceFile(path: string, temp: string, record: Parts): void {
  try {
    writeNew(temp, record);
    rename(temp, path);
  } catch (error) {
    removeQuietly(temp);
    throw error;
  }
}

/** No `fsync`: it makes a write six to ten times dearer, and a record that a crash has torn fails its checksum. */
function writeNew(path: string, record: Parts): void {
  const fd = fs.openSync(path, 'wx', 0o600);
  try {
    writeAll(fd, record);
  } finally {
    fs.closeSync(fd);
  }
}

function writeAll(fd: number, record: Parts): void {
  const [first] = record;
  let written = 0;
  if (record.length > 1) written = fs.writevSync(fd, record);
  else if (first !== undefined) written = fs.writeSync(fd, first, 0, Math.min(first.length, CHUNK));
  // A file system may take less than it was given; what is left goes part by part.
  for (const part of record) {
    const skipped = Math.min(written, part.length);
    written -= skipped;
    if (skipped < part.length) writeRest(fd, part, skipped);
  }
}

function writeRest(fd: number, part: Uint8Array, from: number): void {
  let offset = from;
  while (offset < part.length) {
    const count = fs.writeSync(fd, part, offset, Math.min(part.length - offset, CHUNK));
    if (count === 0) throw Object.assign(new Error('The file system takes no more bytes'), { code: 'ENOSPC' });
    offset += count;
  }
}

/** On Windows a file that somebody reads cannot be replaced for that moment: a few more tries, 60 ms in all. */
const WINDOWS_WAITS: readonly number[] = process.platform === 'win32' ? [1, 2, 5, 10, 15, 27] : [];

function rename(from: string, to: string): void {
  for (const wait of WINDOWS_WAITS) {
    try {
      fs.renameSync(from, to);
      return;
    } catch (error) {
      const code = errorCode(error);
      if (code !== 'EPERM' && code !== 'EACCES' && code !== 'EBUSY') throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, wait);
    }
  }
  fs.renameSync(from, to);
}

function removeQuietly(path: string): void {
  try {
    fs.unlinkSync(path);
  } catch {
    // It was never made, or is swept as a leftover once this process is gone.
  }
}
