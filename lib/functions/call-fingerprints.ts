import { Buffer } from 'node:buffer';

import { DOMAIN, idOfValue, keyPrefix, shortDigest } from '../keys/digest.ts';
import {
  encodeFingerprints,
  FINGERPRINT,
  MAX_ARGUMENTS,
  MAX_CAPTURES,
  type FingerprintTag,
} from '../records/fingerprints.ts';
import type { Capture } from './captures/walk.ts';
import type { Identity } from './identity.ts';
import type { Outside } from './outside.ts';

/** What the parts of a key are, as `partsOfLastKey` gives them. */
export interface KeyShape {
  /** Whether the option key makes the key. */
  readonly isCustom: boolean;
  /** Whether `this` is a part of the key. */
  readonly keysThis: boolean;
  /** What is outside of the function. */
  readonly outside: Outside;
}

/** What a function depends on beside what it says of itself. */
export interface Dependencies {
  readonly captures: readonly Pick<Capture, 'of' | 'name' | 'fingerprint'>[];
  /** The files in which it was wrapped. */
  readonly places: readonly string[];
  /** A digest of the content of the files that its code stands in; undefined where that is not known. */
  readonly code: () => string | undefined;
}

/** The fingerprints that those of all calls of a function begin with. */
interface FunctionFingerprints {
  /** Of the function's own digests. */
  readonly prefix: Uint8Array;
  readonly bytes: Uint8Array;
}

const NO_FINGERPRINTS = new Uint8Array(0);
/** `this` and the length of the list come before the first argument. */
const FIRST_ARGUMENT = 2;

/**
 * Makes the fingerprints of the calls of one function. Name and salt are mixed into the digests, so that fingerprints of other
 * functions and of other salts say nothing about these.
 */
export class CallFingerprints {
  readonly #identity: Identity;
  readonly #salt: string;
  readonly #dependencies: Dependencies | undefined;
  #ofFunction: FunctionFingerprints | undefined;

  constructor(identity: Identity, salt: string, dependencies?: Dependencies) {
    this.#identity = identity;
    this.#salt = salt;
    this.#dependencies = dependencies;
  }

  /** Those of the variables that the function captures, in their order. */
  ofCaptures(): readonly number[] {
    const { prefix } = this.#ofFunctionNow();
    return this.#dependencies === undefined ? [] : fingerprintsOfCaptures(prefix, this.#dependencies.captures);
  }

  /** The fingerprints of a call, of which the key has these parts; without them those of the function alone. */
  of(parts: readonly Uint8Array[], { isCustom, keysThis, outside }: KeyShape): Uint8Array {
    // Those of the function take keys, and only the one made last can be taken apart.
    const kept = this.#ofFunction === undefined ? parts.map((part) => Buffer.from(part)) : parts;
    const { prefix, bytes } = this.#ofFunctionNow();
    const [first] = kept;
    if (first === undefined) return bytes;
    const fingerprints: [FingerprintTag, number][] = outside.map(([tag, value]) => [
      tag,
      shortDigest(Buffer.from(value), { prefix, place: tag }),
    ]);
    if (isCustom)
      fingerprints.push([FINGERPRINT.keyResult, shortDigest(first, { prefix, place: FINGERPRINT.keyResult })]);
    if (keysThis) fingerprints.push([FINGERPRINT.this, shortDigest(first, { prefix, place: FINGERPRINT.this })]);
    if (!isCustom) fingerprints.push([FINGERPRINT.argumentCount, kept.length - FIRST_ARGUMENT]);
    const end = isCustom ? 0 : Math.min(kept.length, FIRST_ARGUMENT + MAX_ARGUMENTS);
    for (let index = FIRST_ARGUMENT; index < end; index++) {
      const place = FINGERPRINT.argument + 256 * (index - FIRST_ARGUMENT);
      fingerprints.push([FINGERPRINT.argument, shortDigest(kept[index] as Uint8Array, { prefix, place })]);
    }
    return encodeFingerprints(bytes, fingerprints);
  }

  #ofFunctionNow(): FunctionFingerprints {
    return (this.#ofFunction ??= this.#makeOfFunction());
  }

  #makeOfFunction(): FunctionFingerprints {
    const { name, parts } = this.#identity;
    const { version, source, key, deps, wrapped, stored } = parts;
    const prefix = prefixFor([name, this.#salt]);
    const given: readonly (readonly [FingerprintTag, unknown])[] = [
      [FINGERPRINT.salt, this.#salt || undefined],
      [FINGERPRINT.name, parts.name],
      [FINGERPRINT.version, version],
      [version === undefined ? FINGERPRINT.source : FINGERPRINT.kind, source],
      [FINGERPRINT.deps, deps],
      [FINGERPRINT.key, key[0]],
      [FINGERPRINT.ignoreThis, key[1] || undefined],
      [FINGERPRINT.wrapped, wrapped],
      [FINGERPRINT.stored, stored],
    ];
    const fingerprints = given
      .filter(([, value]) => value !== undefined)
      .map(([tag, value]): [FingerprintTag, number] => {
        // The salt is looked for under every salt.
        const owner = tag === FINGERPRINT.salt ? prefixFor([name]) : prefix;
        return [tag, digestOfValue(owner, [tag, value])];
      });
    const bytes = encodeFingerprints(NO_FINGERPRINTS, [...fingerprints, ...this.#ofDependencies(prefix)]);
    return { prefix, bytes };
  }

  #ofDependencies(prefix: Uint8Array): readonly (readonly [FingerprintTag, number])[] {
    const { captures, places, code } = this.#dependencies ?? { captures: [], places: [], code: () => undefined };
    const content = places.length === 0 ? undefined : code();
    const ofCaptures = fingerprintsOfCaptures(prefix, captures).map((value) => [FINGERPRINT.capture, value] as const);
    if (content === undefined) return ofCaptures;
    const [place, contents] = [places, content].map((value, at) => digestOfValue(prefix, [at, value])) as [
      number,
      number,
    ];
    return [[FINGERPRINT.place, place], [FINGERPRINT.code, contents], ...ofCaptures];
  }
}

/** The upper half says which variable it is, the lower half as what it counts. */
function fingerprintsOfCaptures(prefix: Uint8Array, captures: Dependencies['captures']): readonly number[] {
  return captures.slice(0, MAX_CAPTURES).map(({ of, name, fingerprint }) => {
    const [which, what] = [[of, name], fingerprint].map((value) => digestOfValue(prefix, [FINGERPRINT.capture, value]));
    return (((which as number) & 0xffff_0000) | ((what as number) >>> 16)) >>> 0;
  });
}

function prefixFor(owner: readonly string[]): Uint8Array {
  return keyPrefix(DOMAIN.fingerprint, JSON.stringify(owner));
}

function digestOfValue(prefix: Uint8Array, value: unknown): number {
  return Number.parseInt(idOfValue(prefix, value, { root: 'identity' }).slice(0, 8), 16);
}
