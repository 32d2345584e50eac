/** `tempcache/keyv`: a Keyv as the store of a cache, and a cache as the storage of a Keyv. */

import type { TempCache } from '../temp-cache.ts';
import type { CacheItem } from '../cache-item.ts';
import type { AsyncStore, Store } from '../stores/store.ts';

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

/** What is stored: the key too, for listings. */
interface Row {
  readonly keyv: string;
  readonly value: unknown;
}

/**
 * A cache as the storage of a Keyv (5 or 6), and so of all that is built upon Keyv: cache-manager, Nest, got. The ttl of Keyv holds, and
 * not the `maxAge` of the cache; limits of the cache hold. Other entries of the cache are left alone. Disconnecting does not close it.
 *
 * @example
 * const keyv = new Keyv({ store: toKeyv(new TempCache('keyv')) });
 */
export function toKeyv<S extends Store>(cache: TempCache<S>): KeyvStorage {
  // Answers are waited for, whether they are promises or not.
  const unlimited = cache.with({ maxAge: Infinity }) as unknown as TempCache<AsyncStore>;
  const itemOf = (key: string): CacheItem<AsyncStore> => unlimited.itemForKey(['keyv', key]);
  const valueOf = async (key: string): Promise<unknown> => (await itemOf(key).tryLoad<Row>())?.value;
  const storage: KeyvStorage = {
    namespace: undefined,
    opts: { dialect: 'sqlite', url: '' },
    get: valueOf,
    getMany: async (keys) => Promise.all(keys.map(valueOf)),
    has: async (key) => itemOf(key).exists(),
    async set(key, value, ttl) {
      const row: Row = { keyv: key, value };
      await itemOf(key).save(row, ttl === undefined || ttl === 0 ? {} : { maxAge: ttl });
    },
    delete: async (key) => itemOf(key).delete(),
    async deleteMany(keys) {
      const removed = await Promise.all(keys.map(async (key) => itemOf(key).delete()));
      return removed.includes(true);
    },
    async clear() {
      for await (const { keyv } of rowsIn(unlimited, storage.namespace)) await itemOf(keyv).delete();
    },
    async *iterator(namespace) {
      for await (const { keyv, value } of rowsIn(unlimited, namespace)) yield [keyv, value];
    },
    disconnect: async () => undefined,
    on: () => storage,
  };
  return storage;
}

/** What was stored by a Keyv of that namespace, and is still fresh. Each record is read. */
async function* rowsIn(cache: TempCache<AsyncStore>, namespace: string | undefined): AsyncGenerator<Row, void> {
  const prefix = namespace === undefined ? '' : `${namespace}:`;
  for await (const item of cache.items()) {
    if ((await item.info())?.name !== '') continue;
    const row = await item.tryLoad<Row>();
    if (typeof row?.keyv === 'string' && row.keyv.startsWith(prefix)) yield row;
  }
}
