import { describe, expect, it } from '@jest/globals';
import { appendFileSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { NO_COUNTS } from '../../lib/stats/counters.ts';
import { TempCache } from '../../lib/temp-cache.ts';
import { START, useClock } from '../support/clock.ts';
import { storeKinds, useCaches } from '../support/store-kinds.ts';
import { useTempFolders } from '../support/temp-folder.ts';

const folder = useTempFolders();
const NOTHING = { ...NO_COUNTS, entries: 0, bytes: 0, functions: [] };

describe.each(storeKinds)('cache.stats over $name', (kind) => {
  const make = useCaches(kind);
  const clock = useClock();

  it('tells of entries and calls, in all and by the names of functions', async () => {
    const { cache } = make();
    expect(await cache.stats()).toEqual({ ...NOTHING, oldest: undefined, newest: undefined });
    const one = cache.wrap((n: number) => n, { name: 'one' });
    const two = cache.wrap((n: number) => n, { name: 'two' });
    for (const n of [1, 1, 2]) await one(n);
    clock.now += 1000;
    await two(1);
    await cache.itemForKey('mine').save(1);
    const stats = await cache.stats();
    const [own, first, second] = stats.functions;
    expect(stats).toMatchObject({ entries: 4, hits: 1, misses: 3, oldest: START, newest: START + 1000 });
    expect(stats.functions).toHaveLength(3);
    expect([own, first, second]).toEqual([
      expect.objectContaining({ name: '', entries: 1, hits: 0, misses: 0 }),
      expect.objectContaining({ name: 'one', entries: 2, hits: 1, misses: 2 }),
      expect.objectContaining({ name: 'two', entries: 1, hits: 0, misses: 1 }),
    ]);
    expect(stats.bytes).toBe(stats.functions.reduce((sum, { bytes }) => sum + bytes, 0));
    expect(stats.bytes).toBeGreaterThan(4 * 152);
    expect(await one.cache.stats()).toMatchObject({ hits: 1, misses: 2 });
  });

  it('counts the parts of a long run of a generator as bytes, and notes not at all', async () => {
    const { cache } = make();
    const rows = cache.wrap(
      function* rows(to: number) {
        for (let n = 0; n < to; n++) yield 'x'.repeat(1000);
      },
      { name: 'rows' },
    );
    for await (const row of rows(500)) expect(row).toHaveLength(1000);
    const [stats] = (await cache.stats()).functions;
    expect(stats).toMatchObject({ name: 'rows', entries: 1, misses: 1 });
    expect(stats?.bytes).toBeGreaterThan(500_000);
  });

  it('counts from nothing after resetStats, entries as before', async () => {
    const { cache } = make();
    const one = cache.wrap((n: number) => n, { name: 'one' });
    await one(1);
    await cache.resetStats();
    expect(await cache.stats()).toMatchObject({ ...NO_COUNTS, entries: 1 });
    expect(await one.cache.stats()).toEqual(NO_COUNTS);
    await one(1);
    expect(await cache.stats()).toMatchObject({ hits: 1, misses: 0, entries: 1 });
  });

  it('outlives clear, and goes with destroy', async () => {
    const { cache } = make();
    const one = cache.wrap((n: number) => n, { name: 'one' });
    await one(1);
    await cache.clear();
    expect(await cache.stats()).toMatchObject({ misses: 1, entries: 0 });
    await cache.destroy();
    expect(await cache.stats()).toMatchObject(NOTHING);
  });

  it('tells nothing where the cache is off, and does not ask the store', async () => {
    const { cache, asked } = make({ mode: 'off' });
    const one = cache.wrap((n: number) => n, { name: 'one' });
    await one(1);
    await cache.itemForKey(1).loadOrSave(() => 1);
    await cache.resetStats();
    expect(await cache.stats()).toMatchObject(NOTHING);
    expect([await one.cache.stats(), asked]).toEqual([NO_COUNTS, []]);
  });
});

describe('The counts of a folder', () => {
  /** What stands in the file of the counters, and that there is no other one. */
  function counted(path: string): string {
    const names = existsSync(path) ? readdirSync(path).filter((name) => !/^[0-9a-f]{64}$/.test(name)) : [];
    expect(['', 'counters']).toContain(names.join());
    return names.length === 0 ? '' : readFileSync(`${path}/counters`, 'utf8');
  }

  /** A closed cache has written what it has counted. */
  function count(path: string, options: ConstructorParameters<typeof TempCache>[1] = {}): void {
    using cache = new TempCache(path, options);
    const one = cache.wrap((n: number) => n, { name: 'one' });
    expect([one(1), one(1)]).toEqual([1, 1]);
  }

  it('are written when a cache is closed, and told by the next one', () => {
    const path = `${folder()}/cache`;
    count(path);
    expect(counted(path).split('\n\n')).toHaveLength(1);
    count(path);
    expect(new TempCache(path).stats()).toMatchObject({ hits: 3, misses: 1, entries: 1 });
  });

  it('are one for all caches over it, under other options too', () => {
    const path = `${folder()}/cache`;
    const [first, second] = [new TempCache(path), new TempCache(path, { maxAge: '1h' })];
    const one = first.wrap((n: number) => n, { name: 'one' });
    one(1);
    expect(first.with({ maxAge: '2h' }).stats()).toEqual(second.stats());
    expect(second.stats()).toMatchObject({ misses: 1 });
  });

  it('are not kept with stats: false, nor looked at, and tell of this cache alone', () => {
    const path = `${folder()}/cache`;
    count(path);
    const before = counted(path);
    const cache = new TempCache(path, { stats: false });
    const one = cache.wrap((n: number) => n, { name: 'one' });
    one(1);
    expect(cache.stats()).toMatchObject({ hits: 1, misses: 0, entries: 1 });
    expect(one.cache.stats()).toMatchObject({ hits: 1, misses: 0 });
    cache.resetStats();
    expect(cache.stats()).toMatchObject({ hits: 0, entries: 1 });
    cache.close();
    expect(counted(path)).toBe(before);
  });

  it('are not kept by a readonly cache, which tells them with its own', () => {
    const path = `${folder()}/cache`;
    count(path);
    const before = counted(path);
    const cache = new TempCache(path, { mode: 'readonly' });
    const one = cache.wrap((n: number) => n, { name: 'one' });
    expect([one(1), one(2)]).toEqual([1, 2]);
    expect(cache.stats()).toMatchObject({ hits: 2, misses: 2, skipped: 1 });
    cache.close();
    expect(counted(path)).toBe(before);
    expect(new TempCache(path, { stats: false }).stats()).toMatchObject({ entries: 1 });
  });

  it('are not kept in a temporary folder', () => {
    using cache = TempCache.temporary({ stats: true });
    const one = cache.wrap((n: number) => n, { name: 'one' });
    one(1);
    expect(cache.stats()).toMatchObject({ misses: 1, entries: 1 });
    cache.with({ maxAge: '1h' }).close();
    expect(counted(cache.path ?? '')).toBe('');
  });

  it('do not make a folder that was destroyed', () => {
    const path = `${folder()}/cache`;
    const cache = new TempCache(path);
    const one = cache.wrap((n: number) => n, { name: 'one' });
    one(1);
    cache.destroy();
    cache.close();
    expect(existsSync(path)).toBe(false);
  });

  it('are told where a part of their file is damaged', () => {
    const path = `${folder()}/cache`;
    count(path);
    appendFileSync(`${path}/counters`, 'damaged');
    count(path);
    const cache = new TempCache(path);
    expect(cache.stats()).toMatchObject({ hits: 3, misses: 1 });
    cache.prune();
    expect(cache.stats()).toMatchObject({ hits: 3, misses: 1 });
  });
});
