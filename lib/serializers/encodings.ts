import { endianness } from 'node:os';
import { isArrayBuffer } from 'node:util/types';
import v8 from 'node:v8';
import { kindOf } from '../common/kind.ts';
import { checkBuiltIn, isResizable } from '../v8-serializer-utils/check-built-in.ts';
import { furtherKeys } from '../v8-serializer-utils/properties.ts';
import type { Look } from '../v8-serializer-utils/plain.ts';
import { adopt } from '../v8-serializer-utils/realm.ts';
import { bytesOf, copyOf, viewNumber, viewOver } from '../v8-serializer-utils/views.ts';
import { isOwned } from './serializer.ts';
import { hasWideCharacters, readLatin1, readUtf16, writeLatin1, writeUtf16 } from './text.ts';

/**
 * The encoding of a payload of `v8Serializer` is `engine << 16 | wire version << 8 | kind`. The engine is 1 where V8
 * writes its numbers little-endian, 2 where it writes them big-endian. The wire version is V8's own, and 0 for all kinds
 * but a stream. The kinds, append only:
 *
 * | kind | the bytes are |
 * | --- | --- |
 * | 0 | a stream of V8's in the wire version, see `v8-serializer-utils` |
 * | 1 | JSON text, one byte a character (Latin-1) |
 * | 2 | JSON text, two bytes a character (UTF-16LE) |
 * | 4 | a string, one byte a character (Latin-1) |
 * | 5 | a string, two bytes a character (UTF-16LE) |
 * | 8 | an `ArrayBuffer` |
 * | 16 + n | the n-th view of `VIEW_NAMES` in `v8-serializer-utils/views.ts` |
 *
 * The other numbers are free. A reader that meets a kind it does not know, an older version too, has a miss.
 */
export const STREAM = 0;
export const LATIN1_JSON = 1;
export const UTF16_JSON = 2;
const LATIN1 = 4;
const UTF16 = 5;
const ARRAY_BUFFER = 8;
const FIRST_VIEW = 16;

/** The bytes of a value and the kind that reads them. */
export interface Body {
  readonly kind: number;
  readonly bytes: Uint8Array;
}

const ENGINE: number = endianness() === 'LE' ? 1 : 2;
const WIRE_VERSION: number = v8.serialize(null)[1] ?? 0;

/** The encoding of a kind, as this runtime writes it. */
export function encodingOf(kind: number): number {
  return (ENGINE << 16) | (kind === STREAM ? WIRE_VERSION << 8 : 0) | kind;
}

/**
 * The kind of an encoding.
 *
 * @throws Error where this runtime does not read it.
 */
export function kindOfEncoding(encoding: number): number {
  if (encoding >>> 16 !== ENGINE)
    throw new Error('The value was written by an engine whose format differs from this one');
  const wireVersion = (encoding >>> 8) & 0xff;
  if (wireVersion > WIRE_VERSION) {
    throw new Error(
      `The value was written in V8's format ${wireVersion}, and this runtime reads up to ${WIRE_VERSION}`,
    );
  }
  return encoding & 0xff;
}

/**
 * Text of two bytes a character is read as fast, and faster than UTF-8, but takes twice the room: beyond this many
 * characters that is no longer small change.
 */
const MAX_WIDE_LENGTH = 4096;

/** A program that replaces them does not change what is stored. */
const { parse, stringify } = JSON;

/** A value as JSON text, where JSON keeps it and is read faster than V8's stream; else undefined. */
export function encodeJson(value: unknown, look: Look): Body | undefined {
  if (!look.json || look.jsonCost >= 0) return undefined;
  const text = write(value);
  if (text === undefined) return undefined;
  if (!hasWideCharacters(text)) return { kind: LATIN1_JSON, bytes: writeLatin1(text) };
  return text.length > MAX_WIDE_LENGTH ? undefined : { kind: UTF16_JSON, bytes: writeUtf16(text) };
}

/** Undefined where the text would be longer than a string can be, or the stack is nearly used up. */
function write(value: unknown): string | undefined {
  try {
    return stringify(value);
  } catch {
    return undefined;
  }
}

/** @throws SyntaxError for what is no JSON text. */
export function decodeJson(kind: number, bytes: Uint8Array): unknown {
  return parse(kind === LATIN1_JSON ? readLatin1(bytes) : readUtf16(bytes)) as unknown;
}

/** A string, buffer or typed array as its own memory; undefined for everything else. Nothing is copied but strings. */
export function encodeRaw(value: unknown): Body | undefined {
  if (typeof value === 'string') return encodeString(value);
  if (ArrayBuffer.isView(value)) return isPlain(value) ? { kind: kindOfView(value), bytes: bytesOf(value) } : undefined;
  if (!isArrayBuffer(value) || !isPlain(value)) return undefined;
  return { kind: ARRAY_BUFFER, bytes: new Uint8Array(value) };
}

/** What is extended, a subclass, or resizable is left to V8, which keeps or refuses it. */
function isPlain(value: ArrayBuffer | ArrayBufferView): boolean {
  const kind = kindOf(value);
  if (kind === undefined || kind === 'DataView' || isResizable(value)) return false;
  return checkBuiltIn(value, kind) === undefined && Object.isExtensible(value) && furtherKeys(value).length === 0;
}

function kindOfView(view: ArrayBufferView): number {
  return FIRST_VIEW + viewNumber(view);
}

function encodeString(value: string): Body {
  if (hasWideCharacters(value)) return { kind: UTF16, bytes: writeUtf16(value) };
  return { kind: LATIN1, bytes: writeLatin1(value) };
}

/**
 * The value of raw bytes: a view of them where they are owned, else a copy.
 *
 * @throws Error for an unknown kind and for a length that does not fit.
 */
export function decodeRaw(kind: number, bytes: Uint8Array): unknown {
  if (kind === LATIN1) return readLatin1(bytes);
  if (kind === UTF16) return readUtf16(bytes);
  if (kind === ARRAY_BUFFER) return adopt(memoryOf(bytes));
  if (kind >= FIRST_VIEW) return adopt(viewOver(kind - FIRST_VIEW, memoryOf(bytes)));
  throw new Error(`The bytes are of the kind ${kind}, which this version does not know`);
}

function memoryOf(bytes: Uint8Array): ArrayBuffer {
  return isOwned(bytes) ? (bytes.buffer as ArrayBuffer) : copyOf(bytes);
}
