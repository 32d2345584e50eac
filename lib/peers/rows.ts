import type { CacheItem } from '../cache-item.ts';
import type { AsyncStore } from '../stores/store.ts';
import type { TempCache } from '../temp-cache.ts';

/** What is stored: the key too, for listings. */
interface Row {
  readonly owner: string;
  readonly key: string;
  readonly value: unknown;
  /** Ms since the epoch. */
  readonly savedAt: number;
}

/** Entries of a cache that another package names by its own keys, apart from all others. Their ages are that package's affair. */
export class Rows {
  readonly #cache: TempCache<AsyncStore>;
  readonly #owner: string;

  constructor(cache: unknown, owner: string) {
    // Answers are waited for, whether they are promises or not.
    this.#cache = (cache as TempCache<AsyncStore>).with({ maxAge: Infinity });
    this.#owner = owner;
  }

  /** Undefined where there is none, and for one that cannot be read. */
  async get(key: string): Promise<Row | undefined> {
    return this.#item(key).tryLoad<Row>();
  }

  async has(key: string): Promise<boolean> {
    return this.#item(key).exists();
  }

  /** @param ttl ms; 0 or left out for no end */
  async set(key: string, value: unknown, ttl = 0): Promise<void> {
    const row: Row = { owner: this.#owner, key, value, savedAt: Date.now() };
    await this.#item(key).save(row, ttl === 0 ? {} : { maxAge: ttl });
  }

  async delete(key: string): Promise<boolean> {
    return this.#item(key).delete();
  }

  /** Those whose keys begin with a text, and that are still fresh. Each record is read. */
  async *list(prefix: string): AsyncGenerator<Row, void> {
    for await (const item of this.#cache.items()) {
      if ((await item.info())?.name !== '') continue;
      const row = await item.tryLoad<Partial<Row>>();
      if (row?.owner === this.#owner && row.key?.startsWith(prefix) === true) yield row as Row;
    }
  }

  async clear(prefix: string): Promise<void> {
    for await (const { key } of this.list(prefix)) await this.delete(key);
  }

  #item(key: string): CacheItem<AsyncStore> {
    return this.#cache.itemForKey([this.#owner, key]);
  }
}
