import { describe, expect, it } from '@jest/globals';
import { LookedAt } from '../../lib/usage/looked-at.ts';
import { idOf } from '../support/store-suite/use-store.ts';

/** Ids of 13 characters and zeros. */
const ids = (...beginnings: string[]): string[] => beginnings.map((beginning) => beginning.padEnd(64, '0'));

describe('LookedAt', () => {
  it('remembers each record until the time since the first one is over', () => {
    const lookedAt = new LookedAt(1000);
    const many = Array.from({ length: 1000 }, (_, n) => idOf(n));
    const known = (now: number): number => many.filter((id) => lookedAt.has(id, now)).length;
    expect(known(0)).toBe(0);
    expect(known(1000)).toBeGreaterThan(990);
    expect(known(1001)).toBe(0);
  });

  it('forgets all when the clock is set back by more', () => {
    const lookedAt = new LookedAt(1000);
    const has = (now: number): boolean => lookedAt.has(idOf(1), now);
    expect([50_000, 50_000, 49_000, 48_999, 48_999].map(has)).toEqual([false, true, true, false, true]);
  });

  it('tells ids apart by their first 13 characters, of which zeros are one case more', () => {
    const [zeros, last, first, place] = ids('', '0000000000001', '0000080000000', '0000100000000') as [
      string,
      string,
      string,
      string,
    ];
    const lookedAt = new LookedAt(1000);
    const has = (id: string): boolean => lookedAt.has(id, 0);
    expect([place, first, place].map(has)).toEqual([false, false, true]);
    expect([first, first].map(has)).toEqual([true, true]);
    // The one that stands for "nothing" elsewhere is taken for its neighbour, and is known like any other.
    expect([zeros, zeros, last].map(has)).toEqual([false, true, true]);
  });
});
