import { describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { storeOfUrl } from '../../../lib/stores/schemes.ts';
import { sqlStore } from '../../../lib/stores/sql/sql-store.ts';
import { testStore } from '../../../lib/testing/index.ts';
import { bytesOf, idOf, NEVER } from '../../../lib/testing/support.ts';
import { describeWithPostgres } from '../../support/servers/postgres.ts';

let tables = 0;
const newTable = (): string => `A "cache" ${++tables}`;

describeWithPostgres('sqlStore on PostgreSQL', (url) => {
  testStore(
    'by a URL',
    () => {
      const table = newTable();
      const make = () => sqlStore(url(), { table });
      return { store: make(), other: make() };
    },
    { runsOut: false },
  );

  testStore(
    'by a pool',
    () => {
      const pool = new pg.Pool({ connectionString: url() });
      const table = newTable();
      const make = () => sqlStore(pool, { table });
      return { store: make(), other: make(), dispose: async () => pool.end() };
    },
    { runsOut: false },
  );

  it('makes its tables once, however many begin at the same time', async () => {
    const table = newTable();
    const stores = Array.from({ length: 8 }, () => sqlStore(url(), { table }));
    await Promise.all(stores.map(async (store, n) => store.set(idOf(n), [bytesOf(n)], NEVER)));
    expect(await stores[0]?.clear()).toBe(8);
    await Promise.all(stores.map(async (store) => store.close()));
  });

  it('makes no tables where nothing is saved', async () => {
    const pool = new pg.Pool({ connectionString: url() });
    const table = newTable();
    const store = sqlStore(pool, { table });
    expect([await store.get(idOf(1)), await store.heldBy(idOf(1)), await store.clear()]).toEqual([
      undefined,
      undefined,
      0,
    ]);
    const found = await pool.query('SELECT 1 FROM pg_tables WHERE tablename LIKE $1', [`${table}%`]);
    expect(found.rowCount).toBe(0);
    await pool.end();
  });

  it('is the store of a URL, whose records are those of every such store', async () => {
    const [store, same] = [storeOfUrl(url()), sqlStore(url())];
    expect(store.scope).toBe(same.scope);
    await Promise.all([store.close(), same.close()]);
  });
});

describe('sqlStore', () => {
  it.each([
    ['nothing', undefined],
    ['another URL', 'mysql://localhost/mine'],
    ['no client', {}],
  ])('refuses %s', (_what, given) => {
    expect(() => sqlStore(given as string)).toThrow(/sqlStore\(\) needs a URL/);
  });

  it('refuses unknown options', () => {
    expect(() => sqlStore('postgres://localhost', { tables: 'a' } as object)).toThrow(/did you mean "table"/);
  });
});
