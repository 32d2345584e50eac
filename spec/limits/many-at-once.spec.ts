import { describe, expect, it } from '@jest/globals';
import { memoryStore } from '../../lib/stores/memory.ts';
import { TempCache } from '../../lib/temp-cache.ts';
import { useClock } from '../support/clock.ts';

const MANY = 3000;

describe('a look over many entries', () => {
  const clock = useClock();
  const made = (): TempCache => {
    const store = memoryStore();
    const free = new TempCache('spec', { store });
    for (let key = 0; key < MANY; key++) {
      clock.now++;
      free.itemForKey(key).save(key);
    }
    return new TempCache('spec', { store, maxEntries: MANY });
  };
  const present = (cache: TempCache, keys: readonly number[]): boolean[] =>
    keys.map((key) => cache.itemForKey(key).exists());

  it('lets the event loop turn where a promise is waited for, and counts exactly what is saved meanwhile', async () => {
    const cache = made();
    const later = cache.wrap(async function later(n: number) {
      return n;
    });
    let turns = 0;
    let isDone = false;
    const turn = (): void => {
      if (isDone) return;
      clock.now++;
      cache.itemForKey(MANY + turns).save('saved meanwhile');
      turns++;
      setImmediate(turn);
    };
    const answer = later(1);
    setImmediate(turn);
    expect(await answer).toBe(1);
    isDone = true;
    expect(turns).toBeGreaterThanOrEqual(MANY / 512 - 1);
    expect([...cache.items()]).toHaveLength(MANY);
    expect(present(cache, [turns, turns + 1, MANY, MANY + turns - 1])).toEqual([false, true, true, true]);
  });

  it('is taken at once where nothing is waited for, and seldom', () => {
    const cache = made();
    for (let key = MANY; key < 2 * MANY; key++) {
      clock.now++;
      cache.itemForKey(key).save(key);
    }
    expect([...cache.items()]).toHaveLength(MANY);
    expect(present(cache, [MANY - 1, MANY, 2 * MANY - 1])).toEqual([false, true, true]);
  });
});
