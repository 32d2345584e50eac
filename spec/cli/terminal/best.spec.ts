import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Best, orderBy } from '../../../lib/cli/terminal/best.ts';

describe('The best of many', () => {
  it('are those that come first in the order, however many pass by', () => {
    fc.assert(
      fc.property(fc.array(fc.integer(), { maxLength: 5000 }), fc.integer({ min: 1, max: 50 }), (numbers, limit) => {
        const best = new Best<number>(
          orderBy((n) => n, false),
          limit,
        );
        for (const number of numbers) best.add(number);
        expect(best.take()).toEqual(numbers.toSorted((a, b) => b - a).slice(0, limit));
      }),
    );
  });

  it('are all of them without a limit', () => {
    const best = new Best<number>(
      orderBy((n) => n, true),
      Infinity,
    );
    for (const number of [3, 1, 2]) best.add(number);
    expect(best.take()).toEqual([1, 2, 3]);
  });
});

describe('An order', () => {
  it('has the biggest number and the first text first, or the other way round', () => {
    const sorted = <T extends number | string>(values: T[], isReversed: boolean): T[] =>
      values.toSorted(orderBy((value) => value, isReversed));
    expect(sorted([2, Infinity, 1, Infinity], false)).toEqual([Infinity, Infinity, 2, 1]);
    expect(sorted([2, 3, 1], true)).toEqual([1, 2, 3]);
    expect(sorted(['b', 'a', 'c'], false)).toEqual(['a', 'b', 'c']);
    expect(sorted(['b', 'a', 'c'], true)).toEqual(['c', 'b', 'a']);
  });
});
