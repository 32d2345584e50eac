import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { Versions } from '../../lib/maintenance/versions.ts';
import { encodeFingerprints, FINGERPRINT } from '../../lib/records/fingerprints.ts';
import { encodeRecord, readHead } from '../../lib/records/frame.ts';
import type { RecordHead } from '../../lib/records/head.ts';
import { memoryStore } from '../../lib/stores/memory.ts';
import { TempCache } from '../../lib/temp-cache.ts';
import { useClock } from '../support/clock.ts';
import { useAt, useInspected } from '../support/inspected.ts';
import { fieldsWith } from '../support/records.ts';
import { idOf, joined, NEVER } from '../support/store-suite/use-store.ts';

const clock = useClock();
const DAY = 86_400_000;

interface Saved {
  readonly number: number;
  readonly identity: string;
  /** The place where the function was wrapped, and the content of its files. */
  readonly from?: readonly [number, number];
  readonly name?: string;
  readonly createdAt?: number;
}

const identityOf = (text: string): string => text.repeat(16).slice(0, 16);

function recordOf({ number, identity, from, name = 'load', createdAt = 0 }: Saved) {
  const tags = from === undefined ? [] : ([FINGERPRINT.place, FINGERPRINT.code] as const);
  const fingerprints = encodeFingerprints(
    new Uint8Array(0),
    tags.map((tag, at) => [tag, from?.[at] as number]),
  );
  const fields = { id: idOf(number), name, identity: identityOf(identity), fingerprints, createdAt };
  return encodeRecord(
    fieldsWith({ ...fields, keepUntil: Infinity, maxAge: Infinity, keepsOwnAge: true }),
    Buffer.from('"a"'),
  );
}

function headOf(saved: Saved): RecordHead {
  return readHead(joined(recordOf(saved)) as Buffer, idOf(saved.number));
}

/** The numbers of the entries that are superseded at a time, of entries each with its last use. */
function supersededOf(entries: readonly (readonly [Saved, number])[], now: number, keep?: number): readonly number[] {
  const versions = new Versions(now, keep === undefined ? { unusedFor: 0 } : { unusedFor: Infinity, keep });
  for (const [saved, lastUsedAt] of entries) versions.add(headOf(saved), lastUsedAt);
  const ids = new Set(Array.from(versions.superseded(), ({ id }) => id));
  return entries.filter(([{ number }]) => ids.has(idOf(number))).map(([{ number }]) => number);
}

const old = { number: 1, identity: 'a', from: [1, 1] } as const;
const other = { number: 2, identity: 'b', from: [1, 2] } as const;

describe('A version of a function', () => {
  it('is superseded by one of other code that was used later, when it was not used since', () => {
    expect(
      supersededOf(
        [
          [old, 10],
          [other, 20],
        ],
        15,
      ),
    ).toEqual([1]);
    expect(
      supersededOf(
        [
          [other, 20],
          [old, 10],
        ],
        10,
      ),
    ).toEqual([1]);
    expect(
      supersededOf(
        [
          [old, 10],
          [other, 20],
        ],
        9,
      ),
    ).toEqual([]);
    expect(
      supersededOf(
        [
          [old, 30],
          [other, 20],
        ],
        25,
      ),
    ).toEqual([2]);
  });

  it.each([
    [1, [2, 1]],
    [2, [1]],
    [3, []],
  ])('goes however lately it was used where %d versions are to stay', (keep, gone) => {
    const third = { number: 3, identity: 'c', from: [1, 3] } as const;
    const used = [[other, 80] as const, [old, 70] as const, [third, 90] as const];
    expect(supersededOf(used, 100, keep)).toEqual(gone);
  });

  it('goes with all of its entries, or with none', () => {
    const more = { ...old, number: 3 };
    expect(
      supersededOf(
        [
          [old, 10],
          [other, 20],
          [more, 12],
        ],
        15,
      ),
    ).toEqual([1, 3]);
    expect(
      supersededOf(
        [
          [old, 10],
          [other, 20],
          [more, 18],
        ],
        15,
      ),
    ).toEqual([]);
    expect(
      supersededOf(
        [
          [more, 18],
          [other, 20],
          [old, 10],
        ],
        15,
      ),
    ).toEqual([]);
  });

  it.each<[string, Saved]>([
    ['one that lived in the same files, such as another closure of a factory', { ...other, from: [1, 1] }],
    ['one that was wrapped elsewhere', { ...other, from: [2, 2] }],
    ['one of another name', { ...other, name: 'other' }],
    ['an entry of its own, saved when its files said something else', { ...other, identity: 'a' }],
    ['one that does not say where it was wrapped', { number: 2, identity: 'b' }],
  ])('is not superseded by %s', (_what, by) => {
    expect(
      supersededOf(
        [
          [old, 10],
          [by, 20],
        ],
        15,
      ),
    ).toEqual([]);
  });
});

const ALL = [old, { ...old, number: 3 }, other];

describe('Superseded entries', () => {
  const inspected = useInspected();

  it('go by prune of a cache where that is asked for, a day after their last use', () => {
    const store = memoryStore();
    const cache = new TempCache('versions', { store, maxAge: Infinity });
    for (const saved of ALL) {
      store.set(idOf(saved.number), [recordOf(saved)].flat(), NEVER);
      store.touch(idOf(saved.number), clock.now);
    }
    clock.now += DAY;
    store.touch(idOf(other.number), clock.now);
    expect(() => cache.prune({ superceded: true } as object)).toThrow(/did you mean "superseded"/);
    expect(() => cache.prune({ superseded: 1 } as object)).toThrow(/must be true or false/);
    expect(cache.prune({ superseded: true })).toMatchObject({ superseded: 2, expired: 0 });
    expect(Array.from(cache.items(), ({ id }) => id)).toEqual([idOf(other.number)]);
  });

  it('are counted apart in a folder, and go from there', () => {
    const { cache, inspector, path } = inspected();
    cache.itemForKey(1).save(1);
    for (const saved of ALL) {
      writeFileSync(join(path, idOf(saved.number)), joined(recordOf(saved)) as Buffer);
      useAt(path, idOf(saved.number), clock.now - (saved === other ? 0 : DAY));
    }
    const [load] = inspector.functions().filter(({ name }) => name === 'load');
    expect(load).toMatchObject({ entries: 3, superseded: 2 });
    expect(inspector.prune({ superseded: true, dryRun: true })).toMatchObject({ superseded: 2 });
    expect(inspector.prune()).toMatchObject({ superseded: 0 });
    expect(inspector.prune({ superseded: true })).toMatchObject({ superseded: 2 });
    expect(inspector.functions().find(({ name }) => name === 'load')).toMatchObject({ entries: 1, superseded: 0 });
  });
});
