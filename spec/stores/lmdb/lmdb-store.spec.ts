import { describe, expect, it } from '@jest/globals';
import { existsSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { lmdbStore } from '../../../lib/stores/lmdb/lmdb-store.ts';
import { TempCache } from '../../../lib/temp-cache.ts';
import { takeLease } from '../../support/lease.ts';
import { bytesOf, entriesOf, idOf, NEVER } from '../../support/store-suite/use-store.ts';
import { useTempFolders } from '../../support/temp-folder.ts';
import { testStore } from '../../support/test-store.ts';

const tempFolder = useTempFolders();
const newPath = (): string => join(tempFolder(), 'folder', 'cache.lmdb');

/** A holder is seen to live, so no lease of these specs runs out. */
testStore(
  'lmdbStore',
  () => {
    const path = newPath();
    return { store: lmdbStore({ path }), other: lmdbStore({ path }) };
  },
  { runsOut: false },
);

describe('lmdbStore', () => {
  it('makes no folder before something is saved, and then one that only its owner can enter', () => {
    const path = newPath();
    const store = lmdbStore({ path });
    expect([store.get(idOf(0)), store.delete(idOf(0)), store.clear(), [...store.entries()]]).toEqual([
      undefined,
      false,
      0,
      [],
    ]);
    store.counters.add('a', { x: 1 });
    expect(existsSync(join(path, '..'))).toBe(false);
    store.set(idOf(0), [bytesOf(1)], NEVER);
    expect(statSync(path).mode & 0o777).toBe(0o700);
  });

  it('begins anew where its file was removed', async () => {
    const path = newPath();
    const store = lmdbStore({ path });
    store.set(idOf(0), [bytesOf(1)], NEVER);
    rmSync(join(path, '..'), { recursive: true });
    store.set(idOf(1), [bytesOf(2)], NEVER);
    expect((await entriesOf(lmdbStore({ path }))).map(({ id }) => id)).toEqual([idOf(1)]);
    rmSync(path, { recursive: true });
    expect(takeLease(store, idOf(1))?.takenOver).toBe(false);
    expect([store.get(idOf(1)), takeLease(lmdbStore({ path }), idOf(1))]).toEqual([undefined, undefined]);
  });

  it('tells each record from all others that its id has had', () => {
    const store = lmdbStore({ path: newPath() });
    const stamps = [1, 2, 3].map((length) => {
      store.set(idOf(0), [bytesOf(length)], NEVER);
      const stamp = store.stamp(idOf(0));
      store.delete(idOf(0));
      return stamp?.file;
    });
    expect(new Set(stamps).size).toBe(3);
    expect([store.stamps, store.stamp(idOf(0))]).toEqual([true, undefined]);
  });

  it('keeps sync functions sync, counts calls, checks values in memory', async () => {
    const path = newPath();
    const open = (): TempCache => new TempCache('any', { store: lmdbStore({ path }), memory: true });
    const cache = open();
    const load = (id: number): object => ({ id });
    expect([cache.cacheResult(load, 1), cache.cacheResult(load, 1)]).toEqual([{ id: 1 }, { id: 1 }]);
    expect(cache.path).toBeUndefined();
    open().itemForCall(load, 1).save({ id: 'changed' });
    expect(cache.cacheResult(load, 1)).toEqual({ id: 'changed' });
    cache.close();
    expect(open().stats()).toMatchObject({ entries: 1, misses: 1, hits: 2 });
  });

  it.each([
    [undefined, /path of lmdbStore/],
    [{ path: '' }, /path of lmdbStore/],
    [{ file: 'x' }, /has no option "file"/],
  ])('refuses options that are wrong: %p', (options, message) => {
    expect(() => lmdbStore(options as never)).toThrow(message);
  });
});
