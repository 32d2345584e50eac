import { Buffer } from 'node:buffer';
import { hash } from 'node:crypto';

/** More bytes than this are hashed by themselves first. */
const MAX_INLINE = 4096;
/** Room for a prefix. */
const MAX_PREFIX = 64;

/** Serves one digest after another: nothing calls back while it is in use. */
const scratch = Buffer.allocUnsafeSlow(MAX_PREFIX + 4 + MAX_INLINE);

/** What a digest is of: its owner, as `keyPrefix` makes it, and which of the owner's things. */
export interface DigestOwner {
  readonly prefix: Uint8Array;
  readonly place: number;
}

/**
 * The first 32 bits of a digest of bytes: enough to see that two things of one place differ, and too few to tell them apart
 * for certain. The same bytes have another digest in another place, and under another prefix.
 */
export function shortDigest(bytes: Uint8Array, { prefix, place }: DigestOwner): number {
  const content = bytes.length > MAX_INLINE ? hash('sha256', bytes, 'buffer') : bytes;
  scratch.set(prefix);
  scratch.writeUInt32LE(place, prefix.length);
  scratch.set(content, prefix.length + 4);
  // As text of one byte a character: a buffer would cost more than the digest.
  const digest = hash('sha256', scratch.subarray(0, prefix.length + 4 + content.length), 'binary');
  let bits = 0;
  for (let at = 3; at >= 0; at--) bits = (bits << 8) | digest.charCodeAt(at);
  return bits >>> 0;
}
