import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import * as node from 'node:perf_hooks';
import { readdirSync, renameSync } from 'node:fs';
import { isItemId, PRUNE_NOTE } from '../../lib/common/ids.ts';
import { fileStore } from '../../lib/stores/file/file-store.ts';
import type { SyncStore } from '../../lib/stores/store.ts';
import { memoryStore } from '../../lib/stores/memory.ts';
import { TempCache, type TempCacheOptions } from '../../lib/index.ts';
import { useClock } from '../support/clock.ts';
import { makeFaulty, type FaultyStore } from '../support/faulty-store.ts';
import { useTempFolders } from '../support/temp-folder.ts';

const HOUR = 3_600_000;
const tempFolder = useTempFolders();

/** What a look at a record takes, in ms, and when it is by the clock that never jumps: only looks take time. */
let [takes, time] = [0, 0];

beforeEach(() => {
  [takes, time] = [0, 0];
  jest.spyOn(node.performance, 'now').mockImplementation(() => time);
});

afterEach(() => {
  jest.restoreAllMocks();
});

/** A store in a folder, in which looks take time. */
function storeIn(path: string): FaultyStore<SyncStore> {
  const made = makeFaulty(fileStore({ path }));
  const peek = made.store.peek.bind(made.store);
  const store = Object.assign(made.store, {
    peek(id: string) {
      time += takes;
      return peek(id);
    },
  });
  return { ...made, store };
}

function cacheIn(path: string, options: TempCacheOptions = {}): TempCache {
  return new TempCache('spec', { store: storeIn(path).store, stats: false, maxAge: HOUR, ...options });
}

function itemsIn(path: string): number {
  return readdirSync(path).filter((name) => name.length === 64 && isItemId(name)).length;
}

describe('At the end of a cache that has saved', () => {
  const clock = useClock();

  /** A folder with so many records that have expired among as many that have not, by a process that did not prune. */
  function filled(expired: number, fresh = expired): string {
    const [there, path] = ['there', 'here'].map((name) => `${tempFolder()}/${name}`) as [string, string];
    const cache = cacheIn(there);
    for (let n = 0; n < expired; n++) cache.itemForKey(n).save(n);
    clock.now += 2 * HOUR;
    for (let n = 0; n < fresh; n++) cache.itemForKey(`fresh ${n}`).save(n);
    // This thread has saved nothing there.
    renameSync(there, path);
    return path;
  }

  /** One short script: it saves, and ends. */
  function script(path: string, key: string, options?: TempCacheOptions): void {
    const cache = cacheIn(path, options);
    cache.itemForKey(key).save(key);
    cache.close();
  }

  /** How many records a script looks at. */
  function lookedAt(path: string): () => number {
    return () => {
      const { store, asked } = storeIn(path);
      const cache = new TempCache('spec', { store, stats: false, maxAge: HOUR });
      cache.itemForKey('same').save('same');
      asked.length = 0;
      cache.close();
      return asked.filter((operation) => operation === 'peek').length - 1;
    };
  }

  it('a slice of what is expired goes, and the next one goes on, until all is done', () => {
    const path = filled(20);
    takes = 1;
    const left = Array.from({ length: 30 }, () => {
      script(path, 'same');
      return itemsIn(path);
    });
    // One look is for the mark.
    expect([41, ...left].every((count, n) => count - (left[n] ?? count) <= 5)).toBe(true);
    expect(left[8]).toBe(21);
  });

  it('of twice as many records as were saved, however long that takes: so no folder grows', () => {
    const path = filled(40, 0);
    takes = 1000;
    const cache = cacheIn(path);
    for (let n = 0; n < 10; n++) cache.itemForKey(`new ${n}`).save(n, { maxAge: 0 });
    cache.close();
    expect(itemsIn(path)).toBe(30);
  });

  it('then they rest, for a tenth of maxAge', () => {
    const path = filled(3);
    script(path, 'a');
    expect(itemsIn(path)).toBe(4);
    cacheIn(path).itemForKey('short').save(1, { maxAge: 1 });
    clock.now += HOUR / 10 - 1;
    script(path, 'b');
    expect(itemsIn(path)).toBe(6);
    clock.now += 2;
    script(path, 'c');
    expect(itemsIn(path)).toBe(6);
  });

  it('nothing goes that others want, and nothing at all when nothing was saved', () => {
    const path = filled(5);
    const reader = cacheIn(path);
    expect([reader.itemForKey('fresh 0').load(), reader.itemForKey(0).tryLoad('gone')]).toEqual([0, 'gone']);
    reader.wrap((n: number) => n, { name: 'unsaved', shouldCache: () => false })(1);
    reader.close();
    expect([itemsIn(path), readdirSync(path).includes(PRUNE_NOTE)]).toEqual([10, false]);
    script(path, 'impatient', { maxAge: 1000 });
    expect(itemsIn(path)).toBe(6);
  });

  it('the run of a generator goes with all its parts', () => {
    const path = `${tempFolder()}/cache`;
    const cache = cacheIn(path);
    const items = cache.wrap(function* items() {
      for (let n = 0; n < 3; n++) yield 'x'.repeat(100_000);
    });
    expect([...items()]).toHaveLength(3);
    const before = readdirSync(path).length;
    clock.now += 2 * HOUR;
    script(path, 'other');
    expect(before).toBeGreaterThan(2);
    expect(readdirSync(path).filter((name) => name !== PRUNE_NOTE)).toHaveLength(1);
  });

  it('what was removed is not counted against the limits any more', () => {
    const path = `${tempFolder()}/cache`;
    const options = { maxEntries: 10 };
    const cache = cacheIn(path, options);
    for (let n = 0; n < 10; n++) cache.itemForKey(n).save(n);
    clock.now += 2 * HOUR;
    script(path, 'other', options);
    expect(itemsIn(path)).toBe(1);
    const later = cacheIn(path, options);
    for (let n = 0; n < 9; n++) later.itemForKey(`new ${n}`).save(n);
    expect(itemsIn(path)).toBe(10);
  });

  it('begins anew where the time is over before it comes to where the last one has ended', () => {
    const path = filled(0, 20);
    takes = 1;
    script(path, 'same');
    script(path, 'same');
    const [ids] = [jest.spyOn(node.performance, 'now')];
    // Names take time as well now.
    ids.mockImplementation(() => (time += 1));
    takes = 0;
    const looked = lookedAt(path);
    expect(looked()).toBe(0);
    expect(looked()).toBeGreaterThan(0);
  });

  it('a damaged record, and a mark that makes no sense, stop nothing', () => {
    const path = filled(5);
    const store = fileStore({ path });
    const [id] = [...(store.ids() as Iterable<string>)].filter(isItemId) as [string];
    store.set(id, [new Uint8Array(300)], { expiresAt: Infinity });
    store.set(PRUNE_NOTE, [new Uint8Array(300)], { expiresAt: Infinity });
    script(path, 'other');
    expect([6, 7]).toContain(itemsIn(path));
  });

  it('a failing store is no failure of close()', () => {
    const { store, ...faulty } = storeIn(`${tempFolder()}/cache`);
    const cache = new TempCache('spec', { store });
    cache.itemForKey(1).save(1);
    faulty.break('ids', { error: new Error('no power') });
    expect(() => cache.close()).not.toThrow();
  });

  it('nothing is listed of a store that lists no ids, and of a temporary cache', () => {
    const { store, asked } = makeFaulty(memoryStore());
    const cache = new TempCache('spec', { store, stats: false });
    cache.itemForKey(1).save(1);
    asked.length = 0;
    cache.close();
    expect(asked).toEqual(['ids', 'close']);
    const temporary = TempCache.temporary();
    temporary.itemForKey(1).save(1);
    const looks = jest.spyOn(node.performance, 'now').mockClear();
    temporary.close();
    expect(looks).not.toHaveBeenCalled();
  });
});
