import { isUint8Array } from 'node:util/types';
import { invalidArgument } from '../common/errors.ts';
import { ID } from '../common/ids.ts';
import { checkOptions } from '../options/rows.ts';
import { carryOut, each, step, type Steps } from '../runtime/steps.ts';
import { refuse, show } from './answers.ts';
import { isLikeMap } from './check-definition.ts';
import { completeStore } from './complete.ts';
import { atOnce } from './asked.ts';
import type { StoreDefinition, StoredEntry } from './definition.ts';
import { savedAtOf, type AsyncStore, type StoreKind, type SyncStore } from './store.ts';

/** A `Map`, or what has its members: it finds bytes by texts, and lists its keys. */
export interface MapLike {
  get(key: string): unknown;
  set(key: string, value: Uint8Array): unknown;
  delete(key: string): unknown;
  has?(key: string): unknown;
  /** The keys; without it the map itself is iterated over, which gives keys or pairs of key and value. */
  keys?(): unknown;
  [Symbol.iterator]?(): unknown;
  [Symbol.asyncIterator]?(): unknown;
  sync?(): unknown;
  close?(): unknown;
}

/** Options of {@link mapStore}. */
export interface MapStoreOptions {
  /** Whether the map may answer with promises; default false. */
  readonly async?: boolean;
  /** Called to make changes last. Default: the `sync()` of the map, if it has one; `false`: nothing. */
  readonly sync?: (() => unknown) | false;
  /** Whether that is done after each change, and not only when the store is closed; default true. */
  readonly livesync?: boolean;
  /** Called when the store is closed. Default: the `close()` of the map, if it has one; `false`: nothing. */
  readonly close?: (() => unknown) | false;
}

/**
 * A `Map`, or any object with `get`, `set`, `delete` and `keys()` or an iterator, as a store: a dictionary that lies in a file, a
 * client of a server. Its values are `Uint8Array`s, which the store shares with nobody but the map; keys that are no ids are left
 * alone.
 *
 * A listing reads all values, and leases hold within one thread. Over several processes or many large values `defineStore` does
 * better.
 *
 * @example
 * const cache = new TempCache('mine', { store: mapStore(new Map()) });
 *
 * @throws TypeError (`ERR_INVALID_ARG_VALUE`) for what is no map, and for unknown options
 */
export function mapStore(map: MapLike, options?: MapStoreOptions & { readonly async?: false }): SyncStore;
export function mapStore(map: MapLike, options: MapStoreOptions & { readonly async: true }): AsyncStore;
export function mapStore(map: MapLike, options: MapStoreOptions = {}): SyncStore | AsyncStore {
  checkMap(map);
  checkOptions(options, ['async', 'sync', 'livesync', 'close'], 'mapStore()');
  const { async: isAsync = false, livesync: isLive = true, sync, close } = options;
  if (typeof isAsync !== 'boolean') throw wrong('async', isAsync, 'true or false');
  if (typeof isLive !== 'boolean') throw wrong('livesync', isLive, 'true or false');
  const kind: StoreKind = isAsync ? 'async' : 'sync';
  const makeLast = choose('sync', sync, map.sync && (() => map.sync?.()));
  const steps = new MapSteps(map, kind, isLive ? makeLast : () => undefined);
  const end = choose('close', close, map.close && (() => map.close?.()));
  const carry = (work: Steps<unknown>): unknown => carryOut({ kind }, work);
  const definition = {
    kind,
    scope: map,
    get: (id: string) => map.get(id),
    set: (id: string, bytes: Uint8Array) => carry(steps.set(id, bytes)),
    delete: (id: string) => carry(steps.delete(id)),
    entries: () => carry(steps.list()),
    clear: () => carry(steps.clear()),
    close: () => carry(steps.close(isLive ? [end] : [makeLast, end])),
  };
  return completeStore<StoreKind>(definition as StoreDefinition);
}

/** What is done with a map, at once or in a promise. */
class MapSteps {
  readonly #map: MapLike;
  readonly #kind: StoreKind;
  readonly #sync: () => unknown;

  constructor(map: MapLike, kind: StoreKind, sync: () => unknown) {
    this.#map = map;
    this.#kind = kind;
    this.#sync = sync;
  }

  *set(id: string, bytes: Uint8Array): Steps<void> {
    yield* this.#ask(this.#map.set(id, bytes));
    yield* this.#ask(this.#sync());
  }

  /** What maps answer themselves is not to be relied upon. */
  *delete(id: string): Steps<boolean> {
    const map = this.#map;
    const found = map.has === undefined ? yield* this.#ask(map.get(id)) : (yield* this.#ask(map.has(id))) === true;
    if (found === undefined || found === null || found === false) return false;
    yield* this.#ask(map.delete(id));
    yield* this.#ask(this.#sync());
    return true;
  }

  *clear(): Steps<void> {
    for (const id of yield* this.#ids()) yield* this.#ask(this.#map.delete(id));
    yield* this.#ask(this.#sync());
  }

  *close(ends: readonly (() => unknown)[]): Steps<void> {
    for (const end of ends) yield* this.#ask(end());
  }

  /** What is there, gathered before any of it is removed. */
  *list(): Steps<StoredEntry[]> {
    const entries: StoredEntry[] = [];
    for (const id of yield* this.#ids()) {
      const bytes = yield* this.#ask(this.#map.get(id));
      if (isUint8Array(bytes)) entries.push({ id, size: bytes.byteLength, savedAt: savedAtOf(bytes) });
    }
    return entries;
  }

  /** The keys of records; what else stands in the map is not of the cache. */
  *#ids(): Steps<string[]> {
    const ids: string[] = [];
    const keys = yield* this.#ask(this.#map.keys === undefined ? this.#map : this.#map.keys());
    if (typeof keys !== 'object' || keys === null) return refuse(keys, 'something to iterate over', 'keys()');
    yield* each(keys as Iterable<unknown>, (item) => {
      const key: unknown = Array.isArray(item) ? item[0] : item;
      if (typeof key === 'string' && ID.test(key)) ids.push(key);
    });
    return ids;
  }

  *#ask(answer: unknown): Steps<unknown> {
    return yield* step(this.#kind === 'sync' ? atOnce(answer) : answer);
  }
}

function checkMap(map: unknown): void {
  if (typeof map === 'object' && map !== null && isLikeMap(map)) return;
  throw invalidArgument(
    `mapStore() needs a Map, or get, set, delete and keys() as one has them; it is given ${show(map)}`,
  );
}

/** What is called at a time: as an option says, or as the map has it. */
function choose(name: string, given: unknown, own: (() => unknown) | undefined): () => unknown {
  if (given === undefined) return own ?? (() => undefined);
  if (given === false) return () => undefined;
  if (typeof given === 'function') return given as () => unknown;
  throw wrong(name, given, 'a function, or false');
}

function wrong(option: string, value: unknown, expected: string): TypeError {
  return invalidArgument(`The option ${option} of mapStore() must be ${expected}; it is ${show(value)}`);
}
