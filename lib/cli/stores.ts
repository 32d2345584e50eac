import { lmdbStore } from '../stores/lmdb/lmdb-store.ts';
import { sqliteStore } from '../stores/sqlite/sqlite-store.ts';
import { pathOfUrl, schemeOf } from '../stores/schemes.ts';
import type { SyncStore } from '../stores/store.ts';
import { misused } from './command.ts';

/** The stores that the command works on, by the schemes of their URLs. */
const STORES: Readonly<Record<string, (path: string) => SyncStore>> = {
  sqlite: (path) => sqliteStore({ path }),
  lmdb: (path) => lmdbStore({ path }),
};

/** Whether the name of a cache is the URL of a store. */
export function isUrl(name: string): boolean {
  return schemeOf(name) !== undefined;
}

/** @throws Complaint */
export function openStore(url: string): SyncStore {
  const scheme = schemeOf(url) ?? '';
  const open = Object.hasOwn(STORES, scheme) ? STORES[scheme] : undefined;
  if (open !== undefined) return open(pathOfUrl(url));
  throw misused(`The command works on stores with ${Object.keys(STORES).join(': or ')}:, not on "${url}"`);
}
