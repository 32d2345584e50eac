import type { RecordFields } from '../../lib/records/head.ts';

/** An id. */
export const ID: string = '0123456789abcdef'.repeat(4);

/** The fields of a record, with those that count for a spec. */
export function fieldsWith(fields: Partial<RecordFields> = {}): RecordFields {
  return {
    id: ID,
    promised: false,
    createdAt: 1_800_000_000_000,
    expiresAt: Infinity,
    keepUntil: 0,
    keepsOwnAge: false,
    maxAge: 0,
    computeMs: 0,
    serializer: 'v8',
    serializerVersion: 1,
    encoding: 0,
    name: '',
    identity: '',
    label: '',
    fingerprints: new Uint8Array(0),
    ...fields,
  };
}

/** Bytes that are the same in every run. */
export function randomBytes(length: number, random: () => number): Buffer {
  const bytes = Buffer.allocUnsafe(length);
  for (let at = 0; at < length; at++) bytes[at] = random() * 256;
  return bytes;
}

/** In Jest every look at a global is slow, and numbers are drawn by the million. */
const { imul } = Math;

/** Numbers in [0, 1) that are the same in every run (mulberry32). */
export function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
