import { describe, expect, it } from '@jest/globals';
import type { AnyFunction } from '../../lib/functions/source.ts';
import { idOfFunction, loneCache, renamed } from '../support/identity.ts';

const forms: readonly (readonly [string, AnyFunction])[] = [
  ['a function', () => [1]],
  ['an async function', async () => [1]],
  [
    'a generator function',
    function* load() {
      yield 1;
    },
  ],
  [
    'an async generator function',
    async function* load() {
      yield 1;
    },
  ],
];

describe('A version', () => {
  it('does not let the entries of one kind of function meet those of another', () => {
    const ids = forms.map(([, fn]) => idOfFunction(renamed(fn, 'load'), { version: '1' }));
    expect(new Set(ids).size).toBe(4);
  });
});

describe('The cached form of a generator function', () => {
  it('has its name, its length and its original', () => {
    function* items(from: number, _to: number): Generator<number> {
      yield from;
    }
    const cached = loneCache().wrap(items);
    expect([cached.name, cached.length, cached.cache.original]).toEqual(['items', 2, items]);
  });

  it('may be that of a method', () => {
    const list = {
      *items(from: number) {
        yield from;
      },
      async *later(from: number) {
        yield from;
      },
    };
    const cache = loneCache();
    const [items, later] = [cache.wrap(list.items), cache.wrap(list.later)];
    for (let round = 0; round < 2; round++) expect([...items(1)]).toEqual([1]);
    expect(Symbol.asyncIterator in later(1)).toBe(true);
  });
});
