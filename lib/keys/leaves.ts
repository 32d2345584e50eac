import { Buffer } from 'node:buffer';
import { endianness } from 'node:os';
import { URL, URLSearchParams } from 'node:url';

import { type Kind, namesDate, typedArrayName } from '../common/kind.ts';
import { hasExtraProperties } from '../common/own-properties.ts';
import { contentOf, TEMPORAL_KINDS, type TemporalKind } from '../common/temporal.ts';
import { Refusal } from './refusal.ts';
import { writeScalar, writeSymbol } from './scalars.ts';
import { TAG } from './tags.ts';
import type { ByteWriter } from './writer.ts';

type Getter<T> = (this: unknown) => T;
type WriteLeaf = (out: ByteWriter, value: never) => void;

const typedArrays = Object.getPrototypeOf(Uint8Array.prototype) as object;

/** The accessors and methods as they are when this is loaded: nothing that an object has of its own stands before them. */
const read = {
  href: getter(URL.prototype, 'href') as Getter<string>,
  parameters: URLSearchParams.prototype.toString,
  time: Date.prototype.getTime,
  symbol: Symbol.prototype.valueOf,
  source: getter(RegExp.prototype, 'source') as Getter<string>,
  flags: getter(RegExp.prototype, 'flags') as Getter<string>,
  typedArray: partsOf(typedArrays),
  dataView: partsOf(DataView.prototype),
};

/** How objects that hold no other values are written. */
const LEAVES: { readonly [kind in Kind]?: WriteLeaf } = {
  Date(out: ByteWriter, value: Date) {
    out.byte(TAG.date);
    out.number(read.time.call(value));
  },
  RegExp(out: ByteWriter, value: RegExp) {
    out.byte(TAG.regexp);
    out.string(read.source.call(value));
    out.string(read.flags.call(value));
    // Adding 0 makes 0 of -0, which `util.isDeepStrictEqual` tells apart everywhere but here.
    const lastIndex: unknown = value.lastIndex;
    if (!writeScalar(out, typeof lastIndex === 'number' ? lastIndex + 0 : lastIndex))
      throw new Refusal('has a lastIndex that is an object');
  },
  Number: writeBoxed(Number.prototype.valueOf),
  String: writeBoxed(String.prototype.valueOf),
  Boolean: writeBoxed(Boolean.prototype.valueOf),
  BigInt: writeBoxed(BigInt.prototype.valueOf),
  Symbol(out: ByteWriter, value: symbol) {
    out.byte(TAG.boxed);
    writeSymbol(out, read.symbol.call(value));
  },
  URL(out: ByteWriter, value: URL) {
    out.byte(TAG.url);
    out.string(read.href.call(value));
  },
  URLSearchParams(out: ByteWriter, value: URLSearchParams) {
    out.byte(TAG.searchParams);
    out.string(read.parameters.call(value));
  },
  ArrayBuffer(out: ByteWriter, value: ArrayBuffer) {
    out.byte(TAG.arrayBuffer);
    out.binary(new Uint8Array(value));
  },
  DataView: writeView('DataView'),
  Buffer: writeView('Buffer'),
  ...Object.fromEntries(TEMPORAL_KINDS.map((kind) => [kind, writeTemporal(kind)])),
};

/** Writes a leaf; false for an object that holds other values. */
export function writeLeaf(out: ByteWriter, value: object, kind: Kind): boolean {
  const typedArray = kind === 'Buffer' ? undefined : typedArrayName(value);
  const write = typedArray === undefined ? LEAVES[kind] : writeView(typedArray);
  if (write === undefined) return false;
  refuseExtraProperties(value, kind);
  write(out, value as never);
  return true;
}

/** @throws Refusal for a built-in object with properties of its own: what they mean for a key is anybody's guess. */
export function refuseExtraProperties(value: object, kind: Kind): void {
  if (hasExtras(value, kind)) throw new Refusal('has further properties of its own, beside what its kind holds');
}

function hasExtras(value: object, kind: Kind): boolean {
  // Of the hidden properties of an array only those of a tagged template's strings have a meaning.
  if (kind === 'Array') return hasExtraProperties(value as unknown[]) || Object.hasOwn(value, 'raw');
  if (typedArrayName(value) !== undefined) return hasExtraProperties(value as Uint8Array);
  return hasNamesBeside(value, usualNames(value, kind));
}

/** How many own properties an object of its kind has; a date of fake timers names its class. */
function usualNames(value: object, kind: Kind): number {
  if (kind === 'RegExp') return 1;
  if (kind === 'String') return (value as ArrayLike<string> & object).length + 1;
  return kind === 'Date' && namesDate(value) ? 1 : 0;
}

/** Whether there are more own properties, hidden ones too, than an object of its kind has. */
function hasNamesBeside(value: object, usual: number): boolean {
  return Object.getOwnPropertyNames(value).length > usual || Object.getOwnPropertySymbols(value).length > 0;
}

function writeBoxed(valueOf: () => unknown): WriteLeaf {
  return (out: ByteWriter, value: object) => {
    out.byte(TAG.boxed);
    writeScalar(out, valueOf.call(value));
  };
}

/** A `Temporal` object counts by all that it holds: its calendar and its time zone too. */
function writeTemporal(kind: TemporalKind): WriteLeaf {
  return (out: ByteWriter, value: object) => {
    out.byte(TAG.temporal);
    out.string(kind);
    for (const part of contentOf(value, kind)) out.string(part);
  };
}

/** Views count by their class and their content; the ArrayBuffer around it does not show. */
function writeView(name: string): WriteLeaf {
  const { buffer, byteOffset, byteLength } = name === 'DataView' ? read.dataView : read.typedArray;
  return (out: ByteWriter, value: ArrayBufferView) => {
    out.byte(TAG.view);
    out.string(name);
    const bytes = new Uint8Array(buffer.call(value), byteOffset.call(value), byteLength.call(value));
    out.binary(inLittleEndian(bytes, name));
  };
}

interface ViewParts {
  readonly buffer: Getter<ArrayBuffer>;
  readonly byteOffset: Getter<number>;
  readonly byteLength: Getter<number>;
}

function partsOf(prototype: object): ViewParts {
  return {
    buffer: getter(prototype, 'buffer') as Getter<ArrayBuffer>,
    byteOffset: getter(prototype, 'byteOffset') as Getter<number>,
    byteLength: getter(prototype, 'byteLength') as Getter<number>,
  };
}

function getter(prototype: object, property: string): Getter<unknown> {
  return Object.getOwnPropertyDescriptor(prototype, property)?.get as Getter<unknown>;
}

const MACHINE = endianness();

/**
 * The bytes of a typed array, least significant first, so that its elements give the same key on every machine. They are
 * those of the array itself on nearly all machines, and a copy on one of the other byte order.
 *
 * @param name the class of the array, whose number is the width of an element in bits
 */
export function inLittleEndian(bytes: Uint8Array, name: string, order: 'BE' | 'LE' = MACHINE): Uint8Array {
  if (order === 'LE') return bytes;
  const copy = Buffer.from(bytes);
  if (name.includes('16')) return copy.swap16();
  if (name.includes('32')) return copy.swap32();
  return name.includes('64') ? copy.swap64() : copy;
}
