import { beforeEach, describe, expect, it } from '@jest/globals';
import { NO_COUNTS, type CallCounts } from '../../lib/stats/counts.ts';
import { COUNTS_MARK, STATISTICS_BASE } from '../../lib/common/ids.ts';
import { ABANDONED, compactStatistics, readStatistics, resetStatistics } from '../../lib/stats/statistics.ts';
import { encodeNote, type NoteContent } from '../../lib/stats/statistics-note.ts';
import { carryOut, each, type Steps } from '../../lib/runtime/steps.ts';
import { fileStore } from '../../lib/stores/file/file-store.ts';
import type { Store, StoreEntry } from '../../lib/stores/store.ts';
import { START, useClock } from '../support/clock.ts';
import { storeKinds } from '../support/store-kinds.ts';
import { useTempFolders } from '../support/temp-folder.ts';
import { takeLease } from '../support/lease.ts';

const NEVER = { expiresAt: Infinity };

function noteId(n: number): string {
  return COUNTS_MARK + String(n).padStart(47, '0');
}

function countsOf(name: string, counted: Partial<CallCounts>, identity = 'i') {
  return { name, identity, ...NO_COUNTS, ...counted };
}

const folder = useTempFolders();
const clock = useClock();

describe.each(storeKinds)('Notes of counts over $name', ({ make }) => {
  let store: Store;
  const run = async <T>(steps: Steps<T>): Promise<T> => carryOut(store, steps);

  beforeEach(async () => {
    store = make(folder);
    // The lease makes the folder.
    await (await takeLease(store, 'f'.repeat(64), 1000))?.release();
  });

  /** Writes a note; final, if nothing else is said. */
  async function write(n: number, count: number, content: Partial<NoteContent> = {}): Promise<void> {
    const functions = [countsOf('load', { hits: count })];
    const record = encodeNote(noteId(n), { epoch: '', isFinal: true, merged: [], functions, ...content }, clock.now);
    await store.set(noteId(n), record, NEVER);
  }

  async function writeBase(content: Partial<NoteContent>): Promise<void> {
    const whole = { epoch: '', isFinal: false, merged: [], functions: [], ...content };
    await store.set(STATISTICS_BASE, encodeNote(STATISTICS_BASE, whole, clock.now), NEVER);
  }

  async function hits(): Promise<number> {
    const all = await run(readStatistics(store));
    return all.reduce((sum, counted) => sum + counted.hits, 0);
  }

  async function ids(): Promise<string[]> {
    const found: string[] = [];
    // oxlint-disable-next-line require-yield
    const visit = function* visit({ id }: StoreEntry): Steps<void> {
      found.push(id);
    };
    await run(each(store.entries(), visit));
    return found.sort((one, other) => (one < other ? -1 : 1));
  }

  it('tell of nothing where there are none, and nothing is made for that', async () => {
    expect(await run(readStatistics(store))).toEqual([]);
    await run(compactStatistics(store));
    await run(resetStatistics(store));
    expect(await ids()).toEqual([]);
  });

  it('are summed up by name and identity', async () => {
    await write(1, 0, { functions: [countsOf('a', { hits: 1, savedMs: 0.5 }), countsOf('b', { misses: 2 })] });
    await write(2, 0, { functions: [countsOf('a', { hits: 3, savedMs: 0.25 }), countsOf('a', { errors: 1 }, 'j')] });
    const expected = [
      countsOf('a', { hits: 4, savedMs: 0.75 }),
      countsOf('a', { errors: 1 }, 'j'),
      countsOf('b', { misses: 2 }),
    ];
    const byName = (all: readonly object[]): string[] =>
      all.map((one) => JSON.stringify(one)).toSorted((one, other) => (one < other ? -1 : 1));
    expect(byName(await run(readStatistics(store)))).toEqual(byName(expected));
    await run(compactStatistics(store));
    expect(byName(await run(readStatistics(store)))).toEqual(byName(expected));
  });

  it('are merged into one when their writers have ended, and stay as they are until then', async () => {
    await write(1, 1);
    await write(2, 10, { isFinal: false });
    await write(3, 100);
    expect(await hits()).toBe(111);
    await run(compactStatistics(store));
    expect([await hits(), await ids()]).toEqual([111, [STATISTICS_BASE, noteId(2)]]);
    await write(2, 20);
    await write(4, 1000);
    await run(compactStatistics(store));
    expect([await hits(), await ids()]).toEqual([1121, [STATISTICS_BASE]]);
  });

  it('are merged when nobody has written them for hours', async () => {
    await write(1, 1, { isFinal: false });
    clock.now = START + ABANDONED - 1;
    await run(compactStatistics(store));
    expect(await ids()).toEqual([noteId(1)]);
    clock.now++;
    await run(compactStatistics(store));
    expect([await hits(), await ids()]).toEqual([1, [STATISTICS_BASE]]);
  });

  it('count once where they were merged and could not be removed', async () => {
    await write(1, 1);
    await write(2, 10);
    await writeBase({ merged: [noteId(1)], functions: [countsOf('load', { hits: 1 })] });
    expect(await hits()).toBe(11);
    await run(compactStatistics(store));
    expect([await hits(), await ids()]).toEqual([11, [STATISTICS_BASE]]);
  });

  it('are left alone while somebody else merges', async () => {
    await write(1, 1);
    const lease = await takeLease(store, STATISTICS_BASE, 60_000);
    await run(compactStatistics(store));
    expect([await hits(), await ids()]).toEqual([1, [noteId(1)]]);
    await lease?.release();
    await run(compactStatistics(store));
    expect(await ids()).toEqual([STATISTICS_BASE]);
  });

  it('are forgotten by a reset, and so is what was about to be written', async () => {
    await write(1, 1);
    await writeBase({ functions: [countsOf('load', { hits: 5 })] });
    await run(resetStatistics(store));
    expect([await hits(), await ids()]).toEqual([0, [STATISTICS_BASE]]);
    await write(1, 1, { isFinal: false });
    expect(await hits()).toBe(0);
    await run(compactStatistics(store));
    expect([await hits(), await ids()]).toEqual([0, [STATISTICS_BASE]]);
  });

  it('that are damaged, or no notes, count nothing and are removed', async () => {
    await write(1, 1);
    await write(2, 10);
    const cut = Buffer.concat([...((await store.get(noteId(2))) ?? [])]).subarray(0, -1);
    await store.set(noteId(2), [cut], NEVER);
    await store.set(noteId(3), [Buffer.from('nothing')], NEVER);
    await write(4, 100, { functions: [countsOf('load', { hits: Number.NaN })] });
    expect(await hits()).toBe(1);
    await run(compactStatistics(store));
    expect([await hits(), await ids()]).toEqual([1, [STATISTICS_BASE]]);
  });

  it('count on where the merged one is damaged', async () => {
    await writeBase({ epoch: 'second', functions: [countsOf('load', { hits: 5 })] });
    await write(1, 1, { epoch: 'second' });
    await write(2, 10, { epoch: 'second', isFinal: false });
    await store.set(STATISTICS_BASE, [Buffer.from('nothing')], NEVER);
    expect(await hits()).toBe(11);
    await run(compactStatistics(store));
    expect(await hits()).toBe(11);
  });

  it('tell a thousand functions apart, and those that count least by their names alone', async () => {
    const functions = Array.from({ length: 1500 }, (_, n) => countsOf('load', { hits: n }, String(n)));
    await write(1, 0, { functions });
    await run(compactStatistics(store));
    const all = await run(readStatistics(store));
    expect([all.length, await hits()]).toEqual([501, (1500 * 1499) / 2]);
    expect(all).toContainEqual(countsOf('load', { hits: 1499 }, '1499'));
  });
});

describe('Reading notes while others merge', () => {
  it('begins again, so that nothing is missed and nothing counted twice', () => {
    const store = fileStore({ path: folder() });
    const functions = [countsOf('load', { hits: 1 })];
    for (const n of [1, 2, 3]) {
      store.set(noteId(n), encodeNote(noteId(n), { epoch: '', isFinal: true, merged: [], functions }, START), NEVER);
    }
    let merges = 1;
    const merging: Store = {
      ...store,
      get: (id: string) => store.get(id),
      // After the reader has seen the base, and before it sees the notes.
      entries: (prefix?: string) => {
        if (merges-- > 0) carryOut(store, compactStatistics(store));
        return store.entries(prefix);
      },
    };
    expect(carryOut(merging, readStatistics(merging))).toEqual([countsOf('load', { hits: 3 })]);
    expect(merges).toBe(-1);
  });
});
