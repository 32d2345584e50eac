import { describe, expect, it } from '@jest/globals';
import { existsSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openDatabase } from '../../../lib/stores/sqlite/driver.ts';
import { sqliteStore } from '../../../lib/stores/sqlite/sqlite-store.ts';
import { TempCache } from '../../../lib/temp-cache.ts';
import { takeLease } from '../../support/lease.ts';
import { bytesOf, entriesOf, idOf, NEVER } from '../../support/store-suite/use-store.ts';
import { useTempFolders } from '../../support/temp-folder.ts';
import { testStore } from '../../support/test-store.ts';
import { makeTrace } from '../../support/trace.ts';

const tempFolder = useTempFolders();
const newPath = (): string => join(tempFolder(), 'folder', 'cache.sqlite');

/** A holder is seen to live, so no lease of these specs runs out. */
testStore(
  'sqliteStore',
  () => {
    const path = newPath();
    return { store: sqliteStore({ path }), other: sqliteStore({ path }) };
  },
  { runsOut: false },
);

describe('sqliteStore', () => {
  it('makes no file before something is saved, and then one that only its owner can read', () => {
    const path = newPath();
    const store = sqliteStore({ path });
    expect([store.get(idOf(0)), store.delete(idOf(0)), store.clear(), [...store.entries()]]).toEqual([
      undefined,
      false,
      0,
      [],
    ]);
    store.counters.add('a', { x: 1 });
    expect(existsSync(join(path, '..'))).toBe(false);
    store.set(idOf(0), [bytesOf(1)], NEVER);
    expect([statSync(path).mode & 0o777, statSync(join(path, '..')).mode & 0o777]).toEqual([0o600, 0o700]);
    expect(statSync(`${path}-wal`).mode & 0o777).toBe(0o600);
  });

  it('begins anew where its file was removed', async () => {
    const path = newPath();
    const store = sqliteStore({ path });
    store.set(idOf(0), [bytesOf(1)], NEVER);
    rmSync(join(path, '..'), { recursive: true });
    store.set(idOf(1), [bytesOf(2)], NEVER);
    expect((await entriesOf(sqliteStore({ path }))).map(({ id }) => id)).toEqual([idOf(1)]);
    rmSync(path);
    expect(takeLease(store, idOf(1))?.takenOver).toBe(false);
    expect([store.get(idOf(1)), takeLease(sqliteStore({ path }), idOf(1))]).toEqual([undefined, undefined]);
  });

  it('tells each record from all others that its id has had', () => {
    const store = sqliteStore({ path: newPath() });
    const stamps = [1, 2, 3].map((length) => {
      store.set(idOf(0), [bytesOf(length)], NEVER);
      const stamp = store.stamp(idOf(0));
      store.delete(idOf(0));
      return stamp?.file;
    });
    expect(new Set(stamps).size).toBe(3);
    expect([store.stamps, store.stamp(idOf(0))]).toEqual([true, undefined]);
  });

  it('takes a lease from a holder of another machine when it runs out, and from one that is dead at once', () => {
    const path = newPath();
    const store = sqliteStore({ path });
    store.set(idOf(0), [bytesOf(1)], NEVER);
    const database = openDatabase(path);
    const hold = (id: string, holder: string, until: number): unknown =>
      database.prepare('INSERT INTO leases VALUES (?, ?, ?, ?, ?)').run(id, holder, 'token', 1, until);
    const dead = store.holder.replace(/^(\w+)-\d+-\d+/, '$1-4194305-4194305');
    hold(idOf(1), 'elsewhere', Date.now() + 60_000);
    hold(idOf(2), 'elsewhere', Date.now() - 1);
    hold(idOf(3), dead, Date.now() + 60_000);
    expect(store.lease(idOf(1), 1000)).toEqual({ heldBy: 'elsewhere', since: 1 });
    expect([2, 3].map((n) => takeLease(store, idOf(n))?.takenOver)).toEqual([true, true]);
    database.close();
  });

  it('waits for a process that writes', async () => {
    const path = newPath();
    const stores = [1, 2, 3, 4].map(() => sqliteStore({ path }));
    for (let n = 0; n < 40; n++) stores[n % 4]?.set(idOf(n), [bytesOf(100)], NEVER);
    expect((await entriesOf(sqliteStore({ path }))).length).toBe(40);
  });

  it('gives pages back to the disk when it is cleared', () => {
    const path = newPath();
    const store = sqliteStore({ path });
    for (let n = 0; n < 50; n++) store.set(idOf(n), [bytesOf(100_000)], NEVER);
    store.clear();
    store.close();
    expect(statSync(path).size).toBeLessThan(100_000);
  });

  it('computes where the file is no database, and says so', () => {
    const path = join(tempFolder(), 'text');
    writeFileSync(path, 'some text that is long enough to be looked at'.repeat(100));
    const trace = makeTrace();
    const cache = new TempCache('any', { store: sqliteStore({ path }), stats: false, onEvent: trace.onEvent });
    expect(cache.itemForKey(1).loadOrSave(() => 5)).toBe(5);
    expect(trace.take().join()).toMatch(/readFailed/);
    expect(() => cache.itemForKey(1).load()).toThrow(/not a database/);
  });

  it('keeps sync functions sync, counts calls, checks values in memory', async () => {
    const path = newPath();
    const open = (): TempCache => new TempCache('any', { store: sqliteStore({ path }), memory: true });
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
    [undefined, /path of sqliteStore/],
    [{ path: '' }, /path of sqliteStore/],
    [{ file: 'x' }, /has no option "file"/],
  ])('refuses options that are wrong: %p', (options, message) => {
    expect(() => sqliteStore(options as never)).toThrow(message);
  });
});
