import type { Buffer } from 'node:buffer';

import type { Lifetime } from './freshness.ts';
import { AT, FIXED_BYTES, IDENTITY_LENGTH, KIND_FLAG, type RecordKind } from './layout.ts';

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
  /** What tells this call from others of its function, in short digests; may be empty. */
  readonly fingerprints: Uint8Array;
}

/** The fields of a checked head. Those that no hit asks for are read when they are asked for. */
export class RecordHead implements RecordFields {
  /** Bytes up to the payload. */
  readonly length: number;
  readonly payloadLength: number;
  readonly promised: boolean;
  readonly kind: RecordKind;
  readonly createdAt: number;
  readonly expiresAt: number;
  readonly computeMs: number;
  readonly serializerVersion: number;
  readonly encoding: number;
  readonly #bytes: Buffer;

  /** `bytes` begin with the head, of this length; see `readHead`, which checks it. */
  constructor(bytes: Buffer, length: number) {
    this.#bytes = bytes;
    this.length = length;
    const flags = bytes[AT.flags] as number;
    this.promised = (flags & 1) === 1;
    this.kind = KINDS[flags & ~1] ?? 'value';
    this.payloadLength = bytes.readDoubleLE(AT.payloadLength);
    this.createdAt = bytes.readDoubleLE(AT.createdAt);
    this.expiresAt = bytes.readDoubleLE(AT.expiresAt);
    this.computeMs = bytes.readDoubleLE(AT.computeMs);
    this.serializerVersion = bytes.readUInt32LE(AT.serializerVersion);
    this.encoding = bytes.readUInt32LE(AT.encoding);
  }

  get keepUntil(): number {
    return this.#bytes.readDoubleLE(AT.keepUntil);
  }

  get keepsOwnAge(): boolean {
    return this.#bytes[AT.keepsOwnAge] === 1;
  }

  get maxAge(): number {
    return this.#bytes.readDoubleLE(AT.maxAge);
  }

  get id(): string {
    return (this.#bytes as Buffer & { latin1Slice(from: number, to: number): string }).latin1Slice(AT.id, AT.id + 64);
  }

  get serializer(): string {
    return this.#text(0, this.#bytes[AT.serializerLength] as number);
  }

  /** Whether a serializer of this name and version wrote it; every hit asks, so no string is made. */
  isBy(name: string, version: number): boolean {
    const bytes = this.#bytes;
    if (bytes.readUInt32LE(AT.serializerVersion) !== version) return false;
    if (bytes[AT.serializerLength] === name.length && hasAscii(bytes, FIXED_BYTES, name)) return true;
    return this.serializer === name;
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

  /** Valid as long as the bytes of the head. */
  get fingerprints(): Uint8Array {
    const bytes = this.#bytes;
    const texts =
      (bytes[AT.serializerLength] as number) + bytes.readUInt16LE(AT.nameLength) + bytes.readUInt16LE(AT.labelLength);
    return bytes.subarray(FIXED_BYTES + texts, FIXED_BYTES + texts + bytes.readUInt16LE(AT.fingerprintsLength));
  }

  #text(offset: number, length: number): string {
    return this.#bytes.toString('utf8', FIXED_BYTES + offset, FIXED_BYTES + offset + length);
  }
}

/** By the byte that tells them; all others are values. */
const KINDS: Readonly<Record<number, RecordKind>> = {
  [KIND_FLAG.run]: 'run',
  [KIND_FLAG.chunk]: 'chunk',
  [KIND_FLAG.note]: 'note',
  [KIND_FLAG.error]: 'error',
};

const NO_IDENTITY = '0'.repeat(IDENTITY_LENGTH);

/** Whether an ASCII text stands at a place; false for any other text. */
function hasAscii(bytes: Buffer, at: number, text: string): boolean {
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    if (unit > 127 || bytes[at + index] !== unit) return false;
  }
  return true;
}
