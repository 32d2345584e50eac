import { describe, expect, it } from '@jest/globals';
import { TempCache } from '../../lib/temp-cache.ts';
import { useClock } from '../support/clock.ts';
import { idFrom, useFilledShelves } from '../support/shelf.ts';

useClock();

const filled = useFilledShelves();
const ID = idFrom('bad0');

describe.each([NaN, Infinity, -Infinity, 9e15, -1])('A record whose times and numbers are %d', (number) => {
  const absurd = { id: ID, createdAt: number, expiresAt: number, keepUntil: number, maxAge: number, computeMs: number };

  it.each([
    ['ls', 'demo'],
    ['ls'],
    ['stats'],
    ['show', ID.slice(0, 8)],
    ['verify'],
    ['doctor'],
    ['prune', '--dry-run'],
  ])('does not keep `%s %s` from all others', async (...words) => {
    const made = filled();
    made.put('demo', absurd);
    for (const format of [[], ['--json']]) {
      const { code, err } = await made.run([...words, ...format]);
      expect([code, err]).toEqual([0, expect.not.stringMatching(/Error|Invalid/)]);
    }
  });

  it('does not keep a cache from its statistics, its items and their removal', () => {
    const made = filled();
    made.put('demo', absurd);
    const cache = new TempCache(made.pathOf('demo'));
    expect(cache.stats().entries).toBe(5);
    expect([...cache.items()].map(({ id }) => id)).toContain(ID);
    expect(cache.prune().corrupt).toBe(0);
    cache.clear();
    expect([...cache.items()]).toEqual([]);
    cache.close();
  });
});
