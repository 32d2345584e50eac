import { Buffer } from 'node:buffer';
import { isArrayBuffer } from 'node:util/types';
import { checkBuiltIn, isResizable } from '../v8-serializer-utils/check-built-in.ts';
import { bytesOf, copyOf, viewNumber, viewOver } from '../v8-serializer-utils/views.ts';
import { kindOf } from '../values/kind.ts';
import { isOwned } from './serializer.ts';

/**
 * The kinds of a value whose bytes are stored as they are. From {@link FIRST_VIEW} on the number of the view is added;
 * the numbers between are left for others.
 */
const LATIN1 = 4;
const UTF16 = 5;
const ARRAY_BUFFER = 8;
const FIRST_VIEW = 16;

/** The bytes of a value and the kind that reads them. */
export interface Raw {
  readonly kind: number;
  readonly bytes: Uint8Array;
}

/** A string, buffer or typed array as its own memory; undefined for everything else. Nothing is copied but strings. */
export function encodeRaw(value: unknown): Raw | undefined {
  if (typeof value === 'string') return encodeString(value);
  if (ArrayBuffer.isView(value)) return isPlain(value) ? { kind: kindOfView(value), bytes: bytesOf(value) } : undefined;
  if (!isArrayBuffer(value) || !isPlain(value)) return undefined;
  return { kind: ARRAY_BUFFER, bytes: new Uint8Array(value) };
}

/** What is extended, a subclass, or resizable is left to V8, which keeps or refuses it. */
function isPlain(value: ArrayBuffer | ArrayBufferView): boolean {
  const kind = kindOf(value);
  if (kind === undefined || kind === 'DataView' || isResizable(value)) return false;
  return checkBuiltIn(value, kind) === undefined;
}

function kindOfView(view: ArrayBufferView): number {
  return FIRST_VIEW + viewNumber(view);
}

/** V8 knows which strings have one byte a character, so that the test costs nothing for them. */
function encodeString(value: string): Raw {
  if (/[\u0100-\uFFFF]/.test(value)) return { kind: UTF16, bytes: Buffer.from(value, 'utf16le') };
  return { kind: LATIN1, bytes: Buffer.from(value, 'latin1') };
}

/**
 * The value of raw bytes: a view of them where they are owned, else a copy.
 *
 * @throws Error for an unknown kind and for a length that does not fit.
 */
export function decodeRaw(kind: number, bytes: Uint8Array): unknown {
  if (kind === LATIN1) return asBuffer(bytes).latin1Slice();
  if (kind === UTF16 && bytes.byteLength % 2 === 0) return asBuffer(bytes).ucs2Slice();
  if (kind === ARRAY_BUFFER) return memoryOf(bytes);
  if (kind >= FIRST_VIEW) return viewOver(kind - FIRST_VIEW, memoryOf(bytes));
  throw new Error(`The bytes are of the kind ${kind}, which this version does not know`);
}

/** Two methods that Node's types leave out: they read without looking at an encoding's name. */
interface Slices {
  latin1Slice(): string;
  ucs2Slice(): string;
}

function asBuffer(bytes: Uint8Array): Slices {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength) as unknown as Slices;
}

function memoryOf(bytes: Uint8Array): ArrayBuffer {
  return isOwned(bytes) ? (bytes.buffer as ArrayBuffer) : copyOf(bytes);
}
