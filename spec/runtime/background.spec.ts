import { describe, expect, it } from '@jest/globals';
import { setImmediate } from 'node:timers/promises';
import { carryOutInBackground } from '../../lib/runtime/background.ts';
import type { Steps } from '../../lib/runtime/steps.ts';

const SLICE = 50;

/** So many steps, each of which notes its number. */
function* count(steps: number, seen: unknown[]): Steps<string> {
  for (let n = 0; n < steps; n++) seen.push(yield n);
  return 'done';
}

/** How many steps were done in each turn of the event loop. */
async function turnsOf(work: Promise<unknown>, seen: readonly unknown[]): Promise<number[]> {
  const turns: number[] = [];
  const state = { isOver: false };
  void work.finally(() => (state.isOver = true));
  for (let before = 0; !state.isOver; before = seen.length) {
    await setImmediate();
    turns.push(seen.length - before);
  }
  return turns;
}

describe('Work in the background', () => {
  it('is done in small slices with turns of the event loop in between', async () => {
    const seen: unknown[] = [];
    const turns = await turnsOf(carryOutInBackground(count(10 * SLICE, seen)), seen);
    expect(turns.filter((steps) => steps > 0).length).toBeGreaterThanOrEqual(10);
    expect(Math.max(...turns)).toBeLessThanOrEqual(SLICE);
    expect(seen).toEqual(Array.from({ length: 10 * SLICE }, (_, n) => n));
  });

  it('gives what comes of it', async () => {
    expect(await carryOutInBackground(count(1, []))).toBe('done');
    expect(await carryOutInBackground(count(0, []))).toBe('done');
  });

  it('waits for promises, and is told what they fail with', async () => {
    const error = new Error('no');
    function* ask(): Steps<unknown> {
      const first = yield Promise.resolve('first');
      try {
        yield Promise.reject(error);
      } catch (thrown) {
        return [first, thrown, yield 'last'];
      }
      return undefined;
    }
    expect(await carryOutInBackground(ask())).toEqual(['first', error, 'last']);
  });

  it('fails as the work does', async () => {
    const error = new Error('no');
    function* fail(): Steps<void> {
      yield 1;
      throw error;
    }
    await expect(carryOutInBackground(fail())).rejects.toBe(error);
  });

  it('goes on with the answer to the last step of the slice before', async () => {
    const seen: unknown[] = [];
    expect(await carryOutInBackground(count(2 * SLICE + 1, seen))).toBe('done');
    expect(seen[SLICE]).toBe(SLICE);
  });
});
