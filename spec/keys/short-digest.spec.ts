import { describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { shortDigest } from '../../lib/keys/short-digest.ts';

const PREFIX = Uint8Array.of(1, 2, 3);
const sha256 = (...bytes: readonly Uint8Array[]): Buffer => createHash('sha256').update(Buffer.concat(bytes)).digest();

describe('A short digest', () => {
  it.each([0, 1, 100, 4096])('of %d bytes begins the SHA-256 of prefix, place and bytes', (length) => {
    const bytes = Buffer.alloc(length, 7);
    const expected = sha256(PREFIX, Buffer.from([9, 1, 0, 0]), bytes).readUInt32LE(0);
    expect(shortDigest(bytes, { prefix: PREFIX, place: 256 + 9 })).toBe(expected);
  });

  it('of more bytes is that of their SHA-256', () => {
    const bytes = Buffer.alloc(4097, 7);
    const expected = sha256(PREFIX, Buffer.alloc(4), sha256(bytes)).readUInt32LE(0);
    expect(shortDigest(bytes, { prefix: PREFIX, place: 0 })).toBe(expected);
  });

  it('has 32 bits without a sign', () => {
    const digests = Array.from({ length: 200 }, (_, place) => shortDigest(PREFIX, { prefix: PREFIX, place }));
    expect(digests.every((digest) => Number.isInteger(digest) && digest >= 0 && digest < 2 ** 32)).toBe(true);
    expect(Math.max(...digests)).toBeGreaterThan(2 ** 31);
    expect(new Set(digests).size).toBe(200);
  });
});
