import { describe, expect, it } from '@jest/globals';
import type { Duration } from '../../lib/options/parse.ts';
import { START, useClock } from '../support/clock.ts';
import { storeKinds, useCaches } from '../support/store-kinds.ts';

const clock = useClock();
const HOUR = 3_600_000;

describe.each(storeKinds)('Over $name, a maxAge that is a function', (kind) => {
  const makeCache = useCaches(kind);

  it('is asked about the value and the arguments when it is saved, and holds for every reader', async () => {
    const { cache, trace } = makeCache();
    const asked: unknown[] = [];
    const token = cache.wrap(async (user: string) => ({ user, expiresIn: 60 }), {
      name: 'token',
      maxAge(value, ...args) {
        asked.push([value, ...args]);
        return value.expiresIn * 1000;
      },
    });
    await token('ann');
    await token('ann');
    expect(asked).toEqual([[{ user: 'ann', expiresIn: 60 }, 'ann']]);
    const eternal = cache.with({ maxAge: Infinity });
    clock.now += 59_999;
    await token('ann');
    await eternal.cacheResult(token.cache.original, 'ann');
    clock.now += 1;
    trace.take();
    await eternal.cacheResult(token.cache.original, 'ann');
    await token('ann');
    expect(trace.take()).toEqual(['miss expired', 'save', 'hit']);
    expect(token.cache.maxAge).toBe(Infinity);
    expect((await token.cache.itemFor('ann').info())?.expiresAt).toBe(Infinity);
  });

  it('takes every duration, and stores nothing for 0', async () => {
    const { cache, trace } = makeCache();
    const ages: Record<number, Duration> = { 1: '1h', 2: { minutes: 1 }, 3: Infinity, 4: 0 };
    const load = cache.wrap((n: number) => n, { name: 'load', maxAge: (n) => ages[n] ?? 0 });
    for (const n of [1, 2, 3, 4]) await load(n);
    const ends = await Promise.all([1, 2, 3, 4].map(async (n) => (await load.cache.itemFor(n).info())?.expiresAt));
    expect(ends).toEqual([START + HOUR, START + 60_000, Infinity, undefined]);
    expect(trace.take().at(-1)).toBe('skip maxAge');
  });

  it.each([
    ['throws', () => JSON.parse('{')],
    ['gives no duration', () => 'soon'],
    ['answers with a promise', async () => 1000],
  ])('that %s fails no call: the value is not stored', async (_what, maxAge) => {
    const { cache, trace } = makeCache();
    const load = cache.wrap(() => 1, { name: 'load', maxAge: maxAge as () => number });
    expect([await load(), trace.take()]).toEqual([1, ['miss absent', 'writeFailed ERR_TEMPCACHE_CALLBACK']]);
  });

  it('leaves what was saved without one the age of its writer', async () => {
    const { cache, trace } = makeCache();
    const one = (): number => 1;
    await cache.wrap(one, { maxAge: '1m' })();
    const later = cache.wrap(one, { maxAge: () => '1d' });
    clock.now += 59_999;
    await later();
    clock.now += 1;
    await later();
    expect(trace.take()).toEqual(['miss absent', 'save', 'hit', 'miss expired', 'save']);
  });

  it('goes with staleWhileRevalidate and staleIfError: a prune leaves what may still be served', async () => {
    const { cache, trace } = makeCache({ captures: 'off', staleIfError: '1h', maxAge: Number });
    let works = true;
    const load = cache.wrap((n: number) => (works ? n : JSON.parse('{')), { name: 'load' });
    await load(1000);
    works = false;
    clock.now += HOUR + 999;
    expect([await cache.prune(), await load.cache.prune()]).toMatchObject([{ expired: 0 }, { expired: 0 }]);
    expect(await load(1000)).toBe(1000);
    clock.now += 1;
    trace.take();
    expect(await cache.prune()).toMatchObject({ expired: 1 });
  });

  it('of a cache holds for its items, a lifetime given to save() over it', async () => {
    const { cache, trace } = makeCache({ maxAge: Number });
    const item = cache.itemForKey(1);
    await item.save(1000);
    expect((await item.info())?.expiresAt).toBe(START + 1000);
    await item.save(1000, { maxAge: 5000 });
    expect((await item.info())?.expiresAt).toBe(START + 5000);
    trace.take();
    expect([await item.trySave(0), trace.take()]).toEqual([false, ['skip maxAge']]);
    expect(await cache.itemForKey(2).loadOrSave(() => 3000)).toBe(3000);
    expect((await cache.itemForKey(2).info())?.expiresAt).toBe(START + 3000);
  });

  it('of a generator is asked about what that returned', async () => {
    const { cache } = makeCache();
    const count = cache.wrap(
      async function* count(to: number) {
        yield to;
        return 'end';
      },
      { maxAge: (value, to) => (value === 'end' ? to : 0) },
    );
    for await (const _ of count(1000));
    expect((await count.cache.itemFor(1000).info())?.expiresAt).toBe(START + 1000);
  });

  it('can be set later', async () => {
    const { cache } = makeCache();
    cache.maxAge = Number;
    const load = cache.wrap((n: number) => n, { name: 'load' });
    await load(1000);
    expect((await load.cache.itemFor(1000).info())?.expiresAt).toBe(START + 1000);
    load.cache.maxAge = (_value, n) => 2 * n;
    await load.cache.refresh(1000);
    expect((await load.cache.itemFor(1000).info())?.expiresAt).toBe(START + 2000);
    load.cache.maxAge = '1m';
    await load(5);
    expect([load.cache.maxAge, (await load.cache.itemFor(5).info())?.expiresAt]).toEqual([60_000, START + 60_000]);
  });

  it('is not asked where nothing is saved', async () => {
    const { cache } = makeCache({ mode: 'readonly' });
    const load = cache.wrap(() => 1, { name: 'load', maxAge: () => JSON.parse('{') as number });
    expect(await load()).toBe(1);
  });
});
