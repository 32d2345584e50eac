import { changesInWords, type KnownCaptures } from './captures.ts';
import { FINGERPRINT, type Fingerprints, type FingerprintTag } from '../../records/fingerprints.ts';

/**
 * A part of a call in which it differs from a stored one. `args.length`: more or fewer arguments; `args[0]` and so on: that
 * argument; `args`: the arguments, where it is not known which; `key`: the option of that name, and `keyResult` what it gave;
 * `wrapped`: the cached function that was cached once more; `captures`: what the function captures, code or values; `kind`: under one version, whether the function is async, or a
 * generator. The rest is named after the options.
 */
export type DifferingPart =
  | 'salt'
  | 'name'
  | 'version'
  | 'source'
  | 'kind'
  | 'deps'
  | 'key'
  | 'ignoreThis'
  | 'wrapped'
  | 'toStored'
  | 'captures'
  | 'env'
  | 'files'
  | 'serializer'
  | 'serializerVersion'
  | 'this'
  | 'keyResult'
  | 'args'
  | 'args.length'
  | `args[${number}]`;

/** Where two calls differ. */
export interface Comparison {
  /** The parts of the function. */
  readonly ofFunction: readonly DifferingPart[];
  /** The parts of the call. */
  readonly ofCall: readonly DifferingPart[];
  /** How far they are apart: the number of parts that differ, and of those that cannot be compared. */
  readonly distance: number;
}

const PARTS_OF_FUNCTION: readonly (readonly [FingerprintTag, DifferingPart])[] = [
  [FINGERPRINT.name, 'name'],
  [FINGERPRINT.version, 'version'],
  [FINGERPRINT.source, 'source'],
  [FINGERPRINT.kind, 'kind'],
  [FINGERPRINT.deps, 'deps'],
  [FINGERPRINT.key, 'key'],
  [FINGERPRINT.ignoreThis, 'ignoreThis'],
  [FINGERPRINT.wrapped, 'wrapped'],
  [FINGERPRINT.stored, 'toStored'],
];

const OUTSIDE_OF_FUNCTION: readonly (readonly [FingerprintTag, DifferingPart])[] = [
  [FINGERPRINT.env, 'env'],
  [FINGERPRINT.files, 'files'],
  [FINGERPRINT.depsOfCall, 'deps'],
];

/** Compares a call with a stored one of a function of the same name. Under another salt nothing can be compared. */
export function compareFingerprints(wanted: Fingerprints, stored: Fingerprints): Comparison {
  if (differ(FINGERPRINT.salt, wanted, stored)) return { ofFunction: ['salt'], ofCall: [], distance: Infinity };
  const ofFunction = compareFunctions(wanted, stored);
  const { parts, unknown } = compareCalls(wanted, stored);
  // That `this` counts now, or did so then, goes with a change of the function, which is listed already.
  const isImplied =
    ofFunction.length > 0 && wanted.single.has(FINGERPRINT.this) !== stored.single.has(FINGERPRINT.this);
  const outside = OUTSIDE_OF_FUNCTION.filter(([tag]) => differ(tag, wanted, stored)).map(([, part]) => part);
  const ofCall = [...outside, ...(isImplied ? parts.filter((part) => part !== 'this') : parts)].filter(
    (part) => !ofFunction.includes(part),
  );
  return { ofFunction, ofCall, distance: ofFunction.length + ofCall.length + unknown };
}

function compareFunctions(wanted: Fingerprints, stored: Fingerprints): readonly DifferingPart[] {
  const parts = PARTS_OF_FUNCTION.filter(([tag]) => differ(tag, wanted, stored)).map(([, part]) => part);
  // Under a version the text has no fingerprint; and the identity of a cached function holds its text.
  const isImplied = (part: DifferingPart): boolean =>
    ((part === 'source' || part === 'kind') &&
      wanted.single.has(FINGERPRINT.version) !== stored.single.has(FINGERPRINT.version)) ||
    (part === 'wrapped' && parts.includes('source'));
  const captures: readonly DifferingPart[] = differsInCaptures(wanted, stored) ? ['captures'] : [];
  return [...parts.filter((part) => !isImplied(part)), ...captures];
}

/** Entries of a function that nothing was seen of have no fingerprints of that. */
function differsInCaptures({ captures: wanted }: Fingerprints, { captures: stored }: Fingerprints): boolean {
  return wanted.length !== stored.length || wanted.some((value, at) => value !== stored[at]);
}

interface ComparedCalls {
  readonly parts: readonly DifferingPart[];
  /** How many more may differ. */
  readonly unknown: number;
}

function compareCalls(wanted: Fingerprints, stored: Fingerprints): ComparedCalls {
  if (wanted.single.has(FINGERPRINT.key) !== stored.single.has(FINGERPRINT.key))
    return { parts: [], unknown: 1 + wanted.args.length };
  const [count, storedCount] = [wanted, stored].map(({ single }) => single.get(FINGERPRINT.argumentCount));
  if (wanted.single.has(FINGERPRINT.keyResult) || stored.single.has(FINGERPRINT.keyResult)) {
    return { parts: differ(FINGERPRINT.keyResult, wanted, stored) ? ['keyResult'] : [], unknown: 0 };
  }
  if (count === undefined || storedCount === undefined) return { parts: ['args'], unknown: wanted.args.length };
  const parts: DifferingPart[] = differ(FINGERPRINT.this, wanted, stored) ? ['this'] : [];
  if (count !== storedCount) parts.push('args.length');
  return { parts: [...parts, ...compareArguments(wanted.args, stored.args)], unknown: 0 };
}

function compareArguments(wanted: readonly number[], stored: readonly number[]): readonly DifferingPart[] {
  const common = Math.min(wanted.length, stored.length);
  const parts: DifferingPart[] = [];
  for (let index = 0; index < common; index++) if (wanted[index] !== stored[index]) parts.push(`args[${index}]`);
  return parts;
}

function differ(tag: FingerprintTag, wanted: Fingerprints, stored: Fingerprints): boolean {
  return wanted.single.get(tag) !== stored.single.get(tag);
}

/** How an explanation puts things: full sentences, whose parts are the same everywhere. */

/** The fingerprints of the call that is explained, and of a stored one. */
interface Compared {
  readonly wanted: Fingerprints;
  readonly stored: Fingerprints;
  readonly captures: KnownCaptures | undefined;
}

const SIMPLE: Readonly<Partial<Record<DifferingPart, string>>> = {
  salt: 'it was saved under another salt',
  name: 'the name is given in another way, by the option name or by the function itself',
  source: 'the source of the function has changed',
  kind: 'the function has become async or a generator, or is no longer',
  captures: 'what the function captures has changed',
  env: 'variables of the environment have changed that the option env names',
  files: 'the files that the option files gives have changed',
  ignoreThis: 'the option ignoreThis has changed',
  toStored: 'the code of toStored or fromStored has changed',
  wrapped: 'the cached function that it caches once more has changed',
  this: '`this` is another one',
  keyResult: 'the option key gives something else',
  args: 'the arguments are other ones',
};

const OPTIONAL: Readonly<Partial<Record<DifferingPart, FingerprintTag>>> = {
  version: FINGERPRINT.version,
  deps: FINGERPRINT.deps,
  key: FINGERPRINT.key,
};

/** What differs, in words: `the source of the function has changed; the 2nd argument is another one`. */
export function inWords(parts: readonly DifferingPart[], compared: Compared): string {
  return parts.map((part) => partInWords(part, compared)).join('; ');
}

function partInWords(part: DifferingPart, { wanted, stored, captures }: Compared): string {
  const changes = part === 'captures' && captures !== undefined ? changesInWords(captures, stored.captures) : undefined;
  if (changes !== undefined) return changes;
  const tag = OPTIONAL[part];
  if (tag !== undefined) return optionInWords(part, wanted.single.has(tag), stored.single.has(tag));
  if (part === 'args.length') {
    const [now = 0, then = 0] = [wanted, stored].map(({ single }) => single.get(FINGERPRINT.argumentCount));
    return `this call has ${counted(now)}, that one had ${then}`;
  }
  return SIMPLE[part] ?? `the ${ordinal(1 + Number(part.slice('args['.length, -1)))} argument is another one`;
}

function optionInWords(option: DifferingPart, has: boolean, had: boolean): string {
  if (has && had) return `the option ${option} has changed`;
  return has ? `it was saved without the option ${option}` : `it was saved with the option ${option}`;
}

function counted(count: number): string {
  return count === 1 ? '1 argument' : `${count} arguments`;
}

/** Of numbers up to 20: no more arguments have a fingerprint. */
function ordinal(position: number): string {
  return `${position}${['th', 'st', 'nd', 'rd'][position] ?? 'th'}`;
}
