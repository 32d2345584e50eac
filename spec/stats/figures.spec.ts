import { describe, expect, it } from '@jest/globals';
import { setTimeout } from 'node:timers/promises';
import { memoryStore } from '../../lib/stores/memory.ts';
import type { Serializer } from '../../lib/serializers/serializer.ts';
import { TempCache } from '../../lib/temp-cache.ts';
import { loneCache } from '../support/identity.ts';
import { storeKinds, useCaches } from '../support/store-kinds.ts';

/** Takes so many ms to read what it has written. */
function taking(ms: number): Serializer {
  return {
    name: 'slow',
    serialize: (value) => Buffer.from(JSON.stringify(value)),
    deserialize(bytes) {
      const end = performance.now() + ms;
      while (performance.now() < end);
      return JSON.parse(Buffer.from(bytes).toString()) as unknown;
    },
  };
}
const slow = taking(5);

describe.each(storeKinds)('Over $name, the figures', (kind) => {
  const makeCache = useCaches(kind);

  it('count what loading takes, and take it off what was saved', async () => {
    const { cache } = makeCache({ serializer: slow });
    const load = cache.wrap((n: number) => n, { name: 'load' });
    await load(1);
    expect((await cache.stats()).loadMs).toBe(0);
    await load(1);
    await load(1);
    const { loadMs, savedMs, computeMs } = await load.cache.stats();
    expect(loadMs).toBeGreaterThanOrEqual(10);
    // Times are counted in whole us.
    expect(savedMs).toBeCloseTo(2 * computeMs - loadMs, 1);
    expect(savedMs).toBeLessThan(0);
  });

  it('count the loading of values past their age, and of what a generator gave', async () => {
    const { cache } = makeCache({ serializer: slow, maxAge: 0, staleWhileRevalidate: true });
    const one = cache.wrap(() => 1, { name: 'one' });
    const items = cache.wrap(
      function* items() {
        yield* [1, 2, 3];
      },
      { name: 'items' },
    );
    for (let time = 0; time < 2; time++) {
      await one();
      for await (const item of items()) expect(item).toBeGreaterThan(0);
    }
    expect((await one.cache.stats()).loadMs).toBeGreaterThanOrEqual(5);
    expect((await items.cache.stats()).loadMs).toBeGreaterThanOrEqual(15);
  });

  it('give each of the computations that run at the same time its share', async () => {
    const { cache } = makeCache();
    const startedAt = performance.now();
    const wait = cache.wrap(
      async (n: number) => {
        await setTimeout(20);
        return n;
      },
      { name: 'wait' },
    );
    await Promise.all(Array.from({ length: 50 }, async (_, n) => wait(n)));
    const passed = performance.now() - startedAt;
    const { computeMs } = await cache.stats();
    expect([computeMs > 0, computeMs <= passed]).toEqual([true, true]);
    const each = await Promise.all(
      Array.from({ length: 50 }, async (_, n) => (await wait.cache.itemFor(n).info())?.computeMs),
    );
    expect(each.reduce<number>((sum, ms = Number.NaN) => sum + ms, 0)).toBeCloseTo(computeMs, 0);
  });

  it('give shares where computations fail, are not stored, or go on in generators', async () => {
    const { cache } = makeCache();
    const fail = cache.wrap(async () => JSON.parse('{') as unknown, { name: 'fail' });
    const skip = cache.wrap(async () => 1, { name: 'skip', shouldCache: () => false });
    const throwing = cache.wrap(() => JSON.parse('{') as unknown, { name: 'throwing' });
    const items = cache.wrap(
      function* items() {
        yield 1;
        JSON.parse('{');
      },
      { name: 'items' },
    );
    await Promise.allSettled([fail(), skip(), (async () => throwing())(), drain(items())]);
    const startedAt = performance.now();
    const wait = cache.wrap(async () => setTimeout(20, 'late'), { name: 'wait' });
    await wait();
    const { computeMs } = await wait.cache.stats();
    // Nothing that has ended takes a share any more.
    expect(computeMs).toBeGreaterThan(19);
    expect(computeMs).toBeLessThanOrEqual(performance.now() - startedAt);
  });

  it('are those of this run alone with { since: "process" }', async () => {
    const { cache, store } = makeCache();
    const one = (): number => 1;
    const load = cache.wrap(one, { name: 'load' });
    await load();
    await load();
    // What was written before stands in the store alone.
    await cache.stats();
    await load();
    const { calls } = { calls: { hits: 2, misses: 1 } };
    expect(await cache.stats({ since: 'process' })).toMatchObject({
      ...calls,
      entries: 1,
      functions: [{ name: 'load', ...calls }],
    });
    expect(await load.cache.stats({ since: 'process' })).toMatchObject(calls);
    await store.counters.add('calls', { 'hits::load': 100 });
    expect(await cache.stats()).toMatchObject({ hits: 102, misses: 1 });
    expect(await cache.stats({ since: 'process' })).toMatchObject(calls);
    await cache.resetStats();
    expect(await cache.stats({ since: 'process' })).toMatchObject({ hits: 0, misses: 0 });
    await load();
    expect(await cache.stats({ since: 'process' })).toMatchObject({ hits: 1, misses: 0 });
  });

  it('are refused for another time', async () => {
    const { cache } = makeCache();
    const load = cache.wrap(() => 1, { name: 'load' });
    for (const stats of [cache.stats.bind(cache), load.cache.stats] as ((options: unknown) => unknown)[]) {
      await expect((async () => stats({ since: 'today' }))()).rejects.toThrow('must be one of process');
      await expect((async () => stats({ until: 1 }))()).rejects.toThrow('has no option "until"');
    }
  });

  it('are what explain() goes by where a value loads slower than it computes', async () => {
    const { cache } = makeCache({ serializer: taking(100) });
    const load = cache.wrap((n: number) => n, { name: 'load' });
    await load(1);
    await load.cache.itemFor(2).save(2);
    const slower = / It loads slower than it computes: in 1\d\d ms instead of \d+ ms\.$/;
    expect((await load.cache.explain(1)).message).toMatch(slower);
    // What was saved by hand was not computed.
    expect((await load.cache.explain(2)).message).not.toMatch(/slower/);
    const { itemFor, explain } = cache
      .with({ serializer: taking(0) })
      .wrap(async () => setTimeout(50), { name: 'wait' }).cache;
    await itemFor().loadOrSave(async () => setTimeout(50));
    expect((await explain()).message).not.toMatch(/slower/);
  });
});

describe('The figures of a tier in memory', () => {
  it('count what decoding large values takes, and nothing for small ones', () => {
    const cache = new TempCache('spec', { store: memoryStore(), memory: true, serializer: slow });
    const load = cache.wrap((size: number) => 'x'.repeat(size), { name: 'load' });
    for (const size of [10, 100_000]) for (let time = 0; time < 3; time++) load(size);
    // The first hit of each reads the record, and each later one of the large value decodes it.
    expect(load.cache.stats().loadMs).toBeGreaterThanOrEqual(15);
  });
});

describe('What is not kept in the store', () => {
  it('is the same since the process has begun', () => {
    const cache = loneCache({ stats: false });
    const load = cache.wrap(() => 1, { name: 'load' });
    load();
    load();
    expect(cache.stats({ since: 'process' })).toEqual(cache.stats());
  });
});

async function drain(items: Iterable<unknown> | AsyncIterable<unknown>): Promise<void> {
  for await (const _ of items);
}
