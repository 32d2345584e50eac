import { beforeEach, describe, expect, it } from '@jest/globals';
import { carryOut, type Steps } from '../../lib/runtime/steps.ts';
import { NO_COUNTS, type CallCounts } from '../../lib/stats/counters.ts';
import {
  boundCalls,
  CALLS,
  readCalls,
  sumUp,
  toCounters,
  toFunctions,
  type FunctionCounts,
} from '../../lib/stats/stored.ts';
import { COUNTERS_LEASE } from '../../lib/common/ids.ts';
import type { Store } from '../../lib/stores/store.ts';
import { storeKinds } from '../support/store-kinds.ts';
import { useTempFolders } from '../support/temp-folder.ts';
import { takeLease } from '../support/lease.ts';

function countsOf(name: string, counted: Partial<CallCounts>, identity = 'i'): FunctionCounts {
  return { name, identity, ...NO_COUNTS, ...counted };
}

describe('The counters of calls', () => {
  it('are named after the count, the identity and the name of the function, and are whole numbers', () => {
    const counters = toCounters([
      countsOf('load', { hits: 2, savedMs: 1.23456 }),
      countsOf('load', { hits: 1, errors: 1 }),
      countsOf('', { misses: 1 }, ''),
    ]);
    expect(counters).toEqual({ 'hits:i:load': 3, 'savedMs:i:load': 1235, 'errors:i:load': 1, 'misses::': 1 });
  });

  it('give back the counts of each function, whatever its name is', () => {
    const functions = ['', ':', 'a:b', '__proto__', '\n'].map((name, n) =>
      countsOf(name, { hits: n + 1, computeMs: 0.5 }),
    );
    expect(toFunctions(toCounters(functions))).toEqual(functions);
  });

  it('say nothing where they are of another name, or nothing', () => {
    expect(toFunctions({ 'laughs:i:load': 5, other: 1, 'hits:i:load': 0 })).toEqual([]);
  });

  it('are summed up by name and identity', () => {
    const all = [
      countsOf('a', { hits: 1 }),
      countsOf('b', { hits: 1 }),
      countsOf('a', { hits: 2 }),
      countsOf('a', { hits: 5 }, 'j'),
    ];
    expect(sumUp(all)).toEqual([
      countsOf('a', { hits: 3 }),
      countsOf('b', { hits: 1 }),
      countsOf('a', { hits: 5 }, 'j'),
    ]);
  });
});

describe.each(storeKinds)('Counts of very many functions over $name', ({ make }) => {
  const folder = useTempFolders();
  let store: Store;
  const run = async <T>(steps: Steps<T>): Promise<T> => carryOut(store, steps);
  const hits = async (): Promise<number> =>
    (await run(readCalls(store))).reduce((sum, counted) => sum + counted.hits, 0);

  beforeEach(async () => {
    store = make(folder);
    // The lease makes the folder.
    await (await takeLease(store, 'f'.repeat(64)))?.release();
  });

  async function add(functions: readonly FunctionCounts[]): Promise<void> {
    await store.counters.add(CALLS, toCounters(functions));
  }

  it('are bounded: those with the fewest calls are told apart by their names alone', async () => {
    await add(Array.from({ length: 1500 }, (_, n) => countsOf('load', { hits: n }, String(n))));
    await run(boundCalls(store));
    const all = await run(readCalls(store));
    expect([all.length, await hits()]).toEqual([501, (1500 * 1499) / 2]);
    expect(all).toContainEqual(countsOf('load', { hits: 1499 }, '1499'));
    await run(boundCalls(store));
    expect([(await run(readCalls(store))).length, await hits()]).toEqual([501, (1500 * 1499) / 2]);
  });

  it('are left alone where they are few, or another process bounds them', async () => {
    await add(Array.from({ length: 1000 }, (_, n) => countsOf('load', { hits: 1 }, String(n))));
    await run(boundCalls(store));
    expect(await run(readCalls(store))).toHaveLength(1000);
    await add([countsOf('load', { hits: 1 }, 'another')]);
    const lease = await takeLease(store, COUNTERS_LEASE);
    await run(boundCalls(store));
    expect(await run(readCalls(store))).toHaveLength(1001);
    await lease?.release();
    await run(boundCalls(store));
    expect([(await run(readCalls(store))).length, await hits()]).toEqual([501, 1001]);
  });
});
