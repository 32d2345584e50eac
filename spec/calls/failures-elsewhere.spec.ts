import { describe, expect, it } from '@jest/globals';
import { setTimeout } from 'node:timers/promises';
import type { CacheItem } from '../../lib/cache-item.ts';
import { cacheKey } from '../../lib/keys/cache-key.ts';
import type { Store } from '../../lib/stores/store.ts';
import { START, useClock } from '../support/clock.ts';
import { failing } from '../support/failing.ts';
import { storeKinds, useCaches } from '../support/store-kinds.ts';
import { failureOf } from '../support/store-suite/use-store.ts';

const clock = useClock();
const HOUR = 3_600_000;
// What fails is told by variables that the functions capture.
const TEN = { captures: 'off', cacheErrors: { maxAge: '10s' } } as const;

describe.each(storeKinds)('Over $name, a failure that is kept', (kind) => {
  const makeCache = useCaches(kind);

  it('goes with staleIfError: the old value stands in, and the function rests', async () => {
    const { cache, trace } = makeCache({ ...TEN, maxAge: '1h', staleIfError: '1h' });
    const { compute, state } = failing();
    state.works = true;
    const load = cache.wrap(compute, { name: 'load' });
    await load();
    state.works = false;
    clock.now += HOUR;
    trace.take();
    expect([await load(), await load(), state.calls]).toEqual(['value 1', 'value 1', 2]);
    expect(trace.take()).toEqual(['miss expired', 'save', 'refreshFailed RangeError: no luck', 'stale', 'stale']);
    clock.now += 10_000;
    state.works = true;
    expect(await load()).toBe('value 3');
  });

  it('leaves a value that is too old for one reader to others', async () => {
    const { cache } = makeCache({ captures: 'off', maxAge: '1d' });
    const { compute, state } = failing();
    state.works = true;
    const load = cache.wrap(compute, { name: 'load' });
    await load();
    state.works = false;
    clock.now += HOUR;
    const strict = cache.with({ ...TEN, maxAge: '1h' });
    await failureOf(() => strict.cacheResult(compute));
    expect(await failureOf(() => strict.cacheResult(compute))).toEqual(state.error);
    expect([await load(), state.calls]).toEqual(['value 1', 2]);
  });

  it('is over when a value is saved or the item deleted', async () => {
    const { cache } = makeCache(TEN);
    const { compute, state } = failing();
    const load = cache.wrap(compute, { name: 'load', maxAge: '1s' });
    await failureOf(load);
    state.works = true;
    await load.cache.refresh();
    clock.now += 1000;
    expect([await load(), state.calls]).toEqual(['value 3', 3]);
    state.works = false;
    clock.now += 1000;
    await failureOf(load);
    await load.cache.itemFor().save('by hand');
    clock.now += 1000;
    state.works = true;
    expect(await load()).toBe('value 5');
    state.works = false;
    clock.now += 1000;
    await failureOf(load);
    await load.cache.itemFor().delete();
    state.works = true;
    expect(await load()).toBe('value 7');
  });

  it('is an entry of its function: it is pruned and cleared with it, and has no value', async () => {
    const { cache } = makeCache(TEN);
    const { compute } = failing();
    const load = cache.wrap(compute, { name: 'load', label: () => 'x' });
    await failureOf(load);
    const items: CacheItem<Store>[] = [];
    for await (const item of cache.items()) items.push(item);
    expect(await items[0]?.info()).toMatchObject({ name: 'load', label: 'x', expiresAt: START + 10_000 });
    expect(await failureOf(() => items[0]?.load())).toMatchObject({ code: 'ERR_TEMPCACHE_MISSING_ITEM' });
    expect([items.length, await items[0]?.exists(), await load.cache.prune()]).toMatchObject([
      1,
      false,
      { expired: 0 },
    ]);
    expect((await cache.stats()).functions).toMatchObject([{ name: 'load', entries: 1, errors: 1 }]);
    clock.now += 10_000;
    expect(await load.cache.prune()).toMatchObject({ expired: 1 });
    await failureOf(load);
    expect(await load.cache.clear()).toBe(1);
  });

  it('is what explain() says, and why', async () => {
    const { cache } = makeCache(TEN);
    const load = cache.wrap(failing().compute, { name: 'load' });
    await failureOf(load);
    clock.now += 2000;
    expect(await load.cache.explain()).toMatchObject({
      status: 'error',
      reason: undefined,
      message:
        'It would throw RangeError: no luck again: kept by cacheErrors, saved 2 seconds ago, for another 8 seconds.',
      nearest: { name: 'load', createdAt: START },
    });
    clock.now += 8000;
    expect(await load.cache.explain()).toMatchObject({ status: 'miss', reason: 'absent', nearest: undefined });
  });

  it('is not for generators', () => {
    const { cache } = makeCache(TEN);
    const items = function* items(): Generator<number> {
      yield 1;
    };
    expect(() => cache.wrap(items, TEN)).toThrow('cacheErrors does not fit the generator items');
    expect(() => cache.wrap(items)).not.toThrow();
  });

  it('does not keep a failure of arguments that cannot be copied and were changed meanwhile', async () => {
    const { cache } = makeCache(TEN);
    let calls = 0;
    const load = cache.wrap(
      async (query: { page: number }) => {
        calls++;
        await Promise.resolve();
        query.page = 2;
        throw new Error('no');
      },
      { name: 'load', key: ({ page }) => page },
    );
    await failureOf(() => load({ page: 1 }));
    await failureOf(() => load({ page: 1 }));
    expect(calls).toBe(2);
  });
});

describe('A failure that is kept', () => {
  it('holds back refreshes in the background', async () => {
    const { cache, trace } = over({ ...TEN, maxAge: '1h', staleWhileRevalidate: true });
    const { compute, state } = failing();
    state.works = true;
    const load = cache.wrap(compute, { name: 'load' });
    await load();
    state.works = false;
    clock.now += HOUR;
    for (let time = 0; time < 3; time++) {
      expect(await load()).toBe('value 1');
      await rest();
    }
    expect(state.calls).toBe(2);
    clock.now += 10_000;
    await load();
    await rest();
    expect(state.calls).toBe(3);
    expect(trace.take().filter((event) => event.startsWith('refreshFailed'))).toHaveLength(2);
  });

  it('is given to each caller as an object of its own', async () => {
    const load = over(TEN).cache.wrap(failing().compute, { name: 'load' });
    const errors = [await failureOf(load), await failureOf(load), await failureOf(load)];
    expect(new Set(errors).size).toBe(3);
  });

  it('comes out of the promise of a function that answered with one, and else at once', async () => {
    const { cache } = over(TEN);
    const later = cache.wrap(() => Promise.reject(new Error('later')), { name: 'later' });
    const atOnce = cache.wrap(failing().compute, { name: 'at once' });
    await expect(later()).rejects.toThrow('later');
    await expect(later()).rejects.toThrow('later');
    for (let time = 0; time < 2; time++) expect(() => atOnce()).toThrow('no luck');
  });

  it('knows what the call is told apart by', async () => {
    class Shop {
      readonly id: number;
      constructor(id: number) {
        this.id = id;
      }
      [cacheKey](): number {
        return this.id;
      }
      async load(): Promise<number> {
        throw new Error(`no ${this.id}`);
      }
    }
    const load = over(TEN).cache.wrap(Shop.prototype.load);
    const messages = await Promise.all(
      [1, 2, 1].map(async (id) => String(await failureOf(() => load.call(new Shop(id))))),
    );
    expect(messages).toEqual(['Error: no 1', 'Error: no 2', 'Error: no 1']);
  });

  const over = useCaches(storeKinds[0] as (typeof storeKinds)[number]);
});

/** Until what was begun in the background has ended. */
async function rest(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await setTimeout(5);
}
