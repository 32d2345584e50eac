import { describe, expect, it } from '@jest/globals';
import { NOTHING_PRUNED } from '../../lib/maintenance/prune.ts';
import type { CacheItem } from '../../lib/cache-item.ts';
import { UnsafeFolderError } from '../../lib/common/errors.ts';
import type { Store } from '../../lib/stores/store.ts';
import { useClock } from '../support/clock.ts';
import { storeKinds, useCaches } from '../support/store-kinds.ts';
import { failureOf, idOf, joined, NEVER } from '../support/store-suite/use-store.ts';

const clock = useClock();

describe.each(storeKinds)('Over $name, a cache', (kind) => {
  const makeCache = useCaches(kind);

  async function idsOf(items: Iterable<CacheItem<Store>> | AsyncIterable<CacheItem<Store>>): Promise<string[]> {
    const ids: string[] = [];
    for await (const item of items) ids.push(item.id);
    return ids.sort();
  }

  it('lists the items that exist, expired ones too', async () => {
    const { cache } = makeCache({ maxAge: 1000 });
    expect(await idsOf(cache.items())).toEqual([]);
    const items = [1, 2, 3].map((key) => cache.itemForKey(key));
    for (const item of items) await item.save('value');
    clock.now += 1000;
    expect(await idsOf(cache.items())).toEqual(items.map(({ id }) => id).sort());
    for await (const item of cache.items()) expect((await item.info())?.id).toBe(item.id);
  });

  it('prunes what is expired or corrupt, and tells how much that was', async () => {
    const { cache, store } = makeCache({ maxAge: 1000 });
    for (const key of [1, 2]) await cache.itemForKey(key).save('expired');
    const sizes = [(await cache.itemForKey(1).info())?.bytes, (await cache.itemForKey(2).info())?.bytes] as number[];
    clock.now += 1000;
    await cache.itemForKey(3).save('good');
    const broken = joined(await store.get(cache.itemForKey(3).id)) as Buffer;
    await store.set(idOf(0), [broken], NEVER);
    expect(await cache.prune()).toEqual({
      ...NOTHING_PRUNED,
      expired: 2,
      corrupt: 1,
      bytes: (sizes[0] as number) + (sizes[1] as number) + broken.length,
    });
    expect(await idsOf(cache.items())).toEqual([cache.itemForKey(3).id]);
    expect(await cache.prune()).toEqual(NOTHING_PRUNED);
  });

  it('prunes by the age that a function or a value has of its own', async () => {
    const { cache } = makeCache({ maxAge: 1000 });
    const long = cache.wrap(() => 'long', { name: 'long', maxAge: 5000 });
    const short = cache.wrap(() => 'short', { name: 'short', maxAge: 10 });
    await long();
    await short();
    await cache.itemForKey(1).save('brief', { maxAge: 20 });
    clock.now += 10;
    expect(await cache.prune()).toMatchObject({ expired: 1 });
    clock.now += 10;
    expect(await cache.prune()).toMatchObject({ expired: 1 });
    clock.now += 4979;
    expect(await cache.prune()).toMatchObject({ expired: 0 });
    clock.now += 1;
    expect(await cache.prune()).toMatchObject({ expired: 1 });
  });

  it.each(['peek', 'get'] as const)('leaves, counts and reports what it cannot %s just now', async (operation) => {
    const { cache, trace, break: breakStore, mend } = makeCache();
    for (const key of [1, 2]) await cache.itemForKey(key).save('x'.repeat(20_000));
    trace.take();
    breakStore(operation, { error: new Error('busy') });
    expect(await cache.prune()).toEqual({ ...NOTHING_PRUNED, unreadable: 2 });
    expect(trace.take()).toEqual(Array(2).fill('readFailed Error: busy'));
    expect(new Set(trace.events.slice(-2).map(({ id }) => id))).toEqual(
      new Set([1, 2].map((key) => cache.itemForKey(key).id)),
    );
    mend();
    expect(await cache.itemForKey(1).load()).toHaveLength(20_000);
  });

  it.each(['peek', 'get'] as const)('fails to prune what has become unsafe to %s meanwhile', async (operation) => {
    const { cache, break: breakStore } = makeCache();
    await cache.itemForKey(1).save('x'.repeat(20_000));
    const error = new UnsafeFolderError('not safe');
    breakStore(operation, { error });
    expect(await failureOf(() => cache.prune())).toBe(error);
  });

  it('can be used again when it was destroyed', async () => {
    const { cache } = makeCache();
    await cache.itemForKey(1).save(1);
    await cache.destroy();
    expect(await idsOf(cache.items())).toEqual([]);
    await cache.itemForKey(1).save(2);
    expect(await cache.itemForKey(1).load()).toBe(2);
  });

  it('fails to list, clear, prune and destroy as its store does', async () => {
    const { cache, break: breakStore } = makeCache();
    const error = new Error('gone');
    for (const operation of ['clear', 'sweep', 'destroy'] as const) breakStore(operation, { error });
    for (const call of [() => cache.clear(), () => cache.prune(), () => cache.destroy()]) {
      expect(await failureOf(call)).toBe(error);
    }
  });
});
