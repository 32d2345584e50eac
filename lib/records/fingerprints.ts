/**
 * The fingerprints of a record: what tells the call that it is of from other calls of functions of that name. They serve to
 * explain a miss, and decide nothing: a hit never looks at them. Five bytes each, in this order:
 *
 * | at | bytes | what |
 * | --- | --- | --- |
 * | 0 | 1 | tag: what it is of |
 * | 1 | 4 | a short digest, little-endian; of `argumentCount` the number itself |
 *
 * Of each captured variable there is one, of which the upper half says which it is, the lower half as what it counts. The arguments
 * come last, in their order.
 */

import { Buffer } from 'node:buffer';

/** What a fingerprint is of. What is absent, such as a version that was not given, has none. */
export const FINGERPRINT = {
  /** The salt of the cache. */
  salt: 1,
  /** The name that was given, or the function's own. */
  name: 2,
  version: 3,
  /** The text of a function without a version. */
  source: 4,
  /** Of a function with a version: whether it is async, and a generator. */
  kind: 5,
  deps: 6,
  /** The text of the option key. */
  key: 7,
  ignoreThis: 8,
  /** The cached function that the function is itself. */
  wrapped: 9,
  /** The variables of the option env. */
  env: 10,
  /** The content of the files that the option files gave. */
  files: 11,
  /** What the option deps gave at the call. */
  depsOfCall: 12,
  /** The files in which the function was made. */
  place: 13,
  /** The content of the files that its code stands in. */
  code: 14,
  capture: 15,
  this: 16,
  /** What the option key gave. */
  keyResult: 17,
  argumentCount: 18,
  argument: 19,
  /** The text of the options toStored and fromStored. */
  stored: 20,
} as const;

/** A tag of {@link FINGERPRINT}. */
export type FingerprintTag = (typeof FINGERPRINT)[keyof typeof FINGERPRINT];

/** The fingerprints of a call. */
export interface Fingerprints {
  /** The fingerprint of everything that has one, but of the arguments. */
  readonly single: ReadonlyMap<number, number>;
  /** Those of captured variables; there may be more variables than fingerprints. */
  readonly captures: readonly number[];
  /** Those of the arguments, in their order; there may be more arguments than fingerprints. */
  readonly args: readonly number[];
}

const BYTES = 5;

/** Later arguments have no fingerprint: each costs a hash. */
export const MAX_ARGUMENTS = 16;
/** Further captured variables have no fingerprint. */
export const MAX_CAPTURES = 32;

/** Fingerprints after others, in this order. */
export function encodeFingerprints(
  before: Uint8Array,
  fingerprints: readonly (readonly [FingerprintTag, number])[],
): Uint8Array {
  const bytes = Buffer.allocUnsafe(before.length + fingerprints.length * BYTES);
  bytes.set(before);
  let at = before.length;
  for (const [tag, value] of fingerprints) {
    bytes[at] = tag;
    at = bytes.writeUInt32LE(value, at + 1);
  }
  return bytes;
}

/** The fingerprints of a record; of tags that it does not know it takes no notice. */
export function decodeFingerprints(bytes: Uint8Array): Fingerprints {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const single = new Map<number, number>();
  const args: number[] = [];
  const captures: number[] = [];
  for (let at = 0; at + BYTES <= buffer.length; at += BYTES) {
    const tag = buffer[at] as number;
    const value = buffer.readUInt32LE(at + 1);
    if (tag === FINGERPRINT.argument) args.push(value);
    else if (tag === FINGERPRINT.capture) captures.push(value);
    else single.set(tag, value);
  }
  return { single, captures, args };
}
