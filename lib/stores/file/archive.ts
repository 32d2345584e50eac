/**
 * Records in one file:
 *
 * | bytes | what |
 * | ----- | --- |
 * | 20 | `tempcache-archive 1` and a line feed |
 * | 64, 8, n | for each record its id, n as little-endian float64, and its bytes |
 * | 64, 8 | 64 dashes, and the number of records: a file without that was cut off |
 */

import { Buffer } from 'node:buffer';
import { randomBytes } from 'node:crypto';
import * as fs from 'node:fs';
import { StoreError } from '../../common/errors.ts';
import { ID } from '../../common/ids.ts';
import { sizeOf, type Parts } from '../store.ts';
import { storeFailure } from './failure.ts';

const BEGINNING = 'tempcache-archive 1\n';
const END = '-'.repeat(64);

/** Writes an archive, readable by its owner alone; what stood in its place stays until it is whole. */
export class ArchiveWriter {
  readonly #path: string;
  readonly #draft: string;
  readonly #file: number;
  #records = 0;

  /** @throws StoreError */
  constructor(path: string) {
    this.#path = path;
    this.#draft = `${path}.${randomBytes(4).toString('hex')}.tmp`;
    this.#file = guard(path, () => fs.openSync(this.#draft, 'wx', 0o600));
    this.#write(Buffer.from(BEGINNING));
  }

  /** @throws StoreError */
  add(id: string, parts: Parts): void {
    this.#write(titleOf(id, sizeOf(parts)));
    for (const part of parts) this.#write(part);
    this.#records++;
  }

  /** @throws StoreError */
  end(): void {
    this.#write(titleOf(END, this.#records));
    guard(this.#path, () => {
      fs.fsyncSync(this.#file);
      fs.closeSync(this.#file);
      fs.renameSync(this.#draft, this.#path);
    });
  }

  /** Leaves nothing behind. */
  abandon(): void {
    guard(this.#path, () => {
      fs.closeSync(this.#file);
      fs.rmSync(this.#draft, { force: true });
    });
  }

  #write(bytes: Uint8Array): void {
    guard(this.#path, () => {
      for (let at = 0; at < bytes.length;) at += fs.writeSync(this.#file, bytes, at);
    });
  }
}

/** The records of an archive, one after the other; the bytes are the caller's. @throws StoreError for a file that is none, or was cut off */
export function* readArchive(path: string): Generator<{ readonly id: string; readonly bytes: Uint8Array }, void> {
  const file = guard(path, () => fs.openSync(path, 'r'));
  try {
    if (read(path, file, BEGINNING.length).toString() !== BEGINNING)
      throw notWhole(path, 'it is no archive of tempcache');
    const { size } = guard(path, () => fs.fstatSync(file));
    for (let records = 0; ; records++) {
      const title = read(path, file, 72);
      const [id, count] = [title.toString('latin1', 0, 64), title.readDoubleLE(64)];
      if (id === END && count === records) return;
      const isTitle = ID.test(id) && Number.isSafeInteger(count) && count >= 0;
      if (!isTitle || count > size) throw notWhole(path, 'it is damaged');
      yield { id, bytes: read(path, file, count) };
    }
  } finally {
    fs.closeSync(file);
  }
}

function titleOf(id: string, count: number): Buffer {
  const title = Buffer.alloc(72, id, 'latin1');
  title.writeDoubleLE(count, 64);
  return title;
}

function read(path: string, file: number, length: number): Buffer {
  const bytes = Buffer.allocUnsafeSlow(length);
  for (let at = 0; at < length;) {
    const got = guard(path, () => fs.readSync(file, bytes, at, length - at, null));
    if (got === 0) throw notWhole(path, 'it was cut off');
    at += got;
  }
  return bytes;
}

function notWhole(path: string, why: string): StoreError {
  return new StoreError(`Cannot read the archive ${path}: ${why}; export it anew`, { path });
}

function guard<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw storeFailure('use the archive', error, { path });
  }
}
