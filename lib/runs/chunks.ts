/** The runs of generators are kept in chunks; this is what the bytes of a chunk are. */

import { Buffer } from 'node:buffer';
import { hash } from 'node:crypto';

import { CorruptItemError } from '../common/errors.ts';
import type { Payload } from '../serializers/serializer.ts';
import { CHUNK_PREFIX } from '../common/ids.ts';

/** Bytes before the items of a chunk. */
const PREFIX = 64;

/** Bytes before each item. */
const ITEM_PREFIX = 8;

/** When a chunk is full. So much is held in memory at a time, and a single item may be larger. */
const FULL = { items: 1000, bytes: 65_536 - 4096 } as const;

/** Which chunk it is. */
export interface ChunkName {
  /** The id of the item whose run it belongs to. */
  readonly id: string;
  /** Which of the runs of that item: 32 hex characters. */
  readonly token: string;
  readonly index: number;
}

/** Where a chunk is stored: runs never share one, so one that is being written disturbs no reader of another. */
export function chunkIdOf({ id, token, index }: ChunkName): string {
  return CHUNK_PREFIX + hash('sha256', `${id} ${token} ${index}`, 'hex').slice(CHUNK_PREFIX.length);
}

/**
 * Gathers items in the form in which they are stored, each encoded when it was made: whoever is handed an item may
 * change it. All numbers are little-endian.
 *
 * | at | bytes | what |
 * | --- | --- | --- |
 * | 0 | 32 | id of the item that the run belongs to |
 * | 32 | 16 | token of the run |
 * | 48 | 4 | index of the chunk |
 * | 52 | 12 | 0 |
 * | 64 | | the items: encoding (4 bytes), length (4 bytes), bytes |
 */
export class ChunkBuffer {
  #bytes: Buffer = Buffer.alloc(1024);
  #length = PREFIX;
  #items = 0;

  get isEmpty(): boolean {
    return this.#items === 0;
  }

  /** Bytes of what was taken. */
  get length(): number {
    return this.#length - PREFIX;
  }

  /** Takes the next item; whether the chunk is full now. */
  add({ encoding, bytes }: Payload): boolean {
    const end = this.#length + ITEM_PREFIX + bytes.length;
    if (end > this.#bytes.length) this.#grow(end);
    this.#bytes.writeUInt32LE(encoding, this.#length);
    this.#bytes.writeUInt32LE(bytes.length, this.#length + 4);
    this.#bytes.set(bytes, this.#length + ITEM_PREFIX);
    this.#length = end;
    this.#items++;
    return this.#items >= FULL.items || end >= FULL.bytes;
  }

  /** The payload of a chunk, valid until the next call of `clear` or `add`. */
  chunk({ id, token, index }: ChunkName): Uint8Array {
    this.#bytes.write(id + token, 0, 'hex');
    this.#bytes.writeUInt32LE(index, 48);
    return this.#bytes.subarray(0, this.#length);
  }

  /** The items alone, valid as long as `chunk`. */
  items(): Uint8Array {
    return this.#bytes.subarray(PREFIX, this.#length);
  }

  clear(): void {
    // A single item may have been very large.
    if (this.#bytes.length > 4 * FULL.bytes) this.#bytes = Buffer.alloc(1024);
    this.#length = PREFIX;
    this.#items = 0;
  }

  #grow(needed: number): void {
    const larger = Buffer.alloc(Math.max(needed, 2 * this.#bytes.length));
    larger.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = larger;
  }
}

/** Which chunk a payload is, as it says itself. @throws CorruptItemError */
export function nameOfChunk(payload: Uint8Array): ChunkName {
  const bytes = asBuffer(payload);
  if (bytes.length < PREFIX) throw new CorruptItemError('A chunk of a generator is cut off');
  return {
    id: bytes.toString('hex', 0, 32),
    token: bytes.toString('hex', 32, 48),
    index: bytes.readUInt32LE(48),
  };
}

/** The items of a chunk, for {@link ItemReader}. @throws CorruptItemError when it is another chunk */
export function itemsOfChunk(payload: Uint8Array, { id, token, index }: ChunkName): Uint8Array {
  const name = nameOfChunk(payload);
  if (name.id !== id || name.token !== token || name.index !== index) {
    throw new CorruptItemError(`A part of the run of ${id} belongs to another run`, { id });
  }
  return payload.subarray(PREFIX);
}

/** Reads items one by one. The bytes are the reader's own. */
export class ItemReader {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = asBuffer(bytes);
  }

  /** The next item, or undefined after the last. @throws CorruptItemError */
  next(): Payload | undefined {
    const from = this.#at + ITEM_PREFIX;
    if (this.#at === this.#bytes.length) return undefined;
    if (from > this.#bytes.length) throw cutOff();
    const encoding = this.#bytes.readUInt32LE(this.#at);
    const end = from + this.#bytes.readUInt32LE(this.#at + 4);
    if (end > this.#bytes.length) throw cutOff();
    this.#at = end;
    return { encoding, bytes: this.#bytes.subarray(from, end) };
  }
}

function cutOff(): CorruptItemError {
  return new CorruptItemError('An item of a generator is cut off');
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
