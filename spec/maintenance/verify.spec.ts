import { describe, expect, it } from '@jest/globals';
import { existsSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { NOTE_PREFIX } from '../../lib/common/ids.ts';
import { openSource, recordsIn } from '../../lib/inspector/source.ts';
import { verifyRecords } from '../../lib/maintenance/verify.ts';
import { carryOutSync } from '../../lib/runtime/steps.ts';
import { StoreError } from '../../lib/common/errors.ts';
import { useClock } from '../support/clock.ts';
import { makeFaulty } from '../support/faulty-store.ts';
import { contentsOf, countTo, flip, partsIn, useInspected } from '../support/inspected.ts';
import { idOf } from '../support/store-suite/use-store.ts';

const inspected = useInspected();
const clock = useClock();

/** A cache with three values, one of them large, and two runs with parts. */
function filled() {
  const made = inspected({ stats: true, maxAge: '1h' });
  const { cache } = made;
  const count = cache.wrap(countTo, { name: 'count' });
  for (const end of [2500, 3500]) for (const _ of count(end));
  const ids = ['a', 'b', 'c'].map((key) => cache.itemForKey(key).id);
  cache.itemForKey('a').save('a');
  cache.itemForKey('b').save('b'.repeat(100_000));
  cache.itemForKey('c').save('c');
  const runs = [2500, 3500].map((end) => count.cache.itemFor(end).id);
  return { ...made, ids, runs };
}

describe('verify', () => {
  it('finds nothing wrong with a sound cache, expired or not', () => {
    const { cache, inspector, path } = filled();
    cache.close();
    clock.now += 1e9;
    const before = contentsOf(path);
    expect(inspector.verify()).toEqual({ checked: 5, damaged: 0, bad: [], removed: 0 });
    expect(inspector.verify({ fix: true })).toEqual({ checked: 5, damaged: 0, bad: [], removed: 0 });
    expect(contentsOf(path)).toEqual(before);
  });

  it('finds flipped bits in values of all sizes, and removes these alone where that is asked for', () => {
    const { inspector, path, ids } = filled();
    const bad = ids.slice(0, 2);
    for (const id of bad) flip(path, id);
    const before = contentsOf(path);
    const report = inspector.verify();
    expect(report).toMatchObject({ checked: 5, damaged: 2, removed: 0 });
    expect(new Set(report.bad)).toEqual(
      new Set(
        bad.map((id) => ({
          id,
          problem: expect.stringContaining('its checksum does not match'),
          bytes: readFileSync(join(path, id)).length,
        })),
      ),
    );
    expect(contentsOf(path)).toEqual(before);
    expect(inspector.verify({ fix: true })).toMatchObject({ damaged: 2, removed: 2 });
    expect(bad.map((id) => existsSync(join(path, id)))).toEqual([false, false]);
    expect(inspector.verify()).toEqual({ checked: 3, damaged: 0, bad: [], removed: 0 });
  });

  it.each([
    { what: 'damaged', harm: flip, problem: 'checksum' },
    { what: 'missing', harm: (path: string, part: string) => unlinkSync(join(path, part)), problem: 'is missing' },
  ])('finds a run of which a part is $what, and removes it whole', ({ harm, problem }) => {
    const { inspector, path, runs } = filled();
    harm(path, partsIn(path)[0] as string);
    const { bad, ...report } = inspector.verify();
    expect(report).toEqual({ checked: 5, damaged: 1, removed: 0 });
    expect(bad[0]?.problem).toContain(problem);
    expect(inspector.verify({ fix: true })).toMatchObject({ damaged: 1, removed: 1 });
    expect(inspector.verify()).toEqual({ checked: 4, damaged: 0, bad: [], removed: 0 });
    const [run] = runs.filter((id) => existsSync(join(path, id)));
    expect(inspector.load(run as string)).toHaveLength(run === runs[0] ? 2500 : 3500);
  });

  it('finds damaged parts of runs that are gone', () => {
    const { inspector, path, runs } = filled();
    const before = partsIn(path);
    unlinkSync(join(path, runs[0] as string));
    expect(inspector.verify()).toEqual({ checked: 4, damaged: 0, bad: [], removed: 0 });
    for (const part of before) flip(path, part);
    const { damaged } = inspector.verify({ fix: true });
    expect(damaged).toBeGreaterThan(1);
    expect(partsIn(path)).toEqual([]);
  });

  it('finds records in the place of others, and notes that are damaged', () => {
    const { inspector, path, ids } = filled();
    writeFileSync(join(path, idOf('copy')), readFileSync(join(path, ids[0] as string)));
    const note = NOTE_PREFIX + '9'.repeat(48);
    writeFileSync(join(path, note), 'rubbish');
    const { bad, checked } = inspector.verify({ fix: true });
    expect(checked).toBe(6);
    expect(new Map(bad.map(({ id, problem }) => [id, problem]))).toEqual(
      new Map([
        [idOf('copy'), expect.stringContaining(`it is the record of ${ids[0]}`)],
        [note, expect.stringContaining('it has only 7 bytes')],
      ]),
    );
    expect(inspector.verify()).toMatchObject({ damaged: 0 });
  });

  it('tells of records that cannot be read, and leaves them', () => {
    const { path, inspector } = filled();
    const source = openSource(path, () => clock.now);
    const faulty = makeFaulty(source.store);
    faulty.break('get', { error: new StoreError('Cannot read the record: EIO') });
    const records = recordsIn({ ...source, store: faulty.store });
    const { bad, ...report } = carryOutSync(verifyRecords(records, { fix: true }));
    expect(report).toEqual({ checked: 5, damaged: 5 + partsIn(path).length, removed: 0 });
    expect(new Set(bad.map(({ problem }) => problem))).toEqual(new Set(['Cannot read the record: EIO']));
    expect(inspector.verify()).toMatchObject({ checked: 5, damaged: 0 });
    source.store.close();
  });

  it('leaves what was replaced since it was checked', () => {
    const { path, ids } = filled();
    const source = openSource(path, () => clock.now);
    const [id] = ids as [string];
    let looks = 0;
    // Another process saves when the record was read.
    const get = (asked: string) => (asked === id && ++looks === 1 ? [new Uint8Array(10)] : source.store.get(asked));
    const records = recordsIn(source);
    const replaced = { ...records, store: { ...records.store, get } } as typeof records;
    expect(carryOutSync(verifyRecords(replaced, { fix: true }))).toMatchObject({ damaged: 1, removed: 0 });
    expect([looks, existsSync(join(path, id))]).toEqual([2, true]);
    source.store.close();
  });

  it('names a thousand bad ones, and counts the rest', () => {
    const { inspector, path } = filled();
    for (let n = 0; n < 1005; n++) writeFileSync(join(path, idOf(n)), '');
    const { bad, ...report } = inspector.verify({ fix: true });
    expect(report).toEqual({ checked: 1010, damaged: 1005, removed: 1005 });
    expect(bad).toHaveLength(1000);
  });

  it('tells how far it is', () => {
    const { inspector } = filled();
    const seen: number[] = [];
    inspector.verify({ onProgress: (done) => seen.push(done) });
    expect(seen).toEqual([1, 2, 3, 4, 5]);
  });

  it('finds nothing where there is nothing', () => {
    const { inspector, path } = inspected();
    expect(inspector.verify({ fix: true })).toEqual({ checked: 0, damaged: 0, bad: [], removed: 0 });
    expect(existsSync(path)).toBe(false);
    expect(() => inspector.verify({ repair: true } as object)).toThrow('verify() has no option "repair"');
  });
});
