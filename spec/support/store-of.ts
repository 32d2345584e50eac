import process from 'node:process';
import type { TempCacheOptions } from '../../lib/assemble.ts';
import { lmdbStore } from '../../lib/stores/lmdb/lmdb-store.ts';
import { redisStore } from '../../lib/stores/redis/redis-store.ts';
import { sqlStore } from '../../lib/stores/sql/sql-store.ts';
import { sqliteStore } from '../../lib/stores/sqlite/sqlite-store.ts';
import type { SyncStore } from '../../lib/stores/store.ts';

/**
 * The options of a cache whose records lie on the server of `$SPEC_STORE_URL`, or in a store of one file, by the end of its path;
 * none for a folder of files. Scripts wait for whatever comes of a call.
 */
export function storeOf(path: string): Pick<TempCacheOptions, 'store'> {
  const url = process.env['SPEC_STORE_URL'];
  if (url !== undefined) {
    const store = url.startsWith('redis') ? redisStore(url) : sqlStore(url);
    return { store: store as unknown as SyncStore };
  }
  if (path.endsWith('.sqlite')) return { store: sqliteStore({ path }) };
  return path.endsWith('.lmdb') ? { store: lmdbStore({ path }) } : {};
}
