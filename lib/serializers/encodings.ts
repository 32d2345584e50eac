import { endianness } from 'node:os';
import v8 from 'node:v8';

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
 * The other numbers are free. Whoever meets a kind that it does not know, an older version too, has a miss.
 */
export const STREAM = 0;
export const LATIN1_JSON = 1;
export const UTF16_JSON = 2;
export const LATIN1 = 4;
export const UTF16 = 5;
export const ARRAY_BUFFER = 8;
export const FIRST_VIEW = 16;

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
