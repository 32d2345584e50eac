import { Buffer } from 'node:buffer';
import { TextDecoder } from 'node:util';

/** The UTF-8 bytes of a text that has no lone surrogates. */
export function toBytes(text: string): Uint8Array<ArrayBuffer> {
  return Buffer.from(text, 'utf8');
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** @throws TypeError for bytes that are no UTF-8. */
export function toText(bytes: Uint8Array): string {
  return decoder.decode(bytes);
}

/** Two methods that Node's types leave out: they read without looking at an encoding's name, from any view. */
interface Slices {
  latin1Slice(this: Uint8Array): string;
  ucs2Slice(this: Uint8Array): string;
}

const { latin1Slice, ucs2Slice } = Buffer.prototype as unknown as Slices;

/** Whether characters need two bytes. V8 knows which strings have one byte a character, so it costs nothing for them. */
export function hasWideCharacters(text: string): boolean {
  return /[\u0100-\uFFFF]/.test(text);
}

/** The bytes of a text without wide characters. */
export function writeLatin1(text: string): Uint8Array {
  return Buffer.from(text, 'latin1');
}

/** The UTF-16LE bytes of any text. */
export function writeUtf16(text: string): Uint8Array {
  return Buffer.from(text, 'utf16le');
}

/** The text of bytes, each of which is a character. */
export function readLatin1(bytes: Uint8Array): string {
  return latin1Slice.call(bytes);
}

/**
 * The text of UTF-16LE bytes.
 *
 * @throws Error for half a character.
 */
export function readUtf16(bytes: Uint8Array): string {
  if (bytes.byteLength % 2 !== 0) throw new Error('The text ends in the middle of a character');
  return ucs2Slice.call(bytes);
}
