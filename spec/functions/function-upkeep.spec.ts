import { describe, expect, it } from '@jest/globals';
import { NOTHING_PRUNED } from '../../lib/maintenance/prune.ts';
import { memoryStore } from '../../lib/stores/memory.ts';
import { TempCache } from '../../lib/temp-cache.ts';
import { useClock } from '../support/clock.ts';
import { loneCache, renamed } from '../support/identity.ts';

function load(id: number): string {
  return `user ${id}`;
}

describe('cache.clear', () => {
  it('removes the entries of this very function, and no others of its name', () => {
    const cache = loneCache();
    const one = cache.wrap(load);
    const other = cache.wrap(renamed((id: number) => `other ${id}`, 'load'));
    const versioned = cache.wrap(load, { version: '2' });
    for (const fn of [one, other, versioned]) [fn(1), fn(2)].join();
    cache.cacheResult(load, 3);
    one.cache.itemFor(4).save('by hand');
    cache.itemForKey('mine').save('an item');
    expect(one.cache.clear()).toBe(3);
    expect([one.cache.itemFor(1).exists(), one.cache.itemFor(4).exists()]).toEqual([false, false]);
    expect([other.cache.itemFor(1).exists(), versioned.cache.itemFor(1).exists()]).toEqual([true, true]);
    expect([...cache.items()]).toHaveLength(6);
    expect(one.cache.clear()).toBe(0);
  });

  it('removes the runs of a generator with all their parts, and counts each once', () => {
    const cache = loneCache();
    const many = cache.wrap(function* many(count: number) {
      for (let item = 0; item < count; item++) yield 'x'.repeat(10_000);
    });
    expect([[...many(1)].length, [...many(100)].length]).toEqual([1, 100]);
    expect(many.cache.clear()).toBe(2);
    expect(cache.prune()).toEqual(NOTHING_PRUNED);
  });

  it('gives a promise over a store that does', async () => {
    const cached = new TempCache('remote', { store: memoryStore({ async: true }) }).wrap(load);
    await Promise.all([cached(1), cached(2)]);
    expect(await cached.cache.clear()).toBe(2);
    expect(await cached.cache.itemFor(1).exists()).toBe(false);
  });

  it('touches nothing where the cache is off', () => {
    const store = memoryStore();
    new TempCache('on', { store }).wrap(load)(1);
    const off = new TempCache('off', { store, mode: 'off' }).wrap(load);
    expect(off.cache.clear()).toBe(0);
    expect(off.cache.prune()).toMatchObject({ expired: 0, bytes: 0 });
    expect([...store.entries()]).toHaveLength(1);
  });
});

describe('cache.prune', () => {
  const clock = useClock();

  it('removes what this function would not be served any more, by the maxAge in force', () => {
    const cache = loneCache();
    const [cached, other] = [cache.wrap(load), cache.wrap(load, { version: '2' })];
    [cached(1), other(1)].join();
    clock.now += 5000;
    cached(2);
    expect(cached.cache.prune()).toMatchObject({ expired: 0 });
    cached.cache.maxAge = '5s';
    const { bytes } = cached.cache.itemFor(1).info() ?? {};
    expect(cached.cache.prune()).toEqual({ ...NOTHING_PRUNED, expired: 1, bytes });
    expect([cached, other].map((fn) => [fn.cache.itemFor(1).info(), fn.cache.itemFor(2).exists()])).toMatchObject([
      [undefined, true],
      [{ name: 'load' }, false],
    ]);
  });

  it('keeps what may be served past its age', () => {
    const cached = loneCache().wrap(load, { maxAge: 1000, staleIfError: 1000 });
    cached(1);
    clock.now += 1999;
    expect(cached.cache.prune()).toMatchObject({ expired: 0 });
    clock.now += 1;
    expect(cached.cache.prune()).toMatchObject({ expired: 1 });
  });

  it('removes a record whose payload is damaged', () => {
    const store = memoryStore();
    const cached = new TempCache('spec', { store }).wrap(load);
    cached(1);
    const { id } = cached.cache.itemFor(1);
    const record = Buffer.concat(store.get(id) ?? []);
    record.writeUInt8(record.readUInt8(record.length - 1) ^ 1, record.length - 1);
    store.set(id, [record], { expiresAt: Infinity });
    expect(cached.cache.prune()).toMatchObject({ expired: 0, corrupt: 1 });
    expect([...store.entries()]).toEqual([]);
  });
});
