import { describe, expect, it } from '@jest/globals';
import { existsSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CacheInspector, PruneOptions } from '../../lib/inspector/inspector.ts';
import { NOTHING_PRUNED as NOTHING, type PruneResult } from '../../lib/maintenance/prune.ts';
import { leaseName, tempName } from '../../lib/stores/file/names.ts';
import { START, useClock } from '../support/clock.ts';
import { deadToken } from '../support/dead-writer.ts';
import { contentsOf, countTo, flip, partsIn, sizeOf, useAt, useInspected } from '../support/inspected.ts';
import { idOf } from '../support/store-suite/use-store.ts';

const DAY = 86_400_000;
const inspected = useInspected();
const clock = useClock();

/** What a dry run tells and what the real one then does, which must be the same; and the dry run changes nothing. */
function pruned({ inspector, path }: { inspector: CacheInspector; path: string }, options: PruneOptions = {}) {
  const before = contentsOf(path);
  const told = inspector.prune({ ...options, dryRun: true });
  expect(contentsOf(path)).toEqual(before);
  const done = inspector.prune(options);
  expect(done).toEqual(told);
  const { leftovers: _, ...again } = inspector.prune({ ...options, dryRun: true });
  expect({ ...again, leftovers: 0 }).toEqual(NOTHING);
  return done;
}

describe('prune', () => {
  it('removes what is past its own end, whatever the maxAge of others', () => {
    const one = inspected({ maxAge: '1d' });
    const { cache, path } = one;
    cache.itemForKey('day').save(1);
    cache.itemForKey('hour').save(2, { maxAge: '1h' });
    cache.with({ maxAge: '7d' }).itemForKey('week').save(3);
    cache.with({ staleIfError: '2d' }).itemForKey('served for longer').save(4);
    const bytes = sizeOf(
      path,
      ['day', 'hour'].map((key) => cache.itemForKey(key).id),
    );
    clock.now += DAY;
    expect(pruned(one)).toEqual({ ...NOTHING, expired: 2, bytes });
    clock.now += 7 * DAY;
    expect(pruned(one)).toMatchObject({ expired: 2 });
  });

  it('removes damaged entries', () => {
    const one = inspected();
    const { cache, path } = one;
    for (let n = 0; n < 4; n++) cache.itemForKey(n).save('x'.repeat(n * 40_000));
    const bad = [1, 3].map((n) => cache.itemForKey(n).id);
    for (const id of bad) flip(path, id);
    writeFileSync(join(path, idOf('rubbish')), 'rubbish');
    const bytes = sizeOf(path, [...bad, idOf('rubbish')]);
    expect(pruned(one)).toEqual({ ...NOTHING, corrupt: 3, bytes });
    expect([0, 2].map((n) => cache.itemForKey(n).load())).toEqual(['', 'x'.repeat(80_000)]);
  });

  it('removes a run with all its parts', () => {
    const one = inspected({ maxAge: '1h' });
    const { cache, path } = one;
    const count = cache.wrap(countTo, { name: 'count' });
    for (const _ of count(2500));
    const bytes = sizeOf(path, [...partsIn(path), count.cache.itemFor(2500).id]);
    expect(pruned(one)).toEqual(NOTHING);
    clock.now += DAY / 2;
    for (const _ of cache.wrap(countTo, { name: 'another' })(1500));
    expect(pruned(one)).toEqual({ ...NOTHING, expired: 1, bytes });
    expect(Array.from(one.inspector.entries(), ({ id }) => one.inspector.load(id))).toEqual([[...countTo(1500)]]);
  });

  it('removes parts that belong to nothing, once no run can be writing the rest', () => {
    const one = inspected({ maxAge: Infinity });
    const count = one.cache.wrap(countTo, { name: 'count' });
    for (const _ of count(2500));
    unlinkSync(join(one.path, count.cache.itemFor(2500).id));
    const parts = partsIn(one.path);
    const bytes = sizeOf(one.path, parts);
    expect(pruned(one)).toEqual(NOTHING);
    clock.now += DAY + 1;
    expect(pruned(one)).toEqual({ ...NOTHING, leftovers: parts.length, bytes });
  });

  it('removes what the dead have left', () => {
    const one = inspected();
    one.cache.itemForKey('a').save(1);
    const token = deadToken();
    writeFileSync(join(one.path, tempName(token, '1')), 'x'.repeat(100));
    writeFileSync(join(one.path, leaseName(idOf(1))), token);
    expect(one.inspector.prune({ dryRun: true })).toEqual({ ...NOTHING, leftovers: 2, bytes: 100 + token.length });
    expect(one.inspector.prune()).toEqual({ ...NOTHING, leftovers: 2, bytes: 100 + token.length });
  });

  it('removes what was saved long ago', () => {
    const one = inspected();
    for (const n of [1, 2, 3, 4]) {
      one.cache.itemForKey(n).save(n);
      clock.now += 1000;
    }
    expect(pruned(one, { olderThan: '3s' })).toMatchObject({ expired: 2, unused: 0 });
  });

  it('removes what was not used for long', () => {
    const one = inspected();
    for (const n of [1, 2, 3, 4]) {
      one.cache.itemForKey(n).save(n);
      useAt(one.path, one.cache.itemForKey(n).id, START - n * 1000);
    }
    expect(pruned(one, { unusedFor: '3s' })).toMatchObject({ expired: 0, unused: 2 });
    expect(pruned(one, { unusedFor: Infinity, olderThan: Infinity })).toEqual(NOTHING);
  });

  it('tells how far it is', () => {
    const { cache, inspector } = inspected();
    for (const n of [1, 2, 3]) cache.itemForKey(n).save(n);
    for (const _ of cache.wrap(countTo, { name: 'count' })(2500));
    const seen: number[] = [];
    inspector.prune({ onProgress: (done) => seen.push(done) });
    expect(seen).toEqual([1, 2, 3, 4]);
  });

  it('makes no folder', () => {
    const { inspector, path } = inspected();
    const reports: PruneResult[] = [{ maxEntries: 1 }, { dryRun: true }].map((options) => inspector.prune(options));
    expect(reports).toEqual([NOTHING, NOTHING]);
    expect(existsSync(path)).toBe(false);
  });

  it.each([
    { olderThan: 'soon' },
    { unusedFor: -1 },
    { older: '1d' },
    { unused: '1d' },
    { maxBytes: 0 },
    { maxEntries: 1.5 },
    { dryrun: true },
  ])('removes nothing for the options %j', (options) => {
    const { cache, inspector } = inspected({ maxAge: 1 });
    cache.itemForKey(1).save(1);
    clock.now += 1000;
    expect(() => inspector.prune(options as object)).toThrow(
      expect.objectContaining({ code: 'ERR_INVALID_ARG_VALUE' }),
    );
    expect(inspector.summary().entries).toBe(1);
  });
});
