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
