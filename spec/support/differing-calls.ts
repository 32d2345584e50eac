import type { DifferingPart } from '../../lib/functions/explain/compare.ts';
import type { AnyFunctionOptions } from '../../lib/functions/function-options.ts';
import { edited, load, type SpecCall } from './explained.ts';
import { loneCache, renamed } from './identity.ts';
import { Shop } from './shop.ts';

/** A call whose `this` counts. */
export function priceIn(tax: number): SpecCall {
  return { fn: Shop.prototype.price, args: [10], self: new Shop(tax) };
}

const first = (value: never): unknown => value;
const second = (_value: never, value: never): unknown => value ?? null;
const later = renamed(async (...args: readonly unknown[]) => args.length, 'load');
const wrapped = (dep: number) => loneCache().wrap(load, { deps: [dep] });
const many = Array.from({ length: 40 }, (_, index) => index);

/** A call that is stored, another one that is asked about, and what is said of it. */
export interface DifferingCalls {
  readonly what: string;
  readonly saved: SpecCall;
  readonly asked: SpecCall;
  readonly differs: readonly DifferingPart[];
  readonly words: string;
}

/** The same call of the same function under two sets of options. */
function underOptions(
  option: string,
  saved: AnyFunctionOptions,
  asked: AnyFunctionOptions,
): Pick<DifferingCalls, 'saved' | 'asked'> {
  const what = option === 'ignoreThis' ? priceIn(1) : { fn: load, args: [1] };
  return { saved: { ...what, options: saved }, asked: { ...what, options: asked } };
}

/** Two calls of the same function. */
function calledWith(saved: readonly unknown[], asked: readonly unknown[]): Pick<DifferingCalls, 'saved' | 'asked'> {
  return { saved: { fn: load, args: saved }, asked: { fn: load, args: asked } };
}

/** Every part in which calls of functions of one name can differ. */
export const differingCalls: readonly DifferingCalls[] = [
  {
    what: 'the source',
    saved: { fn: load, args: [1] },
    asked: { fn: edited, args: [1] },
    differs: ['source'],
    words: 'the source of the function has changed',
  },
  {
    what: 'the version',
    ...underOptions('version', { version: '1' }, { version: '2' }),
    differs: ['version'],
    words: 'the option version has changed',
  },
  {
    what: 'a version that is new',
    ...underOptions('version', {}, { version: '1' }),
    differs: ['version'],
    words: 'it was saved without the option version',
  },
  {
    what: 'a version that is gone',
    ...underOptions('version', { version: '1' }, {}),
    differs: ['version'],
    words: 'it was saved with the option version',
  },
  {
    what: 'the kind of function under one version',
    saved: { fn: load, options: { version: '1' } },
    asked: { fn: later, options: { version: '1' } },
    differs: ['kind'],
    words: 'the function has become async or a generator, or is no longer',
  },
  {
    what: 'the deps',
    ...underOptions('deps', { deps: [1] }, { deps: [2] }),
    differs: ['deps'],
    words: 'the option deps has changed',
  },
  {
    what: 'deps that are new',
    ...underOptions('deps', {}, { deps: [2] }),
    differs: ['deps'],
    words: 'it was saved without the option deps',
  },
  {
    what: 'the key function',
    ...underOptions('key', { key: first }, { key: second }),
    differs: ['key', 'keyResult'],
    words: 'the option key has changed; the option key gives something else',
  },
  {
    what: 'a key function that is gone',
    ...underOptions('key', { key: first }, {}),
    differs: ['key'],
    words: 'it was saved with the option key',
  },
  {
    what: 'what the key function gives',
    saved: { fn: load, args: [1], options: { key: first } },
    asked: { fn: load, args: [2], options: { key: first } },
    differs: ['keyResult'],
    words: 'the option key gives something else',
  },
  {
    what: 'ignoreThis',
    ...underOptions('ignoreThis', { ignoreThis: true }, {}),
    differs: ['ignoreThis'],
    words: 'the option ignoreThis has changed',
  },
  {
    what: 'a name that is given',
    ...underOptions('name', {}, { name: 'load' }),
    differs: ['name'],
    words: 'the name is given in another way, by the option name or by the function itself',
  },
  {
    what: 'the cached function that is cached once more',
    saved: { fn: wrapped(1) },
    asked: { fn: wrapped(2) },
    differs: ['wrapped'],
    words: 'the cached function that it caches once more has changed',
  },
  {
    what: 'this',
    saved: priceIn(2),
    asked: priceIn(3),
    differs: ['this'],
    words: '`this` is another one',
  },
  {
    what: 'an argument',
    ...calledWith(['user', 42], ['user', 43]),
    differs: ['args[1]'],
    words: 'the 2nd argument is another one',
  },
  {
    what: 'an object among the arguments',
    ...calledWith([{ a: { b: 1 } }, 1], [{ a: { b: 2 } }, 1]),
    differs: ['args[0]'],
    words: 'the 1st argument is another one',
  },
  {
    what: 'a large argument',
    ...calledWith([0, 0, Array.from({ length: 100_000 }, () => 1)], [0, 0, Array.from({ length: 100_000 }, () => 2)]),
    differs: ['args[2]'],
    words: 'the 3rd argument is another one',
  },
  {
    what: 'two arguments',
    ...calledWith([1, 2, 3], [0, 2, 4]),
    differs: ['args[0]', 'args[2]'],
    words: 'the 1st argument is another one; the 3rd argument is another one',
  },
  {
    what: 'the 11th',
    ...calledWith(many, many.with(10, -1)),
    differs: ['args[10]'],
    words: 'the 11th argument is another one',
  },
  {
    what: 'the 13th',
    ...calledWith(many, many.with(12, -1)),
    differs: ['args[12]'],
    words: 'the 13th argument is another one',
  },
  {
    what: 'an argument far behind',
    ...calledWith(many, many.with(39, -1)),
    differs: ['args'],
    words: 'the arguments are other ones',
  },
  {
    what: 'more arguments',
    ...calledWith(['user'], ['user', undefined]),
    differs: ['args.length'],
    words: 'this call has 2 arguments, that one had 1',
  },
  {
    what: 'fewer arguments, and others',
    ...calledWith([1, 2, 3], [0]),
    differs: ['args.length', 'args[0]'],
    words: 'this call has 1 argument, that one had 3; the 1st argument is another one',
  },
];
