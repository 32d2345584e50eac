import { Buffer } from 'node:buffer';
import { createContext, runInContext, runInThisContext } from 'node:vm';
import { builtInPairs } from './key-pairs-built-ins.ts';
import { errorPairs } from './key-pairs-errors.ts';
import { objectPairs } from './key-pairs-objects.ts';
import { scalarPairs } from './key-pairs-scalars.ts';

/** Two values, made anew by each call, that are one key or two. */
export interface Pair {
  /** `{ a: 1 } ≢ { a: 2 }` */
  readonly text: string;
  readonly first: () => unknown;
  readonly second: () => unknown;
  readonly same: boolean;
}

/**
 * Sources of two values that are one key (≡) or two (≢), a pair a line. These are the pairs for which the key does as
 * `util.isDeepStrictEqual` does.
 */
export const lawful: readonly string[] = [scalarPairs, objectPairs, builtInPairs, errorPairs].flatMap(lines);

/** Pairs for which versions of `util.isDeepStrictEqual` disagree, or for which it is not precise enough for a key. */
export const departures: readonly string[] = lines(String.raw`
new Date(NaN) ≡ new Date('never')
new URLSearchParams('a=1') ≢ new URLSearchParams('a=2')
new URLSearchParams('a=1&b=2') ≢ new URLSearchParams('b=2&a=1')
new URLSearchParams('a=1') ≢ new URLSearchParams('a=1&a=1')
new URLSearchParams() ≢ new URLSearchParams('=')
new Error('a', { cause: undefined }) ≢ new Error('a')
cycle(1) ≢ cycle(2)
cycle(1) ≢ { next: cycle(1) }
`);

/** What the sources of pairs make use of. */
const HELPERS = String.raw`
const long = 'x'.repeat(5000);
const x = Symbol.for('x');
const shared = {};
const twoBytes = (text) => ('€' + text).slice(1);
const made = (object, change) => (change(object), object);
const bare = (fields) => Object.assign(Object.create(null), fields);
const hidden = (error, name, value) => Object.defineProperty(error, name, { value });
const sparse = (length, entries) => Object.assign([], entries, { length });
const letters = () => Array.from({ length: 600 }, (_, index) => ['key ' + index, index]);
const large = (last) => new Uint8Array(5000).fill(last, 4999);
const deep = (levels, leaf) => { let value = leaf; for (let level = 0; level < levels; level++) value = [value]; return value; };
const cycle = (length) => {
  const first = {};
  let last = first;
  for (let count = 1; count < length; count++) last = last.next = {};
  last.next = first;
  return first;
};
const dictionary = () => {
  const object = {};
  for (let index = 0; index < 2000; index++) object['k' + index] = index;
  for (let index = 2; index < 2000; index++) delete object['k' + index];
  return object;
};
const inside = (View, bytes, length) => {
  const memory = new Uint8Array(bytes.length + 16).fill(9);
  memory.set(bytes, 8);
  return new View(memory.buffer, 8, length);
};
`;

const other = createContext({ Buffer, URL, URLSearchParams, structuredClone });

/** The pairs of some lines, made in the realm of Node's own modules, where `util.isDeepStrictEqual` can be asked. */
export function pairsOf(rows: readonly string[]): readonly Pair[] {
  return rows.map((text) => pairOf(text, (source) => runInThisContext(source)));
}

/** The same pairs, made in a realm of their own. */
export function foreignPairsOf(rows: readonly string[]): readonly Pair[] {
  return rows.map((text) => pairOf(text, (source) => runInContext(source, other)));
}

function pairOf(text: string, run: (source: string) => unknown): Pair {
  const [first, second] = text.split(/ [≡≢] /).map((source) => {
    return run(`(() => { ${HELPERS}; return () => (${source}); })()`) as () => unknown;
  });
  if (first === undefined || second === undefined) throw new Error(`No pair: ${text}`);
  return { text, first, second, same: text.includes(' ≡ ') };
}

function lines(table: string): string[] {
  return table.trim().split('\n');
}
