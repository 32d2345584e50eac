import { Buffer } from 'node:buffer';
import * as fs from 'node:fs';
import { join } from 'node:path';
import type { Totals } from '../store.ts';
import { isAbsent, storeFailure } from './failure.ts';
import { COUNT_NAME } from './names.ts';
import { replaceFile } from './write-record.ts';

/** One change: entries and bytes, two float64, little-endian. The first of a file is what there was when it was begun. */
export const CHANGE_BYTES = 16;

/** Changes that are read at a time. */
const MANY = 1024;

/** A file longer than this is not read: it is time to count anew. */
const MAX_BYTES = 2 ** 20;

/** Where changes are written from and read into: no two of these overlap in time, and a buffer for each costs as much as the rest. */
const scratch = Buffer.alloc(CHANGE_BYTES * MANY);

/** No own changes. */
const NONE = { size: 0, entries: 0, bytes: 0 };

interface CountFile {
  readonly fd: number;
  readonly size: number;
}

/**
 * The count of a folder: a file that everybody appends their changes to, and of which everybody reads what others have
 * appended since. One `write` of 16 bytes in append mode is whole on a local file system, so no lock is needed. Whoever
 * begins anew puts another file in its place; a change that goes into the old one at that very moment is lost, which the
 * next count makes good. The descriptor is kept: `nlink` tells when the file was replaced.
 */
export class Tally {
  readonly #path: string;
  #fd: number | undefined;
  /** How far it was read, and the sums of that. */
  #position = 0;
  #entries = 0;
  #bytes = 0;
  /** Own changes behind that: as long as the file has no more, nobody else has written, and nothing needs to be read. */
  #own = NONE;

  constructor(folder: string) {
    this.#path = join(folder, COUNT_NAME);
  }

  /** Undefined also where it has become too long, or says nonsense. @throws StoreError */
  add(change: Totals): Totals | undefined {
    return this.#unlessAbsent(() => this.#add(change));
  }

  /** `temp` is a name of its own beside it. @throws StoreError */
  begin(totals: Totals, temp: string): void {
    this.#unlessAbsent(() => replaceFile(this.#path, temp, [encodeChange(totals)]));
    this.close();
  }

  #add({ entries, bytes }: Totals): Totals | undefined {
    const file = this.#current() ?? this.#open();
    if (file === undefined || file.size > MAX_BYTES) return undefined;
    // A torn write, as on a full disk: all changes behind it would be read out of step.
    if (file.size % CHANGE_BYTES !== 0) return undefined;
    if (file.size !== this.#position + this.#own.size) this.#readOn(file.fd);
    if (entries !== 0 || bytes !== 0) this.#write(file.fd, { entries, bytes });
    const sums = { entries: this.#entries + this.#own.entries, bytes: this.#bytes + this.#own.bytes };
    return isCount(sums.entries) && isCount(sums.bytes) ? sums : undefined;
  }

  close(): void {
    if (this.#fd !== undefined) fs.closeSync(this.#fd);
    this.#fd = undefined;
  }

  /** The folder may go at any moment: then nobody has counted. */
  #unlessAbsent<T>(work: () => T): T | undefined {
    try {
      return work();
    } catch (error) {
      if (isAbsent(error)) return undefined;
      throw storeFailure('count the records in', error, { path: this.#path });
    }
  }

  /** The file that is open, unless another one stands in its place. */
  #current(): CountFile | undefined {
    if (this.#fd === undefined) return undefined;
    const { nlink, size } = fs.fstatSync(this.#fd);
    if (nlink > 0) return { fd: this.#fd, size };
    this.close();
    return undefined;
  }

  #open(): CountFile | undefined {
    try {
      this.#fd = fs.openSync(this.#path, fs.constants.O_RDWR | fs.constants.O_APPEND | (fs.constants.O_NOFOLLOW ?? 0));
    } catch (error) {
      if (isAbsent(error)) return undefined;
      throw error;
    }
    this.#position = 0;
    this.#entries = 0;
    this.#bytes = 0;
    this.#own = NONE;
    return { fd: this.#fd, size: fs.fstatSync(this.#fd).size };
  }

  #write(fd: number, { entries, bytes }: Totals): void {
    fs.writeSync(fd, encodeChange({ entries, bytes }));
    const { size, entries: ownEntries, bytes: ownBytes } = this.#own;
    this.#own = { size: size + CHANGE_BYTES, entries: ownEntries + entries, bytes: ownBytes + bytes };
  }

  /** Own changes too, in the order of the file. */
  #readOn(fd: number): void {
    this.#own = NONE;
    for (;;) {
      const read = fs.readSync(fd, scratch, 0, scratch.length, this.#position);
      const whole = read - (read % CHANGE_BYTES);
      for (let at = 0; at < whole; at += CHANGE_BYTES) {
        this.#entries += scratch.readDoubleLE(at);
        this.#bytes += scratch.readDoubleLE(at + 8);
      }
      this.#position += whole;
      if (read < scratch.length) return;
    }
  }
}

/** Whole numbers add up exactly in any order, so anything else was no sum of changes. */
function isCount(sum: number): boolean {
  return Number.isSafeInteger(sum) && sum >= 0;
}

function encodeChange({ entries, bytes }: Totals): Buffer {
  const change = scratch.subarray(0, CHANGE_BYTES);
  change.writeDoubleLE(entries, 0);
  change.writeDoubleLE(bytes, 8);
  return change;
}
