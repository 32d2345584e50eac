import { describe, expect, it } from '@jest/globals';
import { isChunkId } from '../../lib/common/ids.ts';
import { NOTHING_PRUNED } from '../../lib/maintenance/prune.ts';
import type { CacheItem } from '../../lib/cache-item.ts';
import type { Store } from '../../lib/stores/store.ts';
import { useClock } from '../support/clock.ts';
import { allOf, drain, generatorCases, MANY, take, useItems, type ItemsUnderTest } from '../support/generators.ts';

const DAY = 86_400_000;

async function stored(store: Store): Promise<{ items: number; chunks: string[] }> {
  const found = { items: 0, chunks: [] as string[] };
  for await (const { id } of store.entries()) {
    if (isChunkId(id)) found.chunks.push(id);
    else found.items++;
  }
  return found;
}

async function listed({ cache }: ItemsUnderTest): Promise<string[]> {
  const ids: string[] = [];
  for await (const { id } of cache.items() as AsyncIterable<CacheItem<Store>>) ids.push(id);
  return ids;
}

async function outcome(ask: () => unknown): Promise<unknown> {
  try {
    return await ask();
  } catch (error) {
    return error;
  }
}

describe.each(generatorCases)('The item of a call of $name', (underTest) => {
  const setUp = useItems(underTest);
  const clock = useClock();

  it('loads all that was given, in an array', async () => {
    const { items, cache } = setUp();
    const item = items.cache.itemFor(MANY);
    expect([await item.exists(), await item.tryLoad('nothing')]).toEqual([false, 'nothing']);
    expect(await outcome(() => item.load())).toMatchObject({ code: 'ERR_TEMPCACHE_MISSING_ITEM' });
    await drain(items(MANY));
    expect([await item.exists(), await item.info()]).toMatchObject([true, { id: item.id, name: 'items' }]);
    for (const handle of [item, cache.itemForId(item.id)]) {
      expect(await handle.load()).toEqual(allOf(MANY).slice(0, MANY));
      expect(await handle.tryLoad()).toHaveLength(MANY);
    }
  });

  it('is the only one of them that listings show, and the parts of its run give nothing away', async () => {
    const tested = setUp();
    const { items, store, cache } = tested;
    await drain(items(MANY));
    await drain(items(1));
    expect((await listed(tested)).sort()).toEqual([1, MANY].map((count) => items.cache.itemFor(count).id).sort());
    const { chunks } = await stored(store);
    expect(chunks).toHaveLength(3);
    for (const id of chunks) {
      expect(await outcome(() => cache.itemForId(id).load())).toMatchObject({ code: 'ERR_TEMPCACHE_CORRUPT_ITEM' });
    }
  });

  it('is removed with all its parts, alone or with others', async () => {
    const { items, store, cache } = setUp();
    const removals = [
      async () => Number(await items.cache.itemFor(MANY).delete()),
      async () => cache.clear(),
      async () => cache.clear({ name: 'items' }),
    ];
    for (const remove of removals) {
      await drain(items(MANY));
      expect((await stored(store)).chunks).toHaveLength(3);
      expect(await remove()).toBe(1);
      expect(await stored(store)).toEqual({ items: 0, chunks: [] });
    }
    expect(await items.cache.itemFor(MANY).delete()).toBe(false);
  });

  it('is corrupt when a part of it is missing', async () => {
    const { items, store } = setUp();
    await drain(items(MANY));
    await store.delete((await stored(store)).chunks[0] as string);
    expect(await outcome(() => items.cache.itemFor(MANY).load())).toMatchObject({ code: 'ERR_TEMPCACHE_CORRUPT_ITEM' });
    expect(await items.cache.itemFor(MANY).tryLoad('nothing')).toBe('nothing');
  });

  it('is filled by a run alone', async () => {
    const { items } = setUp();
    const item = items.cache.itemFor(1);
    const refusal = { name: 'TypeError', code: 'ERR_INVALID_ARG_VALUE' };
    expect(await outcome(() => item.save([{ n: 0 }]))).toMatchObject(refusal);
    expect(await outcome(() => item.loadOrSave(() => []))).toMatchObject(refusal);
    expect(await item.trySave([])).toBe(false);
    expect(await item.exists()).toBe(false);
  });

  it('is computed where something else was saved under its id', async () => {
    const { items, cache, trace } = setUp();
    await cache.itemForId(items.cache.itemFor(2).id).save('by hand');
    trace.take();
    expect(await drain(items(2))).toEqual(allOf(2));
    expect(trace.take()).toEqual(['corrupt ERR_TEMPCACHE_CORRUPT_ITEM', 'miss corrupt', 'save']);
  });

  it('is pruned with its parts when it has expired, and counts as one', async () => {
    const { items, store, cache } = setUp({ maxAge: DAY });
    await drain(items(MANY));
    expect(await cache.prune()).toEqual(NOTHING_PRUNED);
    clock.now += DAY;
    const { bytes, ...counts } = await cache.prune();
    expect({ ...counts, bytes: 0 }).toEqual({ ...NOTHING_PRUNED, expired: 1 });
    expect(bytes).toBeGreaterThan(MANY * 8);
    expect(await stored(store)).toEqual({ items: 0, chunks: [] });
  });

  it('has its parts pruned when its run never came to an end, a day later', async () => {
    const { items, store, cache } = setUp();
    await take(items(MANY), MANY);
    await drain(items(MANY + 1));
    expect((await stored(store)).chunks).toHaveLength(5);
    clock.now += DAY;
    expect(await cache.prune()).toMatchObject(NOTHING_PRUNED);
    clock.now += 1;
    expect(await cache.prune()).toMatchObject({ ...NOTHING_PRUNED, leftovers: 2, bytes: expect.any(Number) });
    expect((await stored(store)).chunks).toHaveLength(3);
    expect(await drain(items(MANY + 1))).toEqual(allOf(MANY + 1));
  });
});
