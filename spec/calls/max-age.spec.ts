import { describe, expect, it } from '@jest/globals';
import { START, useClock } from '../support/clock.ts';
import { storeKinds, useCaches } from '../support/store-kinds.ts';

const clock = useClock();
const HOUR = 3_600_000;

describe.each(storeKinds)('Over $name, the maxAge', (kind) => {
  const makeCache = useCaches(kind);

  it('of a cache is 7 days when nothing is said', async () => {
    const { cache } = makeCache();
    const item = cache.itemForKey(1);
    await item.save(1);
    clock.now += 7 * 24 * HOUR - 1;
    expect(await item.exists()).toBe(true);
    clock.now += 1;
    expect(await item.exists()).toBe(false);
  });

  it('of a function counts over that of the cache, shorter or longer', async () => {
    const { cache, trace } = makeCache({ maxAge: '1h' });
    const short = cache.wrap(() => 'short', { name: 'short', maxAge: '1m' });
    const long = cache.wrap(() => 'long', { name: 'long', maxAge: '2h' });
    await short();
    await long();
    trace.take();
    clock.now += 60_000;
    await short();
    clock.now += 2 * HOUR - 60_001;
    await long();
    clock.now += 1;
    await long();
    expect(trace.take()).toEqual(['miss expired', 'save', 'hit', 'miss expired', 'save']);
  });

  it('of with() counts for what is read through it', async () => {
    const { cache, trace } = makeCache({ maxAge: '1h' });
    const one = (): number => 1;
    await cache.cacheResult(one);
    clock.now += HOUR;
    await cache.with({ maxAge: '2h' }).cacheResult(one);
    await cache.with({ maxAge: Infinity }).cacheResult(one);
    await cache.with({ maxAge: 1000 }).cacheResult(one);
    expect(trace.take()).toEqual(['miss absent', 'save', 'hit', 'hit', 'miss expired', 'save']);
  });

  it('can be set later, and holds from the next call on for functions without one of their own', async () => {
    const { cache, trace } = makeCache({ maxAge: '1h' });
    const follows = cache.wrap(() => 1, { name: 'follows' });
    const own = cache.wrap(() => 1, { name: 'own', maxAge: '1h' });
    const under = cache.with({ mode: 'on' });
    await follows();
    await own();
    trace.take();
    clock.now += 1000;
    cache.maxAge = '1s';
    expect([cache.maxAge, under.maxAge]).toEqual([1000, 1000]);
    await under.cacheResult(follows.cache.original);
    expect(trace.take()).toEqual(['miss expired', 'save']);
    await own();
    cache.maxAge = Infinity;
    clock.now += 100 * 365 * 24 * HOUR;
    await follows();
    expect(trace.take()).toEqual(['hit', 'hit']);
  });

  it('of 0 never serves anything, and computes once for those who ask meanwhile', async () => {
    const { cache, trace, asked } = makeCache({ maxAge: 0 });
    let calls = 0;
    const count = cache.wrap(async () => ++calls, { name: 'count' });
    expect(await Promise.all([count(), count()])).toEqual([1, 1]);
    expect(await count()).toBe(2);
    expect(trace.take()).toEqual(['miss absent', 'save', 'coalesced', 'miss expired', 'save']);
    // Other processes could not take what this one saves: none waits for another.
    expect(asked).not.toContain('lease');
  });

  it('given to save() holds for every reader, and none can be longer', async () => {
    const { cache } = makeCache({ maxAge: '1h' });
    const item = cache.itemForKey(1);
    await item.save('brief', { maxAge: '1m' });
    const eternal = cache.with({ maxAge: Infinity }).itemForKey(1);
    clock.now += 59_999;
    expect([await item.exists(), await eternal.load()]).toEqual([true, 'brief']);
    clock.now += 1;
    expect([await item.exists(), await eternal.exists()]).toEqual([false, false]);
    await item.save('long', { maxAge: '2h' });
    clock.now += HOUR;
    expect([await item.exists(), await eternal.exists()]).toEqual([false, true]);
    clock.now += HOUR;
    expect(await eternal.exists()).toBe(false);
    await item.save('never', { maxAge: 0 });
    expect(await eternal.exists()).toBe(false);
  });

  it('forgives a clock that went back a little, not one that went back far', async () => {
    const { cache, trace } = makeCache({ maxAge: '1h' });
    const one = cache.wrap(() => 1, { name: 'one' });
    await one();
    clock.now -= 60_000;
    await one();
    clock.now -= 1;
    await one();
    expect(trace.take()).toEqual(['miss absent', 'save', 'hit', 'miss expired', 'save']);
    expect((await one.cache.itemFor().info())?.createdAt).toBe(START - 60_001);
  });
});
