import type { CacheItem } from './cache-item.ts';
import type { Store, SyncStore } from './stores/store.ts';

/** How a cache gives the iteration over its items. */
export type Items<S extends Store> = S extends SyncStore ? Iterable<CacheItem<S>> : AsyncIterable<CacheItem<S>>;

/** The items of a store, made as the iteration comes to them. */
export function listItems<S extends Store>(store: Store, make: (id: string) => CacheItem<S>): Items<S> {
  const items: unknown = store.kind === 'sync' ? listSync(store.entries(), make) : listAsync(store.entries(), make);
  return items as Items<S>;
}

function* listSync<T>(
  entries: Iterable<{ readonly id: string }>,
  make: (id: string) => T,
): Generator<T, void, undefined> {
  for (const { id } of entries) yield make(id);
}

async function* listAsync<T>(
  entries: AsyncIterable<{ readonly id: string }>,
  make: (id: string) => T,
): AsyncGenerator<T, void, undefined> {
  for await (const { id } of entries) yield make(id);
}
