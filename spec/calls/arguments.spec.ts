import { describe, expect, it } from '@jest/globals';
import { storeKinds, useCaches } from '../support/store-kinds.ts';

describe.each(storeKinds)('Over $name, calls', (kind) => {
  const makeCache = useCaches(kind);

  /** A function of any number of arguments whose every run gives another value. */
  function makeCount() {
    const made = makeCache();
    let runs = 0;
    const count = made.cache.wrap((...all: readonly unknown[]) => `${all.length} ${++runs}`, { name: 'count' });
    return { ...made, count };
  }

  it('with no argument at all are one, and none with an argument that is undefined', async () => {
    const { count } = makeCount();
    expect([await count(), await count(), await count(undefined), await count()]).toEqual(['0 1', '0 1', '1 2', '0 1']);
  });

  it('with equal rest arguments are one, with others, more, fewer or in another order are not', async () => {
    const { count } = makeCount();
    const lists = [[1, 2, 3], [1, 2], [1, 2, 3, 4], [3, 2, 1], [[1, 2, 3]], [1, [2, 3]]];
    const first: unknown[] = [];
    for (const list of lists) first.push(await count(...list));
    expect(new Set(first).size).toBe(lists.length);
    for (const [n, list] of lists.entries()) expect(await count(...structuredClone(list))).toBe(first[n]);
  });

  it.each([
    ['null', null],
    ['an empty text', ''],
    ['zero', 0],
    ['minus zero', -0],
    ['false', false],
    ['undefined', undefined],
    ['not a number', Number.NaN],
    ['an empty array', []],
    ['an empty object', {}],
    ['zero in an array', [0]],
    ['a text that looks like zero', '0'],
    ['zero as a bigint', 0n],
  ])('with %s are none with anything else', async (name, value) => {
    const { count } = makeCount();
    const others = [null, '', 0, -0, false, undefined, Number.NaN, [], {}, [0], '0', 0n];
    const own = await count(value);
    const answers: unknown[] = [];
    for (const other of others) answers.push(await count(other));
    expect([name, answers.filter((answer) => answer === own)]).toEqual([name, [own]]);
  });

  it('give null, an empty text, zero and undefined back as what they are', async () => {
    const { cache, trace } = makeCache();
    const values = [null, '', 0, undefined, false, Number.NaN, -0];
    const load = cache.wrap((n: number) => values[n], { name: 'load' });
    for (const [n, value] of values.entries()) {
      expect(Object.is(await load(n), value)).toBe(true);
      expect(Object.is(await load(n), value)).toBe(true);
    }
    expect(trace.take().filter((event) => event === 'hit')).toHaveLength(values.length);
  });

  it('with a default argument are told from calls that give that very value', async () => {
    const { cache } = makeCache();
    let runs = 0;
    const load = cache.wrap((n = 5) => `${n} ${++runs}`, { name: 'load' });
    expect([await load(), await load(5), await load(), await load(5)]).toEqual(['5 1', '5 2', '5 1', '5 2']);
  });
});
