import { describe, expect, it } from '@jest/globals';
import type { CacheItem } from '../../lib/cache-item.ts';
import type { Store } from '../../lib/stores/store.ts';
import { TempCache } from '../../lib/temp-cache.ts';
import { useClock } from '../support/clock.ts';
import { storeKinds, useCaches, type CacheUnderTest } from '../support/store-kinds.ts';
import { failureOf, idOf, NEVER } from '../support/store-suite/use-store.ts';

const clock = useClock();

const REFUSED: readonly unknown[] = [
  { nam: 'a' },
  { name: undefined },
  { name: 5 },
  { unusedFor: undefined },
  { unusedFor: -1 },
  { unusedFor: 'soon' },
  { unusedFor: Number.NaN },
  { name: 'a', unusedFor: '1x' },
  { name: 'a', older: '1d' },
  null,
  'a',
  [],
];

describe.each(storeKinds)('clear() over $name', (kind) => {
  const makeCache = useCaches(kind);

  /** Saves now, as the clock of the spec has it: files have a clock of their own. */
  async function save({ store }: CacheUnderTest, item: CacheItem<Store>): Promise<void> {
    await item.save(item.id);
    await store.touch(item.id, clock.now);
  }

  /** Which of them are there; asked in a way that is no use. */
  async function which({ store }: CacheUnderTest, items: readonly CacheItem<Store>[]): Promise<boolean[]> {
    return Promise.all(items.map(async ({ id }) => (await store.stat(id)) !== undefined));
  }

  it('removes all entries', async () => {
    const { cache } = makeCache();
    for (const key of [1, 2, 3]) await cache.itemForKey(key).save(key);
    expect([await cache.clear(), await cache.clear()]).toEqual([3, 0]);
    expect(await cache.itemForKey(1).exists()).toBe(false);
  });

  it('removes the entries of one name', async () => {
    const current = makeCache();
    const { cache, store } = current;
    const a = cache.wrap((n: number) => n, { name: 'a' });
    const b = cache.wrap((n: number) => n, { name: 'b' });
    for (const n of [1, 2]) await a(n);
    await b(1);
    await cache.itemForKey('a').save('a key, no function');
    await store.set(idOf(0), [new Uint8Array(10)], NEVER);
    expect(await cache.clear({ name: 'a' })).toBe(2);
    expect(
      await which(current, [a.cache.itemFor(1), a.cache.itemFor(2), b.cache.itemFor(1), cache.itemForKey('a')]),
    ).toEqual([false, false, true, true]);
    expect(await cache.clear({ name: 'nobody' })).toBe(0);
    expect(await cache.clear({ name: '' })).toBe(1);
  });

  it.each(['n'.repeat(1500), `${'é'.repeat(511)}x${'é'.repeat(10)}`, '😀'.repeat(300)])(
    'removes the entries of a name that is longer than records hold',
    async (name) => {
      const { cache } = makeCache();
      const long = cache.wrap((n: number) => n, { name });
      await long(1);
      expect([await cache.clear({ name: name.slice(0, 100) }), await cache.clear({ name })]).toEqual([0, 1]);
    },
  );

  it('removes what was neither used nor saved for so long', async () => {
    const current = makeCache();
    const { cache } = current;
    const [old, used, young] = [cache.itemForKey('old'), cache.itemForKey('used'), cache.itemForKey('young')];
    for (const item of [old, used]) await save(current, item);
    clock.now += 86_400_000;
    await save(current, young);
    // This is not written yet.
    await used.load();
    clock.now += 1000;
    expect(await cache.clear({ unusedFor: '1d' })).toBe(1);
    expect(await which(current, [old, used, young])).toEqual([false, true, true]);
    expect([await cache.clear({ unusedFor: '2s' }), await cache.clear({ unusedFor: { seconds: 1 } })]).toEqual([0, 2]);
    expect(await cache.clear({ unusedFor: 0 })).toBe(0);
  });

  it('removes what is unreadable and unused', async () => {
    const { cache, store } = makeCache();
    await store.set(idOf(0), [new Uint8Array(10)], NEVER);
    await store.touch(idOf(0), clock.now);
    expect(await cache.clear({ unusedFor: Infinity })).toBe(0);
    // A clock that is ahead makes nothing younger than new.
    await store.touch(idOf(0), clock.now + 5000);
    expect([await cache.clear({ unusedFor: 1 }), await cache.clear({ unusedFor: 0 })]).toEqual([0, 1]);
  });

  it('removes what suits both filters', async () => {
    const current = makeCache();
    const { cache, store } = current;
    const [a, b] = ['a', 'b'].map((name) => cache.wrap((n: number) => n, { name }));
    for (const fn of [a, b]) {
      for (const n of [1, 2]) await fn?.(n);
    }
    const items = [a?.cache.itemFor(1), a?.cache.itemFor(2), b?.cache.itemFor(1)] as CacheItem<Store>[];
    for (const { id } of items) await store.touch(id, clock.now);
    clock.now += 1000;
    await a?.(2);
    expect(await cache.clear({ name: 'a', unusedFor: 1000 })).toBe(1);
    expect(await which(current, items)).toEqual([false, true, true]);
  });

  it.each(REFUSED)('removes nothing for the filter %j', async (filter) => {
    const { cache } = makeCache();
    await cache.itemForKey(1).save(1);
    expect(await failureOf(() => cache.clear(filter as object))).toMatchObject({ code: 'ERR_INVALID_ARG_VALUE' });
    expect(await cache.itemForKey(1).exists()).toBe(true);
  });

  it('reports what cannot be read just now, and leaves it where that has to be known', async () => {
    const { cache, trace, break: breakStore } = makeCache();
    const a = cache.wrap((n: number) => n, { name: 'a' });
    await a(1);
    trace.take();
    breakStore('peek', { error: new Error('busy') });
    expect([await cache.clear({ name: 'a' }), trace.take()]).toEqual([0, ['readFailed Error: busy']]);
    // What was not used for long need not be read for that.
    clock.now += 1e9;
    expect([await cache.clear({ unusedFor: 1000 }), trace.take()]).toEqual([1, ['readFailed Error: busy']]);
  });

  it('leaves what was saved again since it was listed', async () => {
    const current = makeCache();
    const { cache, store } = current;
    for (const key of [1, 2]) await save(current, cache.itemForKey(key));
    clock.now += 1000;
    const item = cache.itemForKey(1);
    const touched = store.kind === 'sync' ? store.peek.bind(store) : async (id: string) => store.peek(id);
    const peek = (id: string): unknown => {
      const answer = id === item.id ? store.touch(id, clock.now) : undefined;
      return store.kind === 'sync' ? touched(id) : Promise.resolve(answer).then(() => touched(id));
    };
    const other = new TempCache<Store>('other', { store: { ...store, peek } as Store, stats: false });
    expect(await other.clear({ unusedFor: 1000 })).toBe(1);
    expect(await which(current, [item, cache.itemForKey(2)])).toEqual([true, false]);
  });

  it('fails as its store does', async () => {
    const { cache, break: breakStore } = makeCache();
    await cache.itemForKey(1).save(1);
    const error = new Error('gone');
    for (const operation of ['clear', 'delete'] as const) breakStore(operation, { error });
    for (const filter of [{}, { name: '' }, { unusedFor: 0 }]) {
      expect(await failureOf(() => cache.clear(filter))).toBe(error);
    }
  });
});
