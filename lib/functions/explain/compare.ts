import { MARK, type Marks, type MarkTag } from '../../records/fingerprints.ts';

/**
 * A part of a call in which it differs from a stored one. `args.length`: more or fewer arguments; `args[0]` and so on: that
 * argument; `args`: the arguments, where it is not known which; `key`: the option of that name, and `keyResult` what it gave;
 * `wrapped`: the cached function that was cached once more; `kind`: under one version, whether the function is async, or a
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

const PARTS_OF_FUNCTION: readonly (readonly [MarkTag, DifferingPart])[] = [
  [MARK.name, 'name'],
  [MARK.version, 'version'],
  [MARK.source, 'source'],
  [MARK.kind, 'kind'],
  [MARK.deps, 'deps'],
  [MARK.key, 'key'],
  [MARK.ignoreThis, 'ignoreThis'],
  [MARK.wrapped, 'wrapped'],
];

/** Compares a call with a stored one of a function of the same name. Under another salt nothing can be compared. */
export function compareMarks(wanted: Marks, stored: Marks): Comparison {
  if (differ(MARK.salt, wanted, stored)) return { ofFunction: ['salt'], ofCall: [], distance: Infinity };
  const ofFunction = compareFunctions(wanted, stored);
  const { parts, unknown } = compareCalls(wanted, stored);
  // That `this` counts now, or did so then, goes with a change of the function, which is listed already.
  const isImplied = ofFunction.length > 0 && wanted.single.has(MARK.this) !== stored.single.has(MARK.this);
  const ofCall = isImplied ? parts.filter((part) => part !== 'this') : parts;
  return { ofFunction, ofCall, distance: ofFunction.length + ofCall.length + unknown };
}

function compareFunctions(wanted: Marks, stored: Marks): readonly DifferingPart[] {
  const parts = PARTS_OF_FUNCTION.filter(([tag]) => differ(tag, wanted, stored)).map(([, part]) => part);
  // Under a version the text has no mark; and the identity of a cached function holds its text.
  const isImplied = (part: DifferingPart): boolean =>
    ((part === 'source' || part === 'kind') && wanted.single.has(MARK.version) !== stored.single.has(MARK.version)) ||
    (part === 'wrapped' && parts.includes('source'));
  return parts.filter((part) => !isImplied(part));
}

interface ComparedCalls {
  readonly parts: readonly DifferingPart[];
  /** How many more may differ. */
  readonly unknown: number;
}

function compareCalls(wanted: Marks, stored: Marks): ComparedCalls {
  if (wanted.single.has(MARK.key) !== stored.single.has(MARK.key))
    return { parts: [], unknown: 1 + wanted.args.length };
  const [count, storedCount] = [wanted, stored].map(({ single }) => single.get(MARK.argumentCount));
  if (wanted.single.has(MARK.keyResult) || stored.single.has(MARK.keyResult)) {
    return { parts: differ(MARK.keyResult, wanted, stored) ? ['keyResult'] : [], unknown: 0 };
  }
  if (count === undefined || storedCount === undefined) return { parts: ['args'], unknown: wanted.args.length };
  const parts: DifferingPart[] = differ(MARK.this, wanted, stored) ? ['this'] : [];
  if (count !== storedCount) parts.push('args.length');
  return { parts: [...parts, ...compareArguments(wanted.args, stored.args)], unknown: 0 };
}

function compareArguments(wanted: readonly number[], stored: readonly number[]): readonly DifferingPart[] {
  const common = Math.min(wanted.length, stored.length);
  const parts: DifferingPart[] = [];
  for (let index = 0; index < common; index++) if (wanted[index] !== stored[index]) parts.push(`args[${index}]`);
  return parts;
}

function differ(tag: MarkTag, wanted: Marks, stored: Marks): boolean {
  return wanted.single.get(tag) !== stored.single.get(tag);
}
