import { checkDefinition } from './check-definition.ts';
import { completeStore } from './complete.ts';
import type { StoreDefinition } from './definition.ts';
import type { Store, StoreKind, StoreOf } from './store.ts';

/**
 * Makes a store of your own from seven functions: a place for bytes, found by ids.
 *
 * | member | what it does |
 * | --- | --- |
 * | `kind` | `'sync'`: it answers at once, and cached sync functions stay sync. `'async'`: its answers may be promises, and all calls are |
 * | `get(id)` | the bytes that were set last, or `undefined` |
 * | `set(id, bytes, { expiresAt })` | keeps bytes, whole or not at all, in the place of older ones |
 * | `delete(id)` | removes a record; whether there was one |
 * | `entries()` | lists `{ id, size, savedAt }` of all records: bytes, and ms since the epoch |
 * | `clear()` | removes all records, and nothing else |
 * | `lease(id, ttl, me)` | the right to compute one value, so that not all processes compute it: see below; may be left out |
 * | `close()` | releases connections; nothing is asked afterwards |
 *
 * **Ids** are 64 characters, `0` to `9` and `a` to `f`. List what `set` was given and nothing else: keep a prefix of your own
 * where the place is shared.
 *
 * **Bytes.** What `set` is given is the store's from then on, and no one else's. What `get` gives is copied at once, and may stay
 * the store's. A record tells by itself whether it is damaged or another one: then the value is computed again. `expiresAt`, ms
 * since the epoch or `Infinity`, is when the record is of no use any more: a store with expiry of its own may drop it then, and
 * no other one has to. A record without a time beside it says itself when it was saved: `savedAtOf(bytes)`.
 *
 * **Listing.** Records may be set and deleted while `entries()` is being iterated; one that comes or goes meanwhile may or may not
 * be listed. Where the place does not bear that, gather them first. An async store may give an iterable, an async iterable, or a
 * promise of one.
 *
 * **Failures.** Throw, or reject with, whatever there is. A cached call goes on without the cache and an event tells; explicit
 * calls such as `item.load()` throw a `StoreError` with your error as its `cause`. An answer of a wrong kind, such as a promise
 * of a sync store, is such a failure too.
 *
 * **Leases.** `lease(id, ttl, me)` gives the lease `{ renew, release }` of an id to one holder at a time, over all processes, or
 * tells `{ heldBy, since }` where another one has it: its name and, if known, since when. It is not re-entrant. `me` is the name
 * of who asks: keep it with the lease and give it back as `heldBy`. Names have an order, by which two that wait for each other
 * decide who waits; where holders have no names `heldBy` is `''`, and it is `undefined` where the lease was given back just now.
 * The lease ends by `release()`, or `ttl` ms after it was taken or renewed last; then `renew()` is false, `release()` leaves the
 * lease of the next holder alone, and that one says `takenOver: true`. Clearing the records leaves leases alone. A store without
 * `lease` has leases within one thread: processes may compute the same value each.
 *
 * **Scope.** Stores of one `scope`, the same text or the very same object, are known to hold the same records, and caches over them
 * share what runs at the moment. Give a text, such as a path or an address, where records outlive the process, so that counts of
 * calls are written down at its end. Default: this definition, which no other one is.
 *
 * **Capabilities** make it cheaper, see {@link StoreHead}, {@link StoreFiles} and {@link StoreCounters}: `head` where the
 * beginning of a record, its size and its times can be read without the rest; `files` where the records lie in a folder;
 * `counters` where all processes can share a count.
 *
 * Functions are called as members, so a class with these members is a definition too.
 *
 * @example
 * const rows = new Map();
 * const store = defineStore({
 *   kind: 'sync',
 *   get: (id) => rows.get(id)?.bytes,
 *   set: (id, bytes) => rows.set(id, { bytes, savedAt: Date.now() }),
 *   delete: (id) => rows.delete(id),
 *   entries: () => [...rows].map(([id, { bytes, savedAt }]) => ({ id, size: bytes.length, savedAt })),
 *   clear: () => rows.clear(),
 *   close: () => rows.clear(),
 * });
 * const cache = new TempCache('mine', { store });
 *
 * @throws TypeError (`ERR_INVALID_ARG_VALUE`) that names the member that is missing or wrong
 */
export function defineStore<const K extends StoreKind>(definition: StoreDefinition<K>): StoreOf<K> {
  checkDefinition(definition, 'The definition of a store');
  return completeStore(definition);
}

/** The names of the functions that every store has. */
type StoreMethod = {
  [M in keyof Store]: Store[M] extends (...args: never[]) => unknown ? M : never;
}[keyof Store];

/** As the type says, none left out. */
const METHODS: Readonly<Record<StoreMethod, true>> = {
  get: true,
  peek: true,
  set: true,
  stat: true,
  stamp: true,
  touch: true,
  delete: true,
  entries: true,
  ids: true,
  clear: true,
  sweep: true,
  lease: true,
  heldBy: true,
  destroy: true,
  close: true,
  pathOf: true,
};

export const STORE_METHODS: readonly StoreMethod[] = Object.keys(METHODS) as StoreMethod[];

/**
 * The store that a user gave: one that is complete as it is, such as `memoryStore()`, another one completed.
 *
 * @throws TypeError (`ERR_INVALID_ARG_VALUE`) for what is no store
 */
export function checkStore<S extends Store>(store: S | undefined): S | undefined {
  if (store === undefined || isComplete(store)) return store;
  checkDefinition(store, 'The option store');
  return completeStore(store as unknown as StoreDefinition) as unknown as S;
}

/** Whether it has all that the cache asks for: none has that by chance. */
function isComplete(store: Store): boolean {
  return (
    (store?.kind === 'sync' || store?.kind === 'async') &&
    STORE_METHODS.every((method) => typeof store[method] === 'function') &&
    isCounters(store.counters)
  );
}

function isCounters(counters: Store['counters'] | undefined): boolean {
  return (['add', 'read', 'reset'] as const).every((method) => typeof counters?.[method] === 'function');
}
