import { Buffer } from 'node:buffer';
import { kindOf, typedArrayName } from '../common/kind.ts';

/** A class of views over memory. */
export type ViewConstructor = new (buffer: ArrayBuffer) => ArrayBufferView<ArrayBuffer>;

/** The numbers of the views in the bytes, by their place in this list: append only. */
export const VIEW_NAMES = [
  'Buffer',
  'DataView',
  'Int8Array',
  'Uint8Array',
  'Uint8ClampedArray',
  'Int16Array',
  'Uint16Array',
  'Int32Array',
  'Uint32Array',
  'Float32Array',
  'Float64Array',
  'BigInt64Array',
  'BigUint64Array',
  'Float16Array',
] as const;

/** The place of a view in {@link VIEW_NAMES}. */
export function viewNumber(view: ArrayBufferView): number {
  const name = kindOf(view) === 'Buffer' ? 'Buffer' : (typedArrayName(view) ?? 'DataView');
  return VIEW_NAMES.indexOf(name);
}

/** The bytes that a view shows, and no others of its ArrayBuffer. */
export function bytesOf(view: ArrayBufferView): Uint8Array {
  return new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
}

/**
 * A view over a whole ArrayBuffer.
 *
 * @throws Error for an unknown number, a class that this runtime does not have, and a length that does not fit.
 */
export function viewOver(number: number, buffer: ArrayBuffer): ArrayBufferView<ArrayBuffer> {
  const name = VIEW_NAMES[number];
  if (name === undefined) throw new Error(`The bytes hold a view of the unknown kind ${number}`);
  if (name === 'Buffer') return Buffer.from(buffer);
  const constructor = (globalThis as unknown as Record<string, ViewConstructor | undefined>)[name];
  if (constructor === undefined) throw new Error(`The bytes hold a ${name}, which this runtime does not have`);
  return new constructor(buffer);
}

/** Memory of its own with the same bytes. */
export function copyOf(bytes: Uint8Array): ArrayBuffer {
  return (bytes.buffer as ArrayBuffer).slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
}
