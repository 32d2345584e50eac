import { describe, expect, it } from '@jest/globals';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { USAGE } from '../../lib/limits/sizes.ts';
import { fileStore } from '../../lib/stores/file/file-store.ts';
import { tempName } from '../../lib/stores/file/names.ts';
import { START, useClock } from '../support/clock.ts';
import { deadToken } from '../support/dead-writer.ts';
import { contentsOf, countTo, flip, partsIn, useAt, useInspected } from '../support/inspected.ts';
import { idOf } from '../support/store-suite/use-store.ts';

const inspected = useInspected();
useClock();

describe('remove', () => {
  it('removes one entry, once', () => {
    const { cache, inspector } = inspected();
    cache.itemForKey('a').save(1);
    cache.itemForKey('b').save(2);
    expect([1, 2].map(() => inspector.remove(cache.itemForKey('a').id))).toEqual([true, false]);
    expect(cache.itemForKey('b').load()).toBe(2);
  });

  it('removes the parts of a run with it, and those of no other', () => {
    const { cache, inspector, path } = inspected();
    const count = cache.wrap(countTo, { name: 'count' });
    for (const end of [2500, 3500]) for (const _ of count(end));
    const before = partsIn(path).length;
    expect(inspector.remove(count.cache.itemFor(3500).id)).toBe(true);
    expect(before - partsIn(path).length).toBeGreaterThan(2);
    expect(inspector.load(count.cache.itemFor(2500).id)).toHaveLength(2500);
  });

  it('removes damaged entries, and no part of a run by itself', () => {
    const { cache, inspector, path } = inspected();
    for (const _ of cache.wrap(countTo, { name: 'count' })(2500));
    const [part] = partsIn(path);
    expect(inspector.remove(part as string)).toBe(false);
    expect(existsSync(join(path, part as string))).toBe(true);
    writeFileSync(join(path, idOf('rubbish')), 'rubbish');
    expect(inspector.remove(idOf('rubbish'))).toBe(true);
  });

  it('makes no folder', () => {
    const { inspector, path } = inspected();
    expect(inspector.remove(idOf('absent'))).toBe(false);
    expect(inspector.clear()).toBe(0);
    expect(existsSync(path)).toBe(false);
  });
});

describe('clear', () => {
  it('removes all entries, what the dead have left, and nothing else', () => {
    const { cache, inspector, path } = inspected({ stats: true });
    for (let n = 0; n < 5; n++) cache.itemForKey(n).save(n);
    for (const _ of cache.wrap(countTo, { name: 'count' })(2500));
    cache.close();
    flip(path, cache.itemForKey(0).id);
    writeFileSync(join(path, tempName(deadToken(), '1')), 'left');
    writeFileSync(join(path, 'foreign.txt'), 'mine');
    const seen: number[] = [];
    expect(inspector.clear({}, (done) => seen.push(done))).toBe(6);
    expect(seen).toEqual([1, 2, 3, 4, 5, 6]);
    expect(partsIn(path)).toEqual([]);
    expect(readdirSync(path)).toContain('foreign.txt');
    expect(inspector.diagnose()).toMatchObject({ entries: 0, leftovers: { files: 0 }, foreign: { files: 1 } });
    expect(inspector.summary()).toMatchObject({ entries: 0, misses: 1 });
  });

  it('removes the entries of one name with their parts', () => {
    const { cache, inspector, path } = inspected();
    const count = cache.wrap(countTo, { name: 'count' });
    const twice = cache.wrap((n: number) => n * 2, { name: 'twice' });
    for (const _ of count(2500));
    for (const n of [1, 2, 3]) twice(n);
    cache.itemForKey('by hand').save(1);
    const seen: number[] = [];
    expect(inspector.clear({ name: 'count' }, (done) => seen.push(done))).toBe(1);
    expect(partsIn(path)).toEqual([]);
    expect(seen).toEqual([1, 2, 3, 4, 5]);
    expect(inspector.clear({ name: '' })).toBe(1);
    expect(inspector.clear({ name: 'none' })).toBe(0);
    expect(inspector.functions()).toMatchObject([{ name: 'twice', entries: 3 }]);
  });

  it('removes what was not used for so long, of one name too', () => {
    const { cache, inspector, path } = inspected();
    const one = cache.wrap((n: number) => n, { name: 'one' });
    const two = cache.wrap((n: number) => -n, { name: 'two' });
    for (const [f, ms] of [
      [one, 1000],
      [two, 1000],
      [one, 3000],
      [two, 3000],
    ] as const) {
      f(ms);
      useAt(path, f.cache.itemFor(ms).id, START - ms);
    }
    expect(inspector.clear({ unusedFor: 3001 })).toBe(0);
    expect(inspector.clear({ unusedFor: '3s', name: 'one' })).toBe(1);
    expect(inspector.clear({ unusedFor: '2s' })).toBe(1);
    expect(inspector.clear({ unusedFor: Infinity })).toBe(0);
    expect(inspector.summary().entries).toBe(2);
    expect(inspector.clear({ unusedFor: 0 })).toBe(2);
  });

  it.each([{ name: undefined }, { unusedFor: undefined }, { name: 3 }, { unusedFor: 'soon' }, { nam: 'f' }])(
    'removes nothing for the filter %j',
    (filter) => {
      const { cache, inspector, path } = inspected();
      cache.itemForKey('a').save(1);
      const before = contentsOf(path);
      expect(() => inspector.clear(filter as object)).toThrow(
        expect.objectContaining({ code: 'ERR_INVALID_ARG_VALUE' }),
      );
      expect(contentsOf(path)).toEqual(before);
    },
  );

  it('keeps the count of a cache with limits exact', () => {
    const { cache, inspector, path } = inspected({ maxEntries: 10 });
    for (let n = 0; n < 8; n++) cache.itemForKey(n).save(n);
    const count = cache.wrap(countTo, { name: 'count' });
    for (const end of [2500, 3500]) for (const _ of count(end));
    const counted = (): object => {
      const { entries, bytes } = fileStore({ path }).counters.read(USAGE);
      return { entries, bytes };
    };
    const exact = (): object => {
      const { entries, bytes } = inspector.summary();
      return { entries, bytes };
    };
    expect(counted()).toEqual(exact());
    for (const id of [cache.itemForKey(0).id, count.cache.itemFor(2500).id]) inspector.remove(id);
    expect([counted(), exact()]).toEqual([exact(), expect.objectContaining({ entries: 8 })]);
    inspector.clear({ name: 'count' });
    expect([counted(), exact()]).toEqual([exact(), expect.objectContaining({ entries: 7 })]);
    for (let n = 10; n < 14; n++) cache.itemForKey(n).save(n);
    expect(inspector.summary().entries).toBe(10);
  });
});
