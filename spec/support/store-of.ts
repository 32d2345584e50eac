import type { TempCacheOptions } from '../../lib/assemble.ts';
import { lmdbStore } from '../../lib/stores/lmdb/lmdb-store.ts';
import { sqliteStore } from '../../lib/stores/sqlite/sqlite-store.ts';

/** The options of a cache whose records lie in a store of one file, by the end of its path; none for a folder of files. */
export function storeOf(path: string): Pick<TempCacheOptions, 'store'> {
  if (path.endsWith('.sqlite')) return { store: sqliteStore({ path }) };
  return path.endsWith('.lmdb') ? { store: lmdbStore({ path }) } : {};
}
