import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { performance } from 'node:perf_hooks';

import type { Store } from '../../lib/stores/store.ts';
import { TempCache } from '../../lib/temp-cache.ts';
import { storeKinds, useCaches, type CacheUnderTest } from '../support/store-kinds.ts';
import { entriesOf } from '../support/store-suite/use-store.ts';

/** Has a store take no more than so many records. */
function holdAtMost({ store, inner }: CacheUnderTest, most: number): void {
  const full = Object.assign(new Error('No space left'), { code: 'ENOSPC' });
  const set = async (...[id, ...rest]: Parameters<typeof inner.set>): Promise<void> => {
    if ((await entriesOf(inner)).length >= most && (await inner.stat(id)) === undefined) throw full;
    await inner.set(id, ...rest);
  };
  const setNow = (...[id, ...rest]: Parameters<typeof inner.set>): void => {
    if (inner.kind === 'async') return;
    if ([...inner.entries()].length >= most && inner.stat(id) === undefined) throw full;
    inner.set(id, ...rest);
  };
  Object.assign(store, { set: inner.kind === 'async' ? set : setNow });
}

describe.each(storeKinds)('A full disk under $name', (kind) => {
  const makeCache = useCaches(kind);
  afterEach(() => {
    jest.restoreAllMocks();
  });

  it('has what is expired removed, and the value saved', async () => {
    const current = makeCache();
    const { cache, trace } = current;
    holdAtMost(current, 3);
    for (const key of [1, 2, 3]) await cache.itemForKey(key).save(key, { maxAge: 0 });
    trace.take();
    const double = cache.wrap((n: number) => 2 * n, { name: 'double' });
    await double(4);
    expect(trace.take()).toEqual(['miss absent', 'save']);
    await double(4);
    await cache.itemForKey('five').save(5);
    expect(trace.take()).toEqual(['hit', 'save']);
  });

  it('keeps what is of use: the value is returned, and nobody looks again for a while', async () => {
    const current = makeCache();
    const { cache, trace, asked } = current;
    holdAtMost(current, 3);
    for (const key of [1, 2, 3]) await cache.itemForKey(key).save(key);
    trace.take();
    const double = cache.wrap((n: number) => 2 * n, { name: 'double' });
    asked.length = 0;
    jest.spyOn(performance, 'now').mockReturnValue(1e6);
    expect([await double(4), await double(5), await double(6)]).toEqual([8, 10, 12]);
    expect(trace.take()).toEqual([4, 5, 6].flatMap(() => ['miss absent', 'writeFailed ENOSPC']));
    expect(asked.filter((operation) => operation === 'entries')).toHaveLength(1);
    jest.restoreAllMocks();
    await expect((async () => cache.itemForKey('four').save(4))()).rejects.toMatchObject({ cause: { code: 'ENOSPC' } });
    expect(await entriesOf(current.inner)).toHaveLength(3);
  });

  it('hinders no prune, and no eviction, though nothing can be counted', async () => {
    const { cache, inner, ...current } = makeCache({ maxEntries: 4 });
    const others = new TempCache<Store>('others', { store: inner });
    for (const key of [1, 2, 3, 4, 5, 6]) await others.itemForKey(key).save(key);
    await others.itemForKey('old').save(0, { maxAge: 0 });
    current.break('counters.add', { error: Object.assign(new Error('No space left'), { code: 'ENOSPC' }) });
    await cache.itemForKey('own').save(7);
    expect(await cache.prune()).toMatchObject({ expired: 1, evicted: 3 });
  });
});
