import { describe, expect, it } from '@jest/globals';
import { MissingItemError } from '../../lib/common/errors.ts';
import { useClock } from '../support/clock.ts';
import { storeKinds, useCaches } from '../support/store-kinds.ts';
import { failureOf } from '../support/store-suite/use-store.ts';

const clock = useClock();

describe.each(storeKinds)('Over $name, an item', (kind) => {
  const makeCache = useCaches(kind);

  it('that was saved is loaded', async () => {
    const { cache, trace } = makeCache();
    const item = cache.itemForKey({ user: 42, page: 'home' });
    expect(await item.save({ html: '<p>' })).toBeUndefined();
    expect(await item.load()).toStrictEqual({ html: '<p>' });
    expect(await cache.itemForKey({ page: 'home', user: 42 }).load()).toStrictEqual({ html: '<p>' });
    expect(trace.take()).toEqual(['save', 'hit', 'hit']);
  });

  it('that is absent is missing', async () => {
    const { cache, trace, store } = makeCache();
    const item = cache.itemForKey('absent');
    const failure = (await failureOf(() => item.load())) as MissingItemError;
    expect(failure).toBeInstanceOf(MissingItemError);
    expect([failure.code, failure.reason, failure.id]).toEqual(['ERR_TEMPCACHE_MISSING_ITEM', 'absent', item.id]);
    expect([failure.path, trace.take()]).toEqual([store.pathOf(item.id), ['miss absent']]);
  });

  it('that has expired is missing for that reason', async () => {
    const { cache, trace } = makeCache({ maxAge: 1000 });
    const item = cache.itemForKey(1);
    await item.save(1);
    clock.now += 1000;
    expect(await failureOf(() => item.load())).toMatchObject({ name: 'MissingItemError', reason: 'expired' });
    expect(trace.take()).toEqual(['save', 'miss expired']);
  });

  it('is replaced by the next save', async () => {
    const { cache } = makeCache();
    const item = cache.itemForKey(1);
    for (const value of ['a', 'b'.repeat(100_000), 'c', undefined]) {
      await item.save(value);
      expect(await item.load()).toBe(value);
    }
  });

  it('that holds undefined exists', async () => {
    const { cache } = makeCache();
    const item = cache.itemForKey(1);
    await item.save(undefined);
    expect([await item.exists(), await item.load(), await item.tryLoad('fallback')]).toEqual([
      true,
      undefined,
      undefined,
    ]);
  });

  it('gives the fallback for anything that makes load() throw', async () => {
    const { cache, trace, store } = makeCache({ maxAge: 1000 });
    const item = cache.itemForKey(1);
    for (const fallback of [undefined, null, 0, '', false, Number.NaN]) {
      expect(await item.tryLoad(fallback)).toBe(fallback);
    }
    expect(await item.tryLoad()).toBeUndefined();
    expect(trace.take()).toEqual(Array(7).fill('miss absent'));
    await item.save('value');
    expect([await item.tryLoad(0), trace.take()]).toEqual(['value', ['save', 'hit']]);
    clock.now += 1000;
    expect([await item.tryLoad(0), trace.take()]).toEqual([0, ['miss expired']]);
    await store.set(item.id, [new Uint8Array(3)], { expiresAt: Infinity });
    expect(await item.tryLoad(0)).toBe(0);
    expect(trace.take()).toEqual(['corrupt ERR_TEMPCACHE_CORRUPT_ITEM', 'miss corrupt']);
  });

  it('tells whether trySave() stored it', async () => {
    const { cache } = makeCache();
    const item = cache.itemForKey(1);
    expect([await item.trySave('value'), await item.load()]).toEqual([true, 'value']);
    expect([await item.trySave(() => 1), await item.load()]).toEqual([false, 'value']);
  });

  it('exists once it is saved, until it is deleted or expired', async () => {
    const { cache, trace } = makeCache({ maxAge: 1000 });
    const item = cache.itemForKey(1);
    expect(await item.exists()).toBe(false);
    await item.save(1);
    expect(await item.exists()).toBe(true);
    expect([await item.delete(), await item.exists(), await item.delete()]).toEqual([true, false, false]);
    await item.save(1);
    clock.now += 1000;
    expect([await item.exists(), await item.delete()]).toEqual([false, true]);
    expect(trace.take()).toEqual(['save', 'save']);
  });

  it('does not exist for a cache with another serializer', async () => {
    const { cache } = makeCache();
    await cache.itemForKey(1).save(1);
    const serializer = { name: 'v8', version: 2, serialize: () => new Uint8Array(1), deserialize: () => 1 };
    expect(await cache.with({ serializer }).itemForKey(1).exists()).toBe(false);
  });

  it('of a call is that of the call', async () => {
    const { cache, trace } = makeCache();
    const load = (_n: number): string => 'computed';
    await cache.itemForCall(load, 7).save('by hand');
    expect(await cache.cacheResult(load, 7)).toBe('by hand');
    expect(await cache.itemForCall(load, 7).load()).toBe('by hand');
    expect(trace.events.map(({ name }) => name)).toEqual(['load', 'load', 'load']);
  });

  it('is found by its id', async () => {
    const { cache } = makeCache();
    const item = cache.itemForKey('x');
    await item.save('value');
    expect(item.id).toMatch(/^[0-9a-f]{64}$/);
    expect(await cache.itemForId(item.id).load()).toBe('value');
    for (const id of ['', item.id.toUpperCase(), item.id.slice(1), `${item.id}0`, '../x', undefined]) {
      expect(() => cache.itemForId(id as string)).toThrow(expect.objectContaining({ code: 'ERR_INVALID_ARG_VALUE' }));
    }
  });

  it('has the path that its store gives it, whether it exists or not', async () => {
    const { cache, store } = makeCache();
    const item = cache.itemForKey(1);
    expect(item.path).toBe(store.pathOf(item.id));
    expect(item.path).toBe(cache.path === undefined ? undefined : `${cache.path}/${item.id}`);
  });
});
