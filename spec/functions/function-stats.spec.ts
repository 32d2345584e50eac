import { describe, expect, it } from '@jest/globals';
import { memoryStore } from '../../lib/stores/memory.ts';
import { TempCache } from '../../lib/temp-cache.ts';
import { useClock } from '../support/clock.ts';
import { makeGated } from '../support/gated.ts';
import { loneCache } from '../support/identity.ts';

const NOTHING = {
  hits: 0,
  misses: 0,
  stale: 0,
  coalesced: 0,
  skipped: 0,
  unstored: 0,
  errors: 0,
  computeMs: 0,
  loadMs: 0,
  savedMs: 0,
};

describe('cache.stats', () => {
  const clock = useClock();

  it('counts nothing before the first call, and calls alone', () => {
    const cached = loneCache().wrap((n: number) => n, { name: 'same' });
    expect(cached.cache.stats()).toEqual(NOTHING);
    cached.cache.itemFor(1).save(1);
    cached.cache.itemFor(1).load();
    expect(cached.cache.stats()).toEqual(NOTHING);
  });

  it('counts hits, misses and values past their age, with the time that they took or saved', () => {
    const cached = loneCache({ maxAge: 1000, staleWhileRevalidate: 1000 }).wrap((n: number) => n, { name: 'same' });
    [cached(1), cached(2), cached(1), cached(1)].join();
    const { computeMs, loadMs, savedMs } = cached.cache.stats();
    const saved = cached.cache.itemFor(1).info()?.computeMs ?? Number.NaN;
    // Times are counted in whole us.
    expect(savedMs + loadMs).toBeCloseTo(2 * saved, 2);
    expect(computeMs).toBeCloseTo(saved + (cached.cache.itemFor(2).info()?.computeMs ?? Number.NaN), 2);
    clock.now += 1500;
    cached(1);
    expect(cached.cache.stats()).toMatchObject({ hits: 2, misses: 2, stale: 1, coalesced: 0, errors: 0, computeMs });
    const after = cached.cache.stats();
    expect(after.savedMs + after.loadMs).toBeCloseTo(3 * saved, 2);
  });

  it.each([
    ['a store that answers at once', () => memoryStore()],
    ['a store that answers with promises', () => memoryStore({ async: true })],
  ])('counts calls that join another one, and failures, over %s', async (_, makeStore) => {
    const { gated, gate } = makeGated();
    const cached = new TempCache('spec', { store: makeStore() as never }).wrap(gated) as unknown as typeof gated & {
      readonly cache: { stats(): typeof NOTHING | Promise<typeof NOTHING> };
    };
    const calls = [cached(1), cached(1), cached(1)];
    gate(0).resolve('value');
    await Promise.all(calls);
    expect(await cached.cache.stats()).toMatchObject({ hits: 0, misses: 1, coalesced: 2, errors: 0 });
    gate(1).reject(new Error('mine'));
    await expect(cached(2)).rejects.toThrow('mine');
    expect(await cached.cache.stats()).toMatchObject({ misses: 1, coalesced: 2, errors: 1 });
  });

  it('counts failures of a sync function', () => {
    const fail = loneCache().wrap(function fail(): never {
      throw new Error('mine');
    });
    expect(() => fail()).toThrow('mine');
    expect(fail.cache.stats()).toEqual({ ...NOTHING, errors: 1 });
  });

  it('counts calls at the place of the call, and those through a cache made by with', () => {
    const cache = loneCache();
    const same = (n: number): number => n;
    const cached = cache.wrap(same);
    [cache.cacheResult(same, 1), cache.with({ maxAge: '1h' }).cacheResult(cached, 1), cached(1)].join();
    expect(cached.cache.stats()).toMatchObject({ hits: 2, misses: 1 });
  });

  it('counts each function for itself, those made by one wrap with options too', () => {
    const wrap = loneCache().wrap({ maxAge: '1h' });
    const [one, two] = [
      wrap(function one(n: number) {
        return n;
      }),
      wrap(function two(n: number) {
        return n;
      }),
    ];
    one(1);
    expect([one.cache.stats().misses, two.cache.stats().misses]).toEqual([1, 0]);
  });

  it('counts nothing where the cache is off', () => {
    const cached = loneCache({ mode: 'off' }).wrap((n: number) => n, { name: 'same' });
    cached(1);
    expect(cached.cache.stats()).toEqual(NOTHING);
  });

  it('is a copy: it does not change, and changing it changes nothing', () => {
    const cached = loneCache().wrap((n: number) => n, { name: 'same' });
    const before = cached.cache.stats();
    Object.assign(before, { misses: 7 });
    cached(1);
    expect([before.misses, cached.cache.stats().misses]).toEqual([7, 1]);
  });
});

describe('cache.maxAge', () => {
  const clock = useClock();

  it('is that of the cache until it is set, and again when it is set to undefined', () => {
    const cache = loneCache({ maxAge: '1h' });
    const cached = cache.wrap((n: number) => n, { name: 'same' });
    expect(cached.cache.maxAge).toBe(3_600_000);
    cache.maxAge = '2h';
    expect(cached.cache.maxAge).toBe(7_200_000);
    cached.cache.maxAge = { seconds: 5 };
    expect([cached.cache.maxAge, cache.maxAge]).toEqual([5000, 7_200_000]);
    cached.cache.maxAge = undefined;
    expect(cached.cache.maxAge).toBe(7_200_000);
  });

  it('holds from the next call on, at the place of a call too', () => {
    const cache = loneCache();
    let calls = 0;
    const count = (): number => ++calls;
    const cached = cache.wrap(count, { maxAge: '1h' });
    [cached(), cache.cacheResult(count)].join();
    clock.now += 5000;
    cached.cache.maxAge = '5s';
    expect([cached(), cached()]).toEqual([2, 2]);
    clock.now += 5000;
    expect([cache.cacheResult(count), cache.cacheResult(count)]).toEqual([3, 3]);
    clock.now += 5000;
    expect(cache.with({ maxAge: '1h' }).cacheResult(count)).toBe(3);
    cached.cache.maxAge = Infinity;
    expect([cached(), cache.cacheResult(count)]).toEqual([3, 3]);
  });

  it('belongs to one function alone', () => {
    const cache = loneCache();
    const [one, two] = [cache.wrap((n: number) => n, { name: 'one' }), cache.wrap((n: number) => n, { name: 'two' })];
    one.cache.maxAge = 5;
    expect([two.cache.maxAge, cache.maxAge]).toEqual([604_800_000, 604_800_000]);
  });

  it.each(['soon', -1, Number.NaN, null, ''])('refuses %j and stays as it was', (duration) => {
    const cached = loneCache().wrap((n: number) => n, { name: 'same', maxAge: 7 });
    expect(() => Object.assign(cached.cache, { maxAge: duration })).toThrow(
      expect.objectContaining({ code: 'ERR_INVALID_ARG_VALUE' }),
    );
    expect(cached.cache.maxAge).toBe(7);
  });
});
