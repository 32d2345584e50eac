import { Buffer } from 'node:buffer';
import { crc32 } from 'node:zlib';
import { turn } from '../runtime/timers.ts';
import { sizeOf, type Parts } from '../stores/store.ts';
import { AT } from './layout.ts';

/** A copy in one piece that spans no whole ArrayBuffer: what is decoded from it is then never a view of it. */
export function ownBytes(parts: Parts): Buffer {
  const bytes = Buffer.allocUnsafeSlow(sizeOf(parts) + 8);
  let at = 8;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes.subarray(8);
}

/** Bytes that are looked at in one turn of the event loop: half a millisecond to two. */
const SLICE = 4 * 2 ** 20;

/**
 * The checksum that a whole record of these bytes has in its head, for `decodeRecord`: taken in slices with turns of the event
 * loop in between, where all at once would hold it up. Undefined for a record of one slice, which is not worth a turn.
 */
export async function checksumInTurns(parts: Parts): Promise<number | undefined> {
  if (sizeOf(parts) <= SLICE) return undefined;
  let checksum = 0;
  // The checksum is of what follows it.
  let skip: number = AT.headChecksum;
  for (const part of parts) {
    for (let at = Math.min(skip, part.length); at < part.length; at += SLICE) {
      if (part.length > SLICE) await turn();
      checksum = crc32(part.subarray(at, at + SLICE), checksum);
    }
    skip = Math.max(0, skip - part.length);
  }
  return checksum;
}
