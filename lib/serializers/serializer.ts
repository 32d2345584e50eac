import { Buffer } from 'node:buffer';
import { isUint8Array } from 'node:util/types';
import { invalidArgument } from '../common/errors.ts';
import type { TypeOrClass } from '../v8-serializer-utils/define-type.ts';

/** Turns values into bytes and back. Any object of this shape will do. */
export interface Serializer {
  /** Stands in every record: a record is read by a serializer of the same name and version only. */
  readonly name: string;
  /** A whole number; 0 when left out. Raise it when older bytes can no longer be read. */
  readonly version?: number;
  /** Throws what it cannot store whole. */
  serialize(value: unknown): Uint8Array;
  /** May keep and change the bytes that it is given. Throws what it cannot read. */
  deserialize(bytes: Uint8Array): unknown;
}

/** The bytes of a value and how they were made. */
export interface Payload {
  /** A number of the codec's own, 0 to 2^32-1, kept in the record. */
  readonly encoding: number;
  readonly bytes: Uint8Array;
}

/**
 * What the cache works with: a serializer that may choose between several encodings, one for each value, and keeps the
 * choice outside the bytes, so that a large buffer needs no copy to be saved or loaded.
 */
export interface Codec {
  readonly name: string;
  readonly version: number;
  encode(value: unknown): Payload;
  /** The same with types besides its own; undefined for a serializer that knows no types. */
  readonly withTypes?: (types: readonly TypeOrClass[]) => Codec;
  /**
   * `bytes` may be memory that is used again afterwards, unless they span the whole of their ArrayBuffer: then they
   * belong to the codec, and the value may be a view of them.
   */
  decode(encoding: number, bytes: Uint8Array): unknown;
}

/** A built-in serializer offers its codec under this symbol. */
export const codecOf: unique symbol = Symbol('tempcache.codec');

/** A serializer that brings its own codec. */
export interface CodecSerializer extends Serializer {
  readonly [codecOf]: Codec;
}

/**
 * The codec of a serializer, checked.
 *
 * @throws TypeError (`ERR_INVALID_ARG_VALUE`) for anything that is not of the shape of a {@link Serializer}.
 */
export function toCodec(serializer: Serializer): Codec {
  checkSerializer(serializer ?? {});
  return codecOf in serializer ? (serializer as CodecSerializer)[codecOf] : adapt(serializer);
}

function checkSerializer(serializer: Partial<Serializer>): void {
  const { name, version = 0, serialize, deserialize } = serializer;
  if (typeof name !== 'string' || name === '' || Buffer.byteLength(name) > 255) {
    throw invalidArgument('A serializer needs a name of 1 to 255 bytes: { name, serialize, deserialize }');
  }
  if (!Number.isInteger(version) || version < 0 || version > 0xffff_ffff) {
    throw invalidArgument(`The version of the serializer "${name}" must be a whole number from 0 to 2^32-1`);
  }
  if (typeof serialize !== 'function' || typeof deserialize !== 'function') {
    throw invalidArgument(`The serializer "${name}" needs the functions serialize and deserialize`);
  }
}

/** Bytes of a user's serializer are always handed over, never lent. */
function adapt(serializer: Serializer): Codec {
  return {
    name: serializer.name,
    version: serializer.version ?? 0,
    encode(value) {
      const bytes: unknown = serializer.serialize(value);
      if (!isUint8Array(bytes)) throw new TypeError(`serialize() of "${serializer.name}" must return a Uint8Array`);
      return { encoding: 0, bytes };
    },
    decode(_encoding, bytes) {
      return serializer.deserialize(isOwned(bytes) ? bytes : new Uint8Array(bytes));
    },
  };
}

/** Whether bytes span the whole of their ArrayBuffer: the receiver may keep them. */
export function isOwned(bytes: Uint8Array): boolean {
  return bytes.byteLength === bytes.buffer.byteLength;
}

const PREFIX = 4;

/** Makes a codec a serializer that can be used alone: the encoding stands before the bytes, little-endian. */
export function selfContained(codec: Codec): CodecSerializer {
  return {
    name: codec.name,
    version: codec.version,
    serialize: (value) => join(codec.encode(value)),
    deserialize(bytes) {
      if (bytes.byteLength < PREFIX) throw new Error('The bytes are too short to be a stored value');
      const encoding = new DataView(bytes.buffer, bytes.byteOffset, PREFIX).getUint32(0, true);
      return codec.decode(encoding, bytes.subarray(PREFIX));
    },
    [codecOf]: codec,
  };
}

function join({ encoding, bytes }: Payload): Uint8Array {
  const joined = Buffer.allocUnsafeSlow(PREFIX + bytes.byteLength);
  joined.writeUInt32LE(encoding);
  joined.set(bytes, PREFIX);
  return joined;
}
