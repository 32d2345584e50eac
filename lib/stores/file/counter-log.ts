/** The lines in which increments of counters are written, and a file of them that is being read. */

import { Buffer } from 'node:buffer';
import * as fs from 'node:fs';
import { crc32 } from 'node:zlib';
import type { Counts } from '../store.ts';
import { checkIsFile, openIfAny } from './read-record.ts';

/** What is said of one group: whether it began anew, so that what came before counts no more, and the sums since then. */
interface GroupSums {
  isReset: boolean;
  sums: Map<string, number>;
}

/** Sums by the names of groups. */
export type Groups = Map<string, GroupSums>;

/** What a line says: increments of a group, or that it begins anew. */
type Entry = readonly [group: string, deltas?: Counts];

/** Characters of a checksum. */
const CHECKSUM = 8;

/** What is read into: no two logs are read at the same time. */
const scratch = Buffer.allocUnsafeSlow(65_536);

/** Bytes of a line that is longer than any of ours. */
const TOO_LONG = 2 ** 24;

const NEWLINE = 10;

/**
 * A line: CRC-32 in 8 hex characters, and JSON. It begins and ends with a line break, so that one that was torn off on a full
 * disk does not spoil the next one: it fails its checksum, and is passed over.
 */
export function encodeLine(content: unknown): Buffer {
  const json = JSON.stringify(content);
  return Buffer.from(`\n${checksumOf(json)}${json}\n`);
}

/** What a line says; undefined for one that is torn, or none of ours. */
export function decodeLine(line: string): unknown {
  const json = line.slice(CHECKSUM);
  if (json.length === 0 || line.slice(0, CHECKSUM) !== checksumOf(json)) return undefined;
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

function checksumOf(json: string): string {
  return crc32(json).toString(16).padStart(CHECKSUM, '0');
}

/** Adds what is said of a group to what is known. */
export function addTo(groups: Groups, group: string, { isReset, sums }: GroupSums): void {
  const known = groups.get(group);
  const target = known === undefined || isReset ? new Map<string, number>() : known.sums;
  for (const [name, delta] of sums) target.set(name, (target.get(name) ?? 0) + delta);
  groups.set(group, { isReset: isReset || known?.isReset === true, sums: target });
}

/** As {@link addTo}, for what a line says, if it says anything. */
export function addEntry(groups: Groups, entry: unknown): void {
  if (!isEntry(entry)) return;
  const [group, deltas] = entry;
  addTo(groups, group, { isReset: deltas === undefined, sums: new Map(Object.entries(deltas ?? {})) });
}

function isEntry(entry: unknown): entry is Entry {
  if (!Array.isArray(entry)) return false;
  const [group, deltas] = entry as unknown[];
  return typeof group === 'string' && (deltas === undefined || isCounts(deltas));
}

/** Whether these are whole numbers by name. */
export function isCounts(value: unknown): value is Counts {
  return typeof value === 'object' && value !== null && Object.values(value).every(Number.isSafeInteger);
}

/** A log that is read on from where it was read to. Its descriptor is kept, so that its number is given to no other file. */
export class CounterLog {
  readonly groups: Groups = new Map();
  readonly file: number;
  readonly #fd: number;
  /** Bytes up to the end of the last whole line that was read. */
  #position = 0;

  private constructor(fd: number, file: number) {
    this.#fd = fd;
    this.file = file;
  }

  /** Undefined where there is no such file. Throws what the file system says. */
  static open(path: string): CounterLog | undefined {
    const fd = openIfAny(path);
    if (fd === undefined) return undefined;
    try {
      return new CounterLog(fd, checkIsFile(fs.fstatSync(fd)).ino);
    } catch (error) {
      fs.closeSync(fd);
      throw error;
    }
  }

  /** Reads what was appended. `size` is that of the file, where it is known. */
  readOn(size: number = fs.fstatSync(this.#fd).size): void {
    let buffer = scratch;
    while (size > this.#position) {
      const length = fs.readSync(this.#fd, buffer, 0, buffer.length, this.#position);
      const end = buffer.subarray(0, length).lastIndexOf(NEWLINE) + 1;
      for (const line of buffer.toString('utf8', 0, end).split('\n')) {
        if (line !== '') addEntry(this.groups, decodeLine(line));
      }
      this.#position += end;
      if (end > 0) continue;
      // What is left is a part of a line: that is all there is, or the buffer is too small for it.
      if (length < buffer.length) return;
      if (length < TOO_LONG) buffer = Buffer.allocUnsafe(2 * length);
      // It is none of ours. What follows it is, once there is a line break.
      else this.#position += length;
    }
  }

  /** Takes a line of this process as read, where nothing else was appended before it. `size` is that of the file with it. */
  pass(line: Buffer, { size, entry }: { readonly size: number; readonly entry: Entry }): void {
    if (this.#position + line.length !== size) return;
    addEntry(this.groups, entry);
    this.#position = size;
  }

  /** To be done once. Never throws: there is nothing to lose in what was only read. */
  close(): void {
    try {
      fs.closeSync(this.#fd);
    } catch {
      // The descriptor is gone all the same.
    }
  }
}
