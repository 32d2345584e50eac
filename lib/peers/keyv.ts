/** `tempcache/keyv`: a Keyv as the store of a cache, and a cache as the storage of a Keyv. */

import type { TempCache } from '../temp-cache.ts';
import type { Store } from '../stores/store.ts';
import { Rows } from './rows.ts';

export { keyvStore, type KeyvLike } from '../stores/keyv-store.ts';

/** What Keyv asks of a storage adapter. */
export interface KeyvStorage {
  /** Set by Keyv: its keys begin with it and a colon. */
  namespace?: string | undefined;
  /** Tells Keyv that this storage can be listed: it goes by the names of those that it knows. */
  readonly opts: { readonly dialect: 'sqlite'; readonly url: '' };
  get(key: string): Promise<unknown>;
  getMany(keys: readonly string[]): Promise<unknown[]>;
  has(key: string): Promise<boolean>;
  /** @param ttl ms; 0 or left out for no end */
  set(key: string, value: unknown, ttl?: number): Promise<void>;
  delete(key: string): Promise<boolean>;
  deleteMany(keys: readonly string[]): Promise<boolean>;
  /** Removes what has a key of the namespace, or all that a Keyv has stored where there is no namespace. */
  clear(): Promise<void>;
  iterator(namespace?: string): AsyncGenerator<[key: string, value: unknown], void>;
  disconnect(): Promise<void>;
  /** Nothing is reported but what is thrown. */
  on(): KeyvStorage;
}

/**
 * A cache as the storage of a Keyv (5 or 6), and so of all that is built upon Keyv: cache-manager, Nest, got. The ttl of Keyv holds, and
 * not the `maxAge` of the cache; limits of the cache hold. Other entries of the cache are left alone. Disconnecting does not close it.
 *
 * @example
 * const keyv = new Keyv({ store: toKeyv(new TempCache('keyv')) });
 */
export function toKeyv<S extends Store>(cache: TempCache<S>): KeyvStorage {
  const rows = new Rows(cache, 'keyv');
  const prefixOf = (namespace: string | undefined): string => (namespace === undefined ? '' : `${namespace}:`);
  const valueOf = async (key: string): Promise<unknown> => (await rows.get(key))?.value;
  const storage: KeyvStorage = {
    namespace: undefined,
    opts: { dialect: 'sqlite', url: '' },
    get: valueOf,
    getMany: async (keys) => Promise.all(keys.map(valueOf)),
    has: async (key) => rows.has(key),
    set: async (key, value, ttl) => rows.set(key, value, ttl),
    delete: async (key) => rows.delete(key),
    async deleteMany(keys) {
      const removed = await Promise.all(keys.map(async (key) => rows.delete(key)));
      return removed.includes(true);
    },
    clear: async () => rows.clear(prefixOf(storage.namespace)),
    async *iterator(namespace) {
      for await (const { key, value } of rows.list(prefixOf(namespace))) yield [key, value];
    },
    disconnect: async () => undefined,
    on: () => storage,
  };
  return storage;
}
