import { describe, expect, it } from '@jest/globals';
import { Candidates } from '../../lib/limits/candidates.ts';
import type { StoreEntry } from '../../lib/stores/store.ts';
import { Random } from '../support/key-random.ts';

const entry = (lastUsedAt: number, id = String(lastUsedAt)): StoreEntry => ({ id, size: 1, lastUsedAt });

function candidatesOf(times: readonly number[], most?: number): Candidates {
  const candidates = new Candidates(most);
  for (const time of times) candidates.offer(entry(time));
  candidates.sort();
  return candidates;
}

function all(candidates: Candidates): number[] {
  const times: number[] = [];
  for (let next = candidates.pop(); next !== undefined; next = candidates.pop()) times.push(next.lastUsedAt);
  return times;
}

const upTo = (count: number): number[] => Array.from({ length: count }, (_, n) => n);

describe('candidates', () => {
  it('come in the order of their last use', () => {
    expect(all(candidatesOf(new Random(1).shuffled(upTo(500))))).toEqual(upTo(500));
    expect(all(candidatesOf([]))).toEqual([]);
  });

  it('of one time come in the order of the listing', () => {
    const candidates = new Candidates();
    for (const id of ['a', 'b', 'c']) candidates.offer(entry(1, id));
    candidates.offer(entry(0, 'd'));
    candidates.sort();
    expect(['d', 'a', 'b', 'c'].map(() => candidates.pop()?.id)).toEqual(['d', 'a', 'b', 'c']);
  });

  it('are the oldest ones of however many, and no more than a number', () => {
    for (const seed of [1, 2, 3]) {
      expect(all(candidatesOf(new Random(seed).shuffled(upTo(1000)), 100))).toEqual(upTo(100));
    }
    expect(all(candidatesOf(upTo(1000), 100))).toEqual(upTo(100));
    expect(all(candidatesOf(upTo(1000).reverse(), 100))).toEqual(upTo(100));
  });

  it('take one back where it belongs, as long as it is older than the newest', () => {
    const candidates = candidatesOf([10, 20, 30]);
    expect(candidates.pop()?.lastUsedAt).toBe(10);
    candidates.putBack(entry(25));
    candidates.putBack(entry(15));
    candidates.putBack(entry(30, 'newest'));
    candidates.putBack(entry(99));
    expect(all(candidates)).toEqual([15, 20, 25, 30]);
    candidates.putBack(entry(1));
    expect(all(candidates)).toEqual([]);
  });

  it('show those that go next twice before it is their turn, and only now and then', () => {
    const candidates = candidatesOf(upTo(4000));
    const shown = new Map<number, number>();
    let looks = 0;
    for (let turn = 0; turn < 4000; turn++) {
      const next = candidates.isTimeToLook ? candidates.next() : [];
      if (next.length > 0) looks++;
      for (const { lastUsedAt } of next) shown.set(lastUsedAt, (shown.get(lastUsedAt) ?? 0) + 1);
      expect(shown.get(turn)).toBe(turn < 250 ? 1 : 2);
      expect(candidates.pop()?.lastUsedAt).toBe(turn);
    }
    expect(looks).toBe(16);
  });
});
