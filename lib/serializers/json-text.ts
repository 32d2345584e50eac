import type { Look } from '../v8-serializer-utils/plain.ts';
import { type Body, LATIN1_JSON, UTF16_JSON } from './encodings.ts';
import { hasWideCharacters, readLatin1, readUtf16, writeLatin1, writeUtf16 } from './characters.ts';

/**
 * Text of two bytes a character is read as fast, and faster than UTF-8, but takes twice the room: beyond this many
 * characters that is no longer small change.
 */
const MAX_WIDE_LENGTH = 4096;

/** Whoever replaces them does not change what is stored. */
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
