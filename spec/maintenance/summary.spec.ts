import { describe, expect, it } from '@jest/globals';
import { readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { START } from '../support/clock.ts';
import { countTo, sizeOf, useAt, useInspected } from '../support/inspected.ts';

const inspected = useInspected();
const NO_CALLS = {
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

describe('The summary of a cache', () => {
  it('adds up entries and all bytes, and knows the last use', () => {
    const { cache, inspector, path } = inspected();
    const count = cache.wrap(countTo, { name: 'count' });
    for (const _ of count(1500));
    cache.itemForKey('a').save(1);
    for (const name of readdirSync(path)) if (/^[0-9a-f]{64}$/.test(name)) useAt(path, name, START);
    useAt(path, cache.itemForKey('a').id, START + 5000);
    const bytes = sizeOf(
      path,
      readdirSync(path).filter((name) => /^[0-9a-f]{64}$/.test(name)),
    );
    expect(inspector.summary()).toEqual({ entries: 2, bytes, lastUsedAt: START + 5000, ...NO_CALLS });
  });

  it('is all zeros where nothing is', () => {
    const { inspector } = inspected();
    expect(inspector.exists()).toBe(false);
    expect(inspector.summary()).toEqual({ entries: 0, bytes: 0, lastUsedAt: undefined, ...NO_CALLS });
    expect(inspector.functions()).toEqual([]);
  });

  it('tells what became of the calls', () => {
    const { cache, inspector } = inspected({ stats: true });
    const twice = cache.wrap((n: number) => n * 2, { name: 'twice' });
    const other = cache.wrap((n: number) => -n, { name: 'other' });
    for (const n of [1, 1, 2, 1]) twice(n);
    other(1);
    cache.close();
    expect(inspector.summary()).toMatchObject({ entries: 3, hits: 2, misses: 3 });
    const byName = inspector.functions().sort((a, b) => a.name.localeCompare(b.name));
    expect(byName).toMatchObject([
      { name: 'other', entries: 1, hits: 0, misses: 1 },
      { name: 'twice', entries: 2, hits: 2, misses: 2 },
    ]);
  });
});

describe('The functions of a cache', () => {
  it('are told by name, with what all of that name have', () => {
    const { cache, inspector, path } = inspected();
    cache.wrap((n: number) => n * 2, { name: 'f', version: '1' })(1);
    cache.wrap((n: number) => n * 3, { name: 'f', version: '2' })(1);
    const count = cache.wrap(countTo, { name: 'count' });
    for (const _ of count(1500));
    const [f] = inspector.functions().filter(({ name }) => name === 'f');
    expect(f).toMatchObject({ entries: 2 });
    const sums = inspector.functions();
    expect(sums).toHaveLength(2);
    expect(sums.find(({ name }) => name === 'count')).toMatchObject({ entries: 1 });
    expect(sums.reduce((sum, { bytes }) => sum + bytes, 0)).toBe(inspector.summary().bytes);
    expect(statSync(join(path, count.cache.itemFor(1500).id)).isFile()).toBe(true);
  });

  it('have calls when their entries are gone', () => {
    const { cache, inspector } = inspected({ stats: true });
    cache.wrap((n: number) => n * 2, { name: 'gone' })(1);
    cache.close();
    expect(inspector.clear()).toBe(1);
    expect(inspector.functions()).toMatchObject([
      { name: 'gone', entries: 0, bytes: 0, lastUsedAt: undefined, misses: 1 },
    ]);
  });

  it('have no name where none can be read', () => {
    const { cache, inspector, path } = inspected();
    cache.itemForKey('by hand').save(1);
    writeFileSync(join(path, cache.itemForKey('rubbish').id), 'rubbish');
    expect(inspector.functions()).toMatchObject([{ name: '', entries: 2 }]);
  });
});
