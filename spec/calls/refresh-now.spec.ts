import { describe, expect, it } from '@jest/globals';
import { memoryStore } from '../../lib/stores/memory.ts';
import { TempCache } from '../../lib/temp-cache.ts';
import type { Store } from '../../lib/stores/store.ts';
import { makeGated } from '../support/gated.ts';
import { loneCache } from '../support/identity.ts';
import { makeTrace } from '../support/trace.ts';

/** Lets everything happen that waits for nothing but promises: a run that is not to begin would have begun. */
async function turn(): Promise<void> {
  await new Promise((resolve) => {
    setImmediate(resolve);
  });
}

const kinds = [
  ['a store that answers at once', () => memoryStore()],
  ['a store that answers with promises', () => memoryStore({ async: true })],
] as const;

describe('refresh', () => {
  it('computes and stores although a fresh value is stored, at once for a sync function', () => {
    const trace = makeTrace();
    let calls = 0;
    const count = loneCache({ onEvent: trace.onEvent }).wrap(function count(): number {
      return ++calls;
    });
    expect([count(), count.cache.refresh(), count()]).toEqual([1, 2, 2]);
    expect(trace.take()).toEqual(['miss absent', 'save', 'miss refresh', 'save', 'hit']);
  });

  it('stores where nothing is stored', () => {
    const cached = loneCache().wrap((n: number) => n * 2, { name: 'double' });
    expect([cached.cache.refresh(2), cached.cache.itemFor(2).load()]).toEqual([4, 4]);
  });

  it('throws what the function throws and leaves the old value', async () => {
    let failing = false;
    const cache = loneCache({ captures: 'off' });
    const read = cache.wrap(function read(): string {
      if (failing) throw new Error('mine');
      return 'old';
    });
    const readLater = cache.wrap(async function readLater() {
      return read.cache.original();
    });
    expect([read(), await readLater()]).toEqual(['old', 'old']);
    failing = true;
    expect(() => read.cache.refresh()).toThrow('mine');
    await expect(readLater.cache.refresh()).rejects.toThrow('mine');
    expect([read(), await readLater()]).toEqual(['old', 'old']);
    expect(read.cache.stats()).toMatchObject({ errors: 1 });
  });

  it('does not fall back on a value past its age when it fails', () => {
    let failing = false;
    const read = loneCache({ captures: 'off', maxAge: 0, staleIfError: true }).wrap(function read(): string {
      if (failing) throw new Error('mine');
      return 'old';
    });
    read();
    failing = true;
    expect(read()).toBe('old');
    expect(() => read.cache.refresh()).toThrow('mine');
  });

  it('only computes in a cache that is off, and saves nothing in one that is readonly', () => {
    const store = memoryStore();
    for (const mode of ['off', 'readonly'] as const) {
      const cached = new TempCache('modes', { store, mode }).wrap((n: number) => n * 2, { name: 'double' });
      expect(cached.cache.refresh(2)).toBe(4);
    }
    expect([...store.entries()]).toEqual([]);
  });

  it('runs a generator to its end and stores the run', () => {
    let runs = 0;
    const count = loneCache().wrap(function* count() {
      runs++;
      yield runs;
    });
    expect([...count()]).toEqual([1]);
    expect(count.cache.refresh()).toBeUndefined();
    expect([...count()]).toEqual([2]);
  });

  it('may call itself: the inner one computes too', async () => {
    const down = loneCache().wrap(async function down(n: number): Promise<number> {
      return n === 0 ? 0 : (await again(n - 1)) + 1;
    });
    const again = (n: number): Promise<number> => down.cache.refresh(n);
    expect(await down.cache.refresh(3)).toBe(3);
    const depths: number[] = [];
    const same = loneCache().wrap(async function same(): Promise<number> {
      depths.push(depths.length);
      return depths.length < 3 ? sameAgain() : depths.length;
    });
    const sameAgain = (): Promise<number> => same.cache.refresh();
    expect(await same.cache.refresh()).toBe(3);
  });
});

describe.each(kinds)('refresh over %s', (_, makeStore) => {
  const trace = makeTrace();
  const makeCache = () => new TempCache<Store>('spec', { store: makeStore(), onEvent: trace.onEvent });

  it('is one computation for all who ask while it runs, and each gets its failure', async () => {
    const { gated, gate, runs } = makeGated();
    const cached = makeCache().wrap(gated);
    const asked = [cached.cache.refresh(1), cached.cache.refresh(1)];
    gate(0).resolve('one');
    expect([await Promise.all(asked), runs()]).toEqual([['one', 'one'], 1]);
    expect(new Set(trace.take())).toEqual(new Set(['miss refresh', 'coalesced', 'save']));
    const failing = [cached.cache.refresh(1), cached.cache.refresh(1)];
    gate(1).reject(new Error('mine'));
    const reason = new Error('mine');
    expect(await Promise.allSettled(failing)).toEqual([
      { status: 'rejected', reason },
      { status: 'rejected', reason },
    ]);
    expect([await cached(1), runs()]).toEqual(['one', 2]);
  });

  it('leaves calls alone meanwhile: they are served what is stored', async () => {
    const { gated, gate } = makeGated();
    const cached = makeCache().wrap(gated);
    gate(0).resolve('old');
    await cached(1);
    const refreshed = cached.cache.refresh(1);
    await gate(1).begun;
    expect(await cached(1)).toBe('old');
    gate(1).resolve('new');
    expect([await refreshed, await cached(1)]).toEqual(['new', 'new']);
  });

  it('waits for a computation that began before it, so that the older value is not stored last', async () => {
    const { gated, gate, runs } = makeGated();
    const cached = makeCache().wrap(gated);
    const called = cached(1);
    await gate(0).begun;
    const refreshed = cached.cache.refresh(1);
    await turn();
    expect(runs()).toBe(1);
    gate(0).resolve('old');
    expect(await called).toBe('old');
    gate(1).resolve('new');
    expect([await refreshed, await cached(1)]).toEqual(['new', 'new']);
  });

  it('computes for the arguments that it was called with when they are changed while it waits', async () => {
    const { gated, gate } = makeGated();
    const cached = makeCache().wrap(async function read(user: { id: number }): Promise<string> {
      const run = await gated(user.id);
      return `user ${user.id}, run ${run}`;
    });
    const called = cached({ id: 1 });
    await gate(0).begun;
    const user = { id: 1 };
    const asked = [cached.cache.refresh(user), cached.cache.refresh({ id: 1 })];
    user.id = 2;
    for (const run of [0, 1]) gate(run).resolve(String(run));
    expect(await called).toBe('user 1, run 0');
    expect(await Promise.all(asked)).toEqual(['user 1, run 1', 'user 1, run 1']);
    expect(await cached({ id: 1 })).toBe('user 1, run 1');
    expect(await cached.cache.itemFor({ id: 2 }).exists()).toBe(false);
  });
});
