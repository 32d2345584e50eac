import type { Buffer } from 'node:buffer';

import type { Lifetime } from './freshness.ts';

/**
 * The head of a record. All numbers are little-endian, all texts UTF-8. The payload follows the head.
 *
 * | at | bytes | what |
 * | --- | --- | --- |
 * | 0 | 4 | magic: `TCR` and 0x1a |
 * | 4 | 4 | CRC-32 of the head from byte 8 on |
 * | 8 | 4 | CRC-32 of the payload |
 * | 12 | 1 | format of the record: 2 |
 * | 13 | 1 | flags: 1 = the value came out of a promise, 2 = the run of a generator, 4 = a chunk of one; no flag but one |
 * | 14 | 2 | length of the head: a multiple of 8, at most 4,096; exactly that when the record has over 65,536 bytes |
 * | 16 | 8 | length of the payload (float64) |
 * | 24 | 8 | created, ms since the epoch (float64) |
 * | 32 | 8 | expires for every reader, ms since the epoch (float64, Infinity) |
 * | 40 | 8 | end by its function's own maxAge, ms since the epoch (float64), 0 when it has none |
 * | 48 | 8 | ms that the computation took (float64), 0 when there was none |
 * | 56 | 4 | version of the serializer |
 * | 60 | 4 | encoding, a number of the serializer's own |
 * | 64 | 64 | id, in hex |
 * | 128 | 1 | length of the serializer's name |
 * | 129 | 1 | 0 |
 * | 130 | 2 | length of the function's name |
 * | 132 | 2 | length of the label |
 * | 134 | 2 | 0 |
 * | 136 | 8 | the first bytes of the digest of the function's identity, zeros for an item that no function made |
 * | 144 | | the three texts, then zeros up to the end of the head |
 */
export const AT = {
  magic: 0,
  headChecksum: 4,
  payloadChecksum: 8,
  format: 12,
  flags: 13,
  headLength: 14,
  payloadLength: 16,
  createdAt: 24,
  expiresAt: 32,
  keepUntil: 40,
  computeMs: 48,
  serializerVersion: 56,
  encoding: 60,
  id: 64,
  serializerLength: 128,
  nameLength: 130,
  labelLength: 132,
  identity: 136,
} as const;

/** Where the texts begin. */
export const FIXED_BYTES = 144;
/** `TCR` and 0x1a, which ends a text file on some systems. */
export const MAGIC = 0x1a52_4354;
/** Raised whenever the table changes; a record of another format is a miss. */
export const FORMAT = 2;
/** Characters of the digest of an identity that are kept. */
export const IDENTITY_LENGTH = 16;
/** The longest texts in bytes; longer ones are cut. The name of a serializer has at most 255. */
export const LIMITS = { name: 1024, label: 2048 } as const;

/** What a record holds: a value, the run of a generator, or a part of one that is kept apart. */
export type RecordKind = 'value' | 'run' | 'chunk';

/** The flags of the kinds. */
export const KIND_FLAG: Readonly<Record<RecordKind, number>> = { value: 0, run: 2, chunk: 4 };

/** Everything that a record says about its value. */
export interface RecordFields extends Lifetime {
  readonly id: string;
  /** Whether the value came out of a promise: a hit then answers with one. */
  readonly promised: boolean;
  /** Default: a value. */
  readonly kind?: RecordKind;
  readonly computeMs: number;
  readonly serializer: string;
  readonly serializerVersion: number;
  readonly encoding: number;
  /** The name of the function, or an empty text. */
  readonly name: string;
  /** The first 16 hex characters of the digest of the function's identity, or an empty text. */
  readonly identity: string;
  /** What listings show for the item, or an empty text. */
  readonly label: string;
}

/** The fields of a checked head, each read when it is asked for. */
export class RecordHead implements RecordFields {
  /** Bytes up to the payload. */
  readonly length: number;
  readonly #bytes: Buffer;

  /** `bytes` begin with the head, of this length; see `readHead`, which checks it. */
  constructor(bytes: Buffer, length: number) {
    this.#bytes = bytes;
    this.length = length;
  }

  get payloadLength(): number {
    return this.#bytes.readDoubleLE(AT.payloadLength);
  }

  get payloadChecksum(): number {
    return this.#bytes.readUInt32LE(AT.payloadChecksum);
  }

  get promised(): boolean {
    return this.#bytes[AT.flags] === 1;
  }

  get kind(): RecordKind {
    const flags = this.#bytes[AT.flags];
    if (flags === KIND_FLAG.run) return 'run';
    return flags === KIND_FLAG.chunk ? 'chunk' : 'value';
  }

  get createdAt(): number {
    return this.#bytes.readDoubleLE(AT.createdAt);
  }

  get expiresAt(): number {
    return this.#bytes.readDoubleLE(AT.expiresAt);
  }

  get keepUntil(): number {
    return this.#bytes.readDoubleLE(AT.keepUntil);
  }

  get computeMs(): number {
    return this.#bytes.readDoubleLE(AT.computeMs);
  }

  get serializerVersion(): number {
    return this.#bytes.readUInt32LE(AT.serializerVersion);
  }

  get encoding(): number {
    return this.#bytes.readUInt32LE(AT.encoding);
  }

  get id(): string {
    return this.#bytes.toString('latin1', AT.id, AT.id + 64);
  }

  get serializer(): string {
    return this.#text(0, this.#bytes[AT.serializerLength] as number);
  }

  /** Whether a serializer of this name and version wrote it; every hit asks, so no string is made. */
  isBy(name: string, version: number): boolean {
    const bytes = this.#bytes;
    if (this.serializerVersion !== version) return false;
    if (bytes[AT.serializerLength] === name.length && hasAscii(bytes, FIXED_BYTES, name)) return true;
    return this.serializer === name;
  }

  /** Whether it is the record of this id. */
  isOf(id: string): boolean {
    return id.length === 64 && hasAscii(this.#bytes, AT.id, id);
  }

  get name(): string {
    return this.#text(this.#bytes[AT.serializerLength] as number, this.#bytes.readUInt16LE(AT.nameLength));
  }

  get identity(): string {
    const identity = this.#bytes.toString('hex', AT.identity, AT.identity + IDENTITY_LENGTH / 2);
    return identity === NO_IDENTITY ? '' : identity;
  }

  get label(): string {
    const before = (this.#bytes[AT.serializerLength] as number) + this.#bytes.readUInt16LE(AT.nameLength);
    return this.#text(before, this.#bytes.readUInt16LE(AT.labelLength));
  }

  #text(offset: number, length: number): string {
    return this.#bytes.toString('utf8', FIXED_BYTES + offset, FIXED_BYTES + offset + length);
  }
}

const NO_IDENTITY = '0'.repeat(IDENTITY_LENGTH);

/** Whether an ASCII text stands at a place; false for any other text. */
function hasAscii(bytes: Buffer, at: number, text: string): boolean {
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    if (unit > 127 || bytes[at + index] !== unit) return false;
  }
  return true;
}
