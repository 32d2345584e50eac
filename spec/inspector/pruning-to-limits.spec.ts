import { describe, expect, it } from '@jest/globals';
import { readdirSync } from 'node:fs';
import { TempCache } from '../../lib/temp-cache.ts';
import { START, useClock } from '../support/clock.ts';
import { contentsOf, countTo, partsIn, sizeOf, useAt, useInspected } from '../support/inspected.ts';

const inspected = useInspected();
const clock = useClock();

/** A cache with the keys 0, 1 and so on, of which each was last used one second after the one before. */
function filled(count: number) {
  const made = inspected({ maxAge: '1h' });
  const { cache, path } = made;
  for (let key = 0; key < count; key++) {
    const { id } = cache.itemForKey(key);
    cache.itemForKey(key).save('x'.repeat(100 + key));
    useAt(path, id, START - (count - key) * 1000);
  }
  const keys = (): number[] => [...Array(count).keys()].filter((key) => cache.itemForKey(key).exists());
  return { ...made, keys };
}

describe('prune with limits', () => {
  it('keeps so many entries, those that were used last', () => {
    const { inspector, path, keys } = filled(10);
    const before = contentsOf(path);
    const told = inspector.prune({ maxEntries: 4, dryRun: true });
    expect(contentsOf(path)).toEqual(before);
    expect(inspector.prune({ maxEntries: 4 })).toEqual(told);
    expect(told).toMatchObject({ evicted: 6, expired: 0 });
    expect(keys()).toEqual([6, 7, 8, 9]);
    expect(inspector.prune({ maxEntries: 4 })).toMatchObject({ evicted: 0, bytes: 0 });
  });

  it('keeps so many bytes, with those of parts', () => {
    const { cache, inspector, path, keys } = filled(10);
    const count = cache.wrap(countTo, { name: 'count' });
    for (const _ of count(2500));
    const run = count.cache.itemFor(2500).id;
    const runBytes = sizeOf(path, [run, ...partsIn(path)]);
    const all = inspector.summary().bytes;
    const oldest = [0, 1, 2].map((key) => cache.itemForKey(key).id);
    useAt(path, run, START - 8500);
    const options = { maxBytes: all - runBytes - sizeOf(path, oldest.slice(0, 2)) };
    const told = inspector.prune({ ...options, dryRun: true });
    expect(inspector.prune(options)).toEqual(told);
    expect(told).toMatchObject({ evicted: 3, bytes: all - options.maxBytes });
    expect(partsIn(path)).toEqual([]);
    expect(keys()).toEqual([2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it('counts what goes for another reason for that alone', () => {
    const { cache, inspector, keys } = filled(10);
    for (const key of [2, 3, 9]) cache.itemForKey(key).save('soon gone', { maxAge: 1 });
    clock.now += 1000;
    const told = inspector.prune({ maxEntries: 4, dryRun: true });
    expect(inspector.prune({ maxEntries: 4 })).toEqual(told);
    expect(told).toMatchObject({ expired: 3, evicted: 3 });
    expect(keys()).toEqual([5, 6, 7, 8]);
  });

  it('counts no parts of runs that have gone', () => {
    const { cache, inspector } = filled(5);
    const left = inspector.summary().bytes;
    const count = cache.with({ maxAge: 1 }).wrap(countTo, { name: 'count' });
    for (let end = 1500; end < 1510; end++) for (const _ of count(end));
    clock.now += 1000;
    const options = { maxBytes: left };
    const told = inspector.prune({ ...options, dryRun: true });
    expect(inspector.prune(options)).toEqual(told);
    expect(told).toMatchObject({ expired: 10, evicted: 0 });
    expect(inspector.summary()).toMatchObject({ entries: 5, bytes: left });
  });

  it('sees the uses of a cache in this process that are not written yet', () => {
    const { cache, inspector, keys } = filled(5);
    cache.itemForKey(0).load();
    expect(inspector.prune({ maxEntries: 2 })).toMatchObject({ evicted: 3 });
    expect(keys()).toEqual([0, 4]);
  });

  it('chooses among entries that were used at the same time', () => {
    const { cache, inspector, path, keys } = filled(20);
    for (let key = 0; key < 20; key++) useAt(path, cache.itemForKey(key).id, START);
    expect(inspector.prune({ maxEntries: 3, dryRun: true })).toMatchObject({ evicted: 17 });
    expect(inspector.prune({ maxEntries: 3 })).toMatchObject({ evicted: 17 });
    expect(keys()).toHaveLength(3);
  });

  it('leaves the count of a cache with limits exact', () => {
    const { cache, inspector, path } = inspected({ maxEntries: 10 });
    for (let key = 0; key < 15; key++) cache.itemForKey(key).save(key, { maxAge: key === 14 ? 1 : 1e9 });
    clock.now += 1000;
    expect(inspector.prune({ maxEntries: 4 })).toMatchObject({ expired: 1, evicted: 5 });
    // It knows nothing but what the folder says.
    const other = new TempCache(path, { maxEntries: 10, stats: false });
    for (const key of [15, 16, 17, 18, 19, 20]) other.itemForKey(key).save(key);
    expect(inspector.summary().entries).toBe(10);
    other.itemForKey(21).save(21);
    expect(inspector.summary().entries).toBe(10);
    other.close();
  });

  it('begins no count where no cache keeps one', () => {
    const { inspector, path } = filled(5);
    inspector.prune({ maxEntries: 2 });
    expect(readdirSync(path).filter((name) => name.length !== 64)).toEqual([]);
  });
});
