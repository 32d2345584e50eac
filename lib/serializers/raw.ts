import { isArrayBuffer } from 'node:util/types';
import { checkBuiltIn, isResizable } from '../v8-serializer-utils/check-built-in.ts';
import { bytesOf, copyOf, viewNumber, viewOver } from '../v8-serializer-utils/views.ts';
import { kindOf } from '../common/kind.ts';
import { hasWideCharacters, readLatin1, readUtf16, writeLatin1, writeUtf16 } from './characters.ts';
import { ARRAY_BUFFER, type Body, FIRST_VIEW, LATIN1, UTF16 } from './encodings.ts';
import { isOwned } from './serializer.ts';

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
  return checkBuiltIn(value, kind) === undefined;
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
  if (kind === ARRAY_BUFFER) return memoryOf(bytes);
  if (kind >= FIRST_VIEW) return viewOver(kind - FIRST_VIEW, memoryOf(bytes));
  throw new Error(`The bytes are of the kind ${kind}, which this version does not know`);
}

function memoryOf(bytes: Uint8Array): ArrayBuffer {
  return isOwned(bytes) ? (bytes.buffer as ArrayBuffer) : copyOf(bytes);
}
