import { Buffer } from 'node:buffer';
import { endianness } from 'node:os';

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
