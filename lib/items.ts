import type { CacheItem } from './cache-item.ts';
import { countsFor } from './calls/counts-of-context.ts';
import { textOfForms } from './calls/stored-form.ts';
import { isItemId } from './common/ids.ts';
import { joinTexts } from './common/texts.ts';
import type { CallContext } from './calls/context.ts';
import { codeOf } from './functions/captures/classes.ts';
import type { CacheParts } from './functions/function-context.ts';
import { idOfValue } from './keys/digest.ts';
import type { Store, SyncStore } from './stores/store.ts';

/** The id of the item of a key. @throws UnkeyableError */
export function idOfKey(prefix: Uint8Array, key: unknown): string {
  return idOfValue(prefix, key, { root: 'key', codeOf });
}

/** What is stored by other code of toStored and fromStored stands at other ids. */
export function saltOfItems({ salt, settings }: CacheParts): string {
  const stored = textOfForms(settings);
  return stored === undefined ? salt : joinTexts([salt, stored]);
}

/** Where items belong that no function made. */
export function itemContext({ backing, settings }: CacheParts): CallContext {
  return {
    backing,
    settings,
    counts: countsFor({ backing, settings }, { name: '', identity: '' }),
    name: '',
    identity: '',
    promised: false,
    seenPromise: false,
    seenValue: false,
    shouldCache: undefined,
    label: undefined,
  };
}

/** How a cache gives the iteration over its items. */
export type Items<S extends Store> = S extends SyncStore ? Iterable<CacheItem<S>> : AsyncIterable<CacheItem<S>>;

/** The items of a store, made as the iteration comes to them; neither chunks of generators' runs nor counters. */
export function listItems<S extends Store>(store: Store, make: (id: string) => CacheItem<S>): Items<S> {
  const items: unknown = store.kind === 'sync' ? listSync(store.entries(), make) : listAsync(store.entries(), make);
  return items as Items<S>;
}

/** As {@link listItems} for a store that is not to be touched: none. */
export function noItems<S extends Store>({ kind }: Store): Items<S> {
  const none: readonly never[] = [];
  const items: unknown = kind === 'sync' ? none.values() : listAsync(none, () => undefined);
  return items as Items<S>;
}

function* listSync<T>(
  entries: Iterable<{ readonly id: string }>,
  make: (id: string) => T,
): Generator<T, void, undefined> {
  for (const { id } of entries) if (isItemId(id)) yield make(id);
}

async function* listAsync<T>(
  entries: AsyncIterable<{ readonly id: string }> | readonly never[],
  make: (id: string) => T,
): AsyncGenerator<T, void, undefined> {
  for await (const { id } of entries) if (isItemId(id)) yield make(id);
}
