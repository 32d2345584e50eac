import { describe, expect, it } from '@jest/globals';
import { defer } from '../support/deferred.ts';
import { loneCache } from '../support/identity.ts';
import { isEven, schema } from '../support/schemas.ts';
import { storeKinds, useCaches, type CacheUnderTest } from '../support/store-kinds.ts';
import { failureOf } from '../support/store-suite/use-store.ts';

const NAMED = { name: 'load' };

describe.each(storeKinds)('Over $name, validate', (kind) => {
  const makeCache = useCaches(kind);

  it('changes nothing: a value is handed on as it was computed, on a hit too', async () => {
    const { cache } = makeCache({ validate: schema(false) });
    const load = cache.wrap(() => 4, { name: 'load' });
    expect([await load(), await load()]).toEqual([4, 4]);
  });

  it('is asked about what a generator returned', async () => {
    const { cache, trace } = makeCache();
    let next = 0;
    const count = cache.wrap(
      async function* count() {
        yield 'item';
        return ++next;
      },
      { validate: (value: number) => value % 2 === 0 },
    );
    for (let run = 0; run < 3; run++) for await (const item of count()) expect(item).toBe('item');
    expect(trace.take()).toEqual(['miss absent', 'save', 'miss invalid', 'save', 'hit']);
    expect(await count.cache.itemFor().load()).toEqual(['item']);
  });

  it('holds for items: one that is not good is not there', async () => {
    const { cache, trace } = makeCache({ validate: isEven });
    const item = cache.itemForKey(1);
    await item.save(1);
    expect([await item.exists(), await item.tryLoad('none')]).toEqual([false, 'none']);
    expect(await failureOf(() => item.load())).toMatchObject({
      code: 'ERR_TEMPCACHE_MISSING_ITEM',
      reason: 'invalid',
      message: expect.stringMatching(/is not what the option validate lets pass/),
    });
    expect(trace.take()).toEqual(['save', 'miss invalid', 'miss invalid']);
    await item.save(2);
    expect([await item.exists(), await item.load(), await item.tryLoad()]).toEqual([true, 2, 2]);
  });

  it('of a function and of with() counts over that of the cache', async () => {
    const { cache } = makeCache({ validate: () => false });
    let next = 0;
    const load = cache.wrap(() => ++next, { name: 'load', validate: (value) => value > 1 });
    expect([await load(), await load(), await load()]).toEqual([1, 2, 2]);
    expect(await cache.with({ validate: (value) => value === 3 }).cacheResult(load.cache.original)).toBe(3);
  });

  it('is not asked about what was computed just now, nor where nothing is read', async () => {
    const asked: unknown[] = [];
    const validate = (value: unknown): boolean => asked.push(value) > 0;
    const { cache } = makeCache({ validate });
    const load = cache.wrap(async () => 1, { name: 'load' });
    await Promise.all([load(), load()]);
    await load.cache.refresh();
    await cache.with({ mode: 'refresh' }).cacheResult(load.cache.original);
    expect(asked).toEqual([]);
  });

  it('is what explain() says of a value that is not good', async () => {
    const { cache } = makeCache({ validate: schema(false) });
    const load = cache.wrap((value: number) => value, { name: 'load' });
    await load(1);
    await load(2);
    expect(await load.cache.explain(1)).toMatchObject({
      status: 'miss',
      reason: 'invalid',
      message: 'It would be computed: the entry is not what validate lets pass (It is odd; It is bad).',
    });
    expect(await load.cache.explain(2)).toMatchObject({ status: 'hit' });
  });
});

describe('A promise of validate', () => {
  it('has no use where the call answers at once: the value is computed, and an event says so', () => {
    const { cache, trace } = makeSync();
    const load = cache.wrap(() => 2, { name: 'load', validate: schema(true) });
    expect([load(), load()]).toEqual([2, 2]);
    expect(trace.take()).toEqual(['miss absent', 'save', 'readFailed ERR_TEMPCACHE_CALLBACK', 'miss invalid', 'save']);
    expect(load.cache.itemFor().tryLoad('none')).toBe('none');
    expect(load.cache.explain()).toMatchObject({ status: 'miss', reason: 'invalid' });
  });

  it('is left out by explain(), which says so', async () => {
    const load = loneCache().wrap(async () => 2, { name: 'load', validate: schema(true) });
    await load();
    expect(load.cache.explain()).toMatchObject({ status: 'hit', message: expect.stringMatching(/was not waited for/) });
  });

  it('that is pending keeps no other call waiting', async () => {
    const { promise, resolve } = defer<boolean>();
    const load = loneCache().wrap(async (n: number) => n, { ...NAMED, validate: (n) => (n === 1 ? promise : true) });
    await Promise.all([load(1), load(2)]);
    const pending = load(1);
    expect(await load(2)).toBe(2);
    resolve(true);
    expect(await pending).toBe(1);
  });

  const makeSync: () => CacheUnderTest = useCaches(storeKinds[0] as (typeof storeKinds)[number]);
});
