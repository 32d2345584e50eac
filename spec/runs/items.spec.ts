import { describe, expect, it } from '@jest/globals';
import { chunkIdOf } from '../../lib/runs/chunks.ts';
import { bytesOfChunks, removeChunks } from '../../lib/runs/items.ts';
import { carryOutSync } from '../../lib/runtime/steps.ts';
import { memoryStore } from '../../lib/stores/memory.ts';
import { bytesOf, idOf, NEVER } from '../../lib/testing/support.ts';
import { makeFaulty } from '../support/faulty-store.ts';

const ID = idOf(1);
const TOKEN = 'a'.repeat(32);
const run = (chunks: number) => ({ token: TOKEN, chunks });

/** A store with some of the chunks of a run, of 10 bytes each. */
function storeWith(indices: readonly number[]) {
  const faulty = makeFaulty(memoryStore());
  for (const index of indices) faulty.inner.set(chunkIdOf({ id: ID, token: TOKEN, index }), [bytesOf(10)], NEVER);
  return faulty;
}

describe('The chunks of a run', () => {
  it('are found and removed where some are missing', () => {
    const { store } = storeWith([0, 2, 99]);
    expect(carryOutSync(bytesOfChunks(store, ID, [run(100)]))).toBe(30);
    expect(carryOutSync(removeChunks(store, ID, run(100)))).toBe(30);
    expect([...store.entries()]).toEqual([]);
  });

  it('are not looked for without end where a manifest says that there are four billion', () => {
    const { store, asked } = storeWith([0, 1]);
    const forged = run(2 ** 32 - 1);
    expect(carryOutSync(bytesOfChunks(store, ID, [forged, forged]))).toBe(40);
    expect(carryOutSync(removeChunks(store, ID, forged))).toBe(20);
    expect(asked.length).toBeLessThan(400);
  });
});
