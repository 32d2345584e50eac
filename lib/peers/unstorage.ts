/** `tempcache/unstorage`: a cache as a driver of unstorage, and so of Nitro and Nuxt. */

import type { Store } from '../stores/store.ts';
import type { TempCache } from '../temp-cache.ts';
import { Rows } from './rows.ts';

/** What unstorage gives with an item. */
export interface UnstorageItemOptions {
  /** Seconds, as the other drivers have it. Default: no end. */
  readonly ttl?: number;
}

/** What unstorage asks of a driver. */
export interface UnstorageDriver {
  readonly name: 'tempcache';
  hasItem(key: string): Promise<boolean>;
  /** Null where there is none. */
  getItem(key: string): Promise<string | null>;
  getItemRaw(key: string): Promise<unknown>;
  setItem(key: string, value: string, options?: UnstorageItemOptions): Promise<void>;
  setItemRaw(key: string, value: unknown, options?: UnstorageItemOptions): Promise<void>;
  removeItem(key: string): Promise<void>;
  /** Null where there is none. */
  getMeta(key: string): Promise<{ readonly mtime: Date } | null>;
  getKeys(base?: string): Promise<string[]>;
  clear(base?: string): Promise<void>;
}

/**
 * A cache as a driver of unstorage. Other entries of the cache are left alone; a `ttl` of unstorage holds, and not the `maxAge` of the
 * cache; limits of the cache hold. Raw items are values that the serializer of the cache can keep. Disposing does not close the cache.
 *
 * @example
 * const storage = createStorage({ driver: tempcacheDriver(new TempCache('storage')) });
 */
export function tempcacheDriver<S extends Store>(cache: TempCache<S>): UnstorageDriver {
  const rows = new Rows(cache, 'unstorage');
  const valueOf = async (key: string): Promise<unknown> => (await rows.get(key))?.value ?? null;
  const set = async (key: string, value: unknown, { ttl = 0 }: UnstorageItemOptions = {}): Promise<void> =>
    rows.set(key, value, ttl * 1000);
  return {
    name: 'tempcache',
    hasItem: async (key) => rows.has(key),
    getItem: async (key) => (await valueOf(key)) as string | null,
    getItemRaw: valueOf,
    setItem: set,
    setItemRaw: set,
    removeItem: async (key) => void (await rows.delete(key)),
    async getMeta(key) {
      const row = await rows.get(key);
      return row === undefined ? null : { mtime: new Date(row.savedAt) };
    },
    async getKeys(base = '') {
      const keys: string[] = [];
      for await (const { key } of rows.list(base)) keys.push(key);
      return keys;
    },
    clear: async (base = '') => rows.clear(base),
  };
}
