import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { setImmediate } from 'node:timers/promises';
import { START } from '../support/clock.ts';
import { storeKinds, useCaches, type CacheUnderTest } from '../support/store-kinds.ts';

beforeEach(() => {
  jest.useFakeTimers({ now: START });
});
afterEach(() => {
  jest.useRealTimers();
});

function touches({ asked }: Pick<CacheUnderTest, 'asked'>): number {
  return asked.filter((operation) => operation === 'touch').length;
}

/** Lets time pass, and all that happens then come to its end. */
async function pass(ms: number): Promise<void> {
  await jest.advanceTimersByTimeAsync(ms);
  for (let turn = 0; turn < 20; turn++) {
    await setImmediate();
    await jest.advanceTimersByTimeAsync(1);
  }
}

describe.each(storeKinds)('Over $name, a last use', (kind) => {
  const makeCache = useCaches(kind);

  /** A function with a stored value, which was used before: the store of a spec may know the time by itself. */
  async function setUp(options: Parameters<typeof makeCache>[0] = {}) {
    const current = makeCache(options);
    const one = current.cache.wrap(() => 'value', { name: 'one' });
    await one();
    const { id } = one.cache.itemFor();
    await current.store.touch(id, START - 60_000);
    const inStore = async () => (await current.store.stat(id))?.lastUsedAt;
    const known = async () => (await one.cache.itemFor().info())?.lastUsedAt;
    current.asked.length = 0;
    return { ...current, one, item: one.cache.itemFor(), id, inStore, known };
  }

  it('is written a minute after the first of many, once, and known here before', async () => {
    const { one, known, ...current } = await setUp();
    for (let hit = 0; hit < 50; hit++) {
      await one();
      await pass(1000);
    }
    expect(touches(current)).toBe(0);
    expect(await known()).toBeGreaterThanOrEqual(START + 49_000);
    await pass(60_000);
    // A memory store that is asked for a record knows its use by itself.
    expect(touches(current)).toBe(kind.name === 'fileStore()' ? 1 : 0);
    expect(await current.inStore()).toBeGreaterThanOrEqual(START + 49_000);
  });

  it('is written when the cache is closed', async () => {
    const { one, cache, id, store, break: breakStore } = await setUp();
    breakStore('close', { answer: undefined });
    await one();
    await store.touch(id, START - 60_000);
    await cache.close();
    expect((await store.stat(id))?.lastUsedAt).toBe(START);
  });

  it.each(['load', 'tryLoad'] as const)('is that of %s() of an item, too', async (method) => {
    const { item, store, id, known } = await setUp();
    await item[method]();
    await store.touch(id, START - 60_000);
    expect(await known()).toBe(START);
  });

  it('is that of an old value that is served, too', async () => {
    const { one, store, id, known } = await setUp({ maxAge: 1000, staleWhileRevalidate: true });
    await pass(1500);
    const before = Date.now();
    await one();
    await store.touch(id, START - 60_000);
    expect(await known()).toBe(before);
  });

  it('is not changed by questions', async () => {
    const { item, cache, id, store, inStore } = await setUp();
    expect([await item.exists(), await item.olderThan(0), await item.newerThan(0)]).toEqual([true, false, true]);
    await item.info();
    for await (const listed of cache.items()) expect(listed.id).toBe(id);
    // What a memory store has noted itself is taken back: the question is what the cache has.
    await store.touch(id, START - 60_000);
    await pass(120_000);
    expect(await inStore()).toBe(START - 60_000);
  });

  it('is not noted where nothing is to be written', async () => {
    const { cache, ...current } = await setUp();
    const readonly = cache.with({ mode: 'readonly' });
    const off = cache.with({ mode: 'off' });
    for (const other of [readonly, off]) {
      await other.wrap(() => 'value', { name: 'one' })();
      await other.itemForId(current.id).tryLoad();
    }
    await current.store.touch(current.id, START - 60_000);
    current.asked.length = 0;
    await pass(120_000);
    expect([touches(current), await current.inStore()]).toEqual([0, START - 60_000]);
  });
});
