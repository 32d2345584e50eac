import { hasExtraProperties } from '../values/own-properties.ts';
import { typedArrayName, type Kind } from '../values/kind.ts';
import { Refusal } from './refusal.ts';
import { writeScalar, writeSymbol } from './scalars.ts';
import { TAG } from './tags.ts';
import type { ByteWriter } from './writer.ts';

type WriteLeaf = (out: ByteWriter, value: never) => void;

const read = {
  href: getter(URL.prototype, 'href'),
  source: getter(RegExp.prototype, 'source'),
  flags: getter(RegExp.prototype, 'flags'),
};

/** How objects that hold no other values are written. */
const LEAVES: { readonly [kind in Kind]?: WriteLeaf } = {
  Date(out: ByteWriter, value: Date) {
    out.byte(TAG.date);
    out.number(Date.prototype.getTime.call(value));
  },
  RegExp(out: ByteWriter, value: RegExp) {
    out.byte(TAG.regexp);
    out.string(read.source.call(value) as string);
    out.string(read.flags.call(value) as string);
    if (!writeScalar(out, value.lastIndex)) throw new Refusal('has a lastIndex that is an object');
  },
  Number: writeBoxed(Number.prototype.valueOf),
  String: writeBoxed(String.prototype.valueOf),
  Boolean: writeBoxed(Boolean.prototype.valueOf),
  BigInt: writeBoxed(BigInt.prototype.valueOf),
  Symbol(out: ByteWriter, value: symbol) {
    out.byte(TAG.boxed);
    writeSymbol(out, Symbol.prototype.valueOf.call(value));
  },
  URL(out: ByteWriter, value: URL) {
    out.byte(TAG.url);
    out.string(read.href.call(value) as string);
  },
  URLSearchParams(out: ByteWriter, value: URLSearchParams) {
    out.byte(TAG.searchParams);
    out.string(URLSearchParams.prototype.toString.call(value));
  },
  ArrayBuffer(out: ByteWriter, value: ArrayBuffer) {
    out.byte(TAG.arrayBuffer);
    out.binary(new Uint8Array(value));
  },
  DataView: writeView('DataView'),
  Buffer: writeView('Buffer'),
};

/** Writes a leaf; false for an object that holds other values. */
export function writeLeaf(out: ByteWriter, value: object, kind: Kind): boolean {
  const typedArray = kind === 'Buffer' ? undefined : typedArrayName(value);
  const write = typedArray === undefined ? LEAVES[kind] : writeView(typedArray);
  if (write === undefined) return false;
  refuseExtraProperties(value);
  write(out, value as never);
  return true;
}

/** @throws Refusal for a built-in object with properties of its own: what they mean for a key is anybody's guess. */
export function refuseExtraProperties(value: object): void {
  if (hasOwnExtras(value)) throw new Refusal('has further properties of its own, beside what its kind holds');
}

function hasOwnExtras(value: object): boolean {
  if (Array.isArray(value)) return hasExtraProperties(value);
  if (ArrayBuffer.isView(value)) {
    if (typedArrayName(value) !== undefined) return hasExtraProperties(value as Uint8Array);
  }
  if (isBoxedString(value)) return hasExtraProperties(value);
  return Object.keys(value).length > 0 || Object.getOwnPropertySymbols(value).length > 0;
}

function isBoxedString(value: object): value is ArrayLike<string> & object {
  return Object.prototype.toString.call(value) === '[object String]';
}

function writeBoxed(valueOf: () => unknown): WriteLeaf {
  return (out: ByteWriter, value: object) => {
    out.byte(TAG.boxed);
    writeScalar(out, valueOf.call(value));
  };
}

/** Views count by their class and their content; the ArrayBuffer around it does not show. */
function writeView(name: string): WriteLeaf {
  return (out: ByteWriter, value: ArrayBufferView) => {
    out.byte(TAG.view);
    out.string(name);
    out.binary(new Uint8Array(value.buffer, value.byteOffset, value.byteLength));
  };
}

function getter(prototype: object, property: string): (this: unknown) => unknown {
  return Object.getOwnPropertyDescriptor(prototype, property)?.get as (this: unknown) => unknown;
}
