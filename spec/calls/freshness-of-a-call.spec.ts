import { describe, expect, it } from '@jest/globals';
import { setTimeout } from 'node:timers/promises';
import { useClock } from '../support/clock.ts';
import { storeKinds, useCaches } from '../support/store-kinds.ts';

const clock = useClock();
const HOUR = 3_600_000;

describe.each(storeKinds)('Over $name, a call', (kind) => {
  const makeCache = useCaches(kind);

  /** A function whose every run gives another value. */
  function makeCount(options: object = {}) {
    const made = makeCache({ maxAge: '1h', ...options });
    let runs = 0;
    return { ...made, count: made.cache.wrap(() => ++runs, { name: 'count' }) };
  }

  it('may ask for a younger value than the cache would give, which is kept for all', async () => {
    const { cache, count, trace } = makeCount();
    await count();
    clock.now += 60_000;
    expect(await cache.with({ maxAge: '61s' }).cacheResult(count)).toBe(1);
    expect(await cache.with({ maxAge: '1m' }).cacheResult(count)).toBe(2);
    expect(await count()).toBe(2);
    expect(trace.take()).toEqual(['miss absent', 'save', 'hit', 'miss expired', 'save', 'hit']);
  });

  it('that takes nothing old computes each time, and keeps what it has', async () => {
    const { cache, count } = makeCount();
    const fresh = cache.with({ maxAge: 0 });
    expect([await fresh.cacheResult(count), await fresh.cacheResult(count), await count()]).toEqual([1, 2, 2]);
  });

  it.each([-1, '-1s', { hours: -1 }])('cannot ask for an age of %p', async (maxAge) => {
    const { cache } = makeCount();
    const refused = expect.objectContaining({ code: 'ERR_INVALID_ARG_VALUE' });
    expect(() => cache.with({ maxAge })).toThrow(refused);
    expect(() => cache.with({ staleWhileRevalidate: maxAge })).toThrow(refused);
    expect(() => cache.with({ staleIfError: maxAge })).toThrow(refused);
    expect(() => cache.with({ waitTimeout: maxAge })).toThrow(refused);
  });

  it('in the mode refresh computes and keeps the new value, in the mode off computes and keeps the old one', async () => {
    const { cache, count } = makeCount();
    await count();
    expect([await cache.with({ mode: 'refresh' }).cacheResult(count), await count()]).toEqual([2, 2]);
    expect([await cache.with({ mode: 'off' }).cacheResult(count), await count()]).toEqual([3, 2]);
  });

  it('that fails is never stored, whatever it throws, and the next one computes', async () => {
    const { cache } = makeCache();
    let runs = 0;
    const load = cache.wrap(
      async () => {
        if (++runs < 3) throw new Error(`run ${runs}`);
        return runs;
      },
      { name: 'load' },
    );
    await expect(load()).rejects.toThrow('run 1');
    await expect(load()).rejects.toThrow('run 2');
    expect([await load(), await load()]).toEqual([3, 3]);
  });

  it('takes the value again when the clock has gone forward and come back', async () => {
    const { count } = makeCount();
    await count();
    clock.now += 100 * HOUR;
    clock.now -= 100 * HOUR;
    expect(await count()).toBe(1);
  });

  it('computes when the clock was wrong at the time of the save, for a value from the future may never end', async () => {
    const { count, trace } = makeCount({ staleWhileRevalidate: true, staleIfError: true });
    clock.now += 100 * HOUR;
    await count();
    clock.now -= 100 * HOUR;
    // Not served as a stale one either: nobody knows how old it is.
    expect([await count(), await count()]).toEqual([2, 2]);
    expect(trace.take()).toEqual(['miss absent', 'save', 'miss expired', 'save', 'hit']);
  });

  it('is served a stale value when the clock has jumped forward, and the refresh makes it good', async () => {
    const { count, trace } = makeCount({ staleWhileRevalidate: true });
    await count();
    clock.now += 10_000 * HOUR;
    expect(await count()).toBe(1);
    while (!trace.events.slice(2).some(({ type }) => type === 'save')) await setTimeout(1);
    expect(await count()).toBe(2);
  });

  it('follows a maxAge that is set later, and so does what may be served past it', async () => {
    const { cache, count, trace } = makeCount({ staleWhileRevalidate: '1h' });
    await count();
    trace.take();
    clock.now += 60_000;
    cache.maxAge = '1m';
    expect(await count()).toBe(1);
    expect(trace.take()).toEqual(['stale']);
    while (!trace.events.slice(2).some(({ type }) => type === 'save')) await setTimeout(1);
    trace.take();
    clock.now += HOUR + 60_000;
    await count();
    expect(trace.take()).toEqual(['miss expired', 'save']);
  });
});
