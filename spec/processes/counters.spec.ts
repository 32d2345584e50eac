import { describe, expect, it, jest } from '@jest/globals';
import { readdirSync } from 'node:fs';
import { GRACE } from '../../lib/stores/file/counter-files.ts';
import { fileStore } from '../../lib/stores/file/file-store.ts';
import type { SyncCounters, SyncStore } from '../../lib/stores/store.ts';
import { useScripts, type ScriptProcess } from '../support/script-process.ts';
import { useTempFolders } from '../support/temp-folder.ts';

const start = useScripts();
const tempFolder = useTempFolders();

function begin(): { path: string; store: SyncStore; counters: SyncCounters } {
  const path = `${tempFolder()}/cache`;
  const store = fileStore({ path });
  store.set('a'.repeat(64), [new Uint8Array(1)], { expiresAt: Infinity });
  return { path, store, counters: store.counters };
}

/** Each of them answers between two adds: an add that began before has ended then. */
async function goOn(scripts: readonly ScriptProcess[]): Promise<void> {
  for (const script of scripts) script.tell('go on');
  for (const script of scripts) expect(await script.next()).toBe('going on');
}

function filesIn(path: string): string[] {
  return readdirSync(path).filter((name) => name.startsWith('counters'));
}

describe('Eight processes that add to counters while others compact them', () => {
  it('lose nothing and count nothing twice, and grow for a process that reads meanwhile', async () => {
    const { path, store, counters } = begin();
    const writers = Array.from({ length: 8 }, () => start('add-counts', [path, 300]));
    const compactors = [1, 2].map(() => start('compact-counts', [path]));
    for (const script of [...writers, ...compactors]) expect(await script.next()).toBe('ready');
    let now = Date.now();
    let seen = 0;
    let moves = 0;
    for (let round = 0; round < 8 || moves < 6; round++) {
      const before = filesIn(path).join();
      // A minute later: no add is under way any more that began before.
      await goOn(writers);
      now += 2 * GRACE;
      for (const compactor of compactors) compactor.tell(now);
      for (const compactor of compactors) expect(await compactor.next()).toBe('compacted');
      if (filesIn(path).join() !== before) moves++;
      const { sum = 0 } = counters.read('calls');
      expect(sum).toBeGreaterThanOrEqual(seen);
      seen = sum;
    }
    for (const writer of writers) writer.tell('end');
    const added = (await Promise.all(writers.map(async (writer) => writer.next()))) as number[];
    const expected = Object.fromEntries(writers.map(({ pid }, n) => [`hits:${pid}`, added[n]]));
    const sum = added.reduce((total, count) => total + (count * (count + 1)) / 2, 0);
    expect(counters.read('calls')).toEqual({ ...expected, sum });
    expect(fileStore({ path }).counters.read('calls')).toEqual({ ...expected, sum });
    store.close();
  }, 120_000);
});

describe('A process that is killed while it compacts counters', () => {
  /** A log that was set aside more than a minute ago, and a current one that is long. */
  function fill(counters: SyncCounters): number {
    let added = 0;
    for (; added < 8000; added++) counters.add('calls', { hits: 1 });
    return added;
  }

  it('loses nothing and counts nothing twice, at whichever of its steps', async () => {
    const deaths: number[] = [];
    for (let step = 1; step <= 40; step++) {
      const { path, store, counters } = begin();
      const added = fill(counters);
      expect(filesIn(path)).toEqual(['counters', 'counters-1']);
      const now = Date.now() + 2 * GRACE;
      const script = start('compact-counts', [path, step]);
      expect(await script.next()).toBe('ready');
      script.tell(now);
      const isKilled = await script.next().then(
        () => false,
        () => true,
      );
      if (!isKilled) {
        script.tell('end');
        break;
      }
      deaths.push(step);
      expect((await script.ended).signal).toBe('SIGKILL');
      const sums = (): unknown[] => [counters, fileStore({ path }).counters].map((some) => some.read('calls'));
      expect(sums()).toEqual([{ hits: added }, { hits: added }]);
      counters.add('calls', { hits: 1 });
      for (let round = 1; round <= 3; round++) {
        jest.spyOn(Date, 'now').mockReturnValue(now + 2 * GRACE * round);
        store.sweep();
        jest.restoreAllMocks();
        expect(sums()).toEqual([{ hits: added + 1 }, { hits: added + 1 }]);
      }
      expect(filesIn(path).filter((name) => name.endsWith('sums'))).toHaveLength(1);
      store.close();
    }
    // It takes a lease, replaces the sums, removes a log, sets another one aside, and gives the lease back.
    expect(deaths.length).toBeGreaterThan(8);
    expect(deaths).toEqual(deaths.map((_, n) => n + 1));
  }, 120_000);
});
