import { inspect, types } from 'node:util';

/** An array, a built-in or a typed array up to this length is checked by listing its keys, a longer one by `inspect`. */
export const SHORT = 40;

const shallow = {
  maxArrayLength: 0,
  maxStringLength: 0,
  customInspect: false,
  depth: 0,
  breakLength: Infinity,
} as const;

/**
 * Whether an array or typed array has enumerable properties besides its elements. No public function of the language
 * tells without listing every index; `util.inspect` does, and is told to print no element. Where it prints something else
 * than expected (`--frozen-intrinsics`, other runtimes), the indices are listed all the same.
 */
export function hasExtraProperties(array: ArrayLike<unknown> & object): boolean {
  if (Object.getOwnPropertySymbols(array).length > 0) return true;
  // A proxy lists its keys in any order.
  if (types.isProxy(array)) return Object.keys(array).some((key) => !isIndex(key, array.length));
  if (array.length > SHORT && showsElementsOnly(array)) return false;
  const last = Object.keys(array).at(-1);
  return last !== undefined && !isIndex(last, array.length);
}

/** Own properties come with the integer indices first, so the last one tells. */
function isIndex(key: string, length: number): boolean {
  const index = Number(key);
  return Number.isInteger(index) && index >= 0 && index < length && String(index) === key;
}

/** Without properties a long array looks like `[ ... 64 more items ]`, with some `[ ... 64 more items, name: 1 ]`. */
function showsElementsOnly(array: object): boolean {
  const shown = inspect(array, shallow);
  return /^\[ \.\.\. \d+ more items? \]$/.test(shown.slice(shown.indexOf('[ ... ')));
}

/**
 * Whether an object has own properties besides those that `Object.keys` gave: hidden ones, and symbols. V8 has all names
 * at hand where all are enumerable, so this takes a third of the time of `Reflect.ownKeys`.
 */
export function hasOtherKeys(value: object, keys: readonly string[]): boolean {
  return Object.getOwnPropertyNames(value).length > keys.length || Object.getOwnPropertySymbols(value).length > 0;
}

const hidden = { ...shallow, showHidden: true } as const;

/** Whether an array has own properties besides its elements and its length, enumerable or not. */
export function hasOwnNames(array: readonly unknown[]): boolean {
  if (array.length > SHORT && !types.isProxy(array) && showsLengthOnly(array)) return false;
  // The elements come first, then the length, then what was added.
  return Reflect.ownKeys(array).at(-1) !== 'length';
}

function showsLengthOnly(array: readonly unknown[]): boolean {
  if (Object.getOwnPropertySymbols(array).length > 0) return false;
  const shown = inspect(array, hidden);
  return /^\[ \.\.\. \d+ more items?, \[length\]: \d+ \]$/.test(shown.slice(shown.indexOf('[ ... ')));
}
