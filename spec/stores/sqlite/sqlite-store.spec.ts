import { describe, expect, it } from '@jest/globals';
import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openDatabase } from '../../../lib/stores/sqlite/driver.ts';
import { sqliteStore } from '../../../lib/stores/sqlite/sqlite-store.ts';
import { TempCache } from '../../../lib/temp-cache.ts';
import { bytesOf, entriesOf, idOf, NEVER, takeLease } from '../../../lib/testing/support.ts';
import { useTempFolders } from '../../support/temp-folder.ts';
import { testPlacedStore } from '../../support/test-placed-store.ts';
import { makeTrace } from '../../support/trace.ts';

const tempFolder = useTempFolders();
const newPath = (): string => join(tempFolder(), 'folder', 'cache.sqlite');

testPlacedStore('sqliteStore', sqliteStore, newPath);

describe('sqliteStore', () => {
  it('makes files that only their owner can read', () => {
    const path = newPath();
    sqliteStore({ path }).set(idOf(0), [bytesOf(1)], NEVER);
    expect([statSync(path).mode & 0o777, statSync(join(path, '..')).mode & 0o777]).toEqual([0o600, 0o700]);
    expect(statSync(`${path}-wal`).mode & 0o777).toBe(0o600);
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
});
