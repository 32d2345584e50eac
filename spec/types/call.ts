/** Checked by tsc alone, never run: arguments and results of `cacheResult`, items and the members of a cache. */

import { expectTypeOf } from 'expect-type';

import {
  TempCache,
  memoryStore,
  type AsyncStore,
  type CacheItem,
  type ItemInfo,
  type PruneResult,
  type Store,
} from '../../lib/index.ts';

declare const cache: TempCache;
declare const remote: TempCache<AsyncStore>;
declare const someStore: Store;

interface User {
  readonly id: number;
}

declare function load(id: number, fresh?: boolean): User;
declare function later(id: number): Promise<User>;
declare function identity<T>(value: T): T;
declare function either(value: string): string;
declare function either(value: number): number;
declare function sum(...numbers: readonly number[]): number;
declare function query(this: User, sql: string): string;
declare function free(this: void, id: number): User;

// Arguments and result of a cached call are those of the function.
expectTypeOf(cache.cacheResult(load, 1)).toEqualTypeOf<User>();
expectTypeOf(cache.cacheResult(load, 1, true)).toEqualTypeOf<User>();
expectTypeOf(cache.cacheResult(later, 1)).toEqualTypeOf<Promise<User>>();
expectTypeOf(cache.cacheResult(sum, 1, 2, 3)).toEqualTypeOf<number>();
expectTypeOf(cache.cacheResult(free, 1)).toEqualTypeOf<User>();
expectTypeOf(cache.cacheResult(identity<string>, 'a')).toEqualTypeOf<string>();
expectTypeOf(cache.cacheResult(identity, { id: 1 })).toEqualTypeOf<{ id: number }>();
expectTypeOf(cache.cacheResult(either, 1)).toEqualTypeOf<number>();
expectTypeOf(cache.cacheResult(cache.wrap(load), 1)).toEqualTypeOf<User>();
expectTypeOf(cache.cacheResult((a: number, b: number) => a + b, 1, 2)).toEqualTypeOf<number>();
expectTypeOf(remote.cacheResult(load, 1)).toEqualTypeOf<Promise<User>>();
expectTypeOf(remote.cacheResult(later, 1)).toEqualTypeOf<Promise<User>>();
expectTypeOf(remote.cacheResult(remote.wrap(load), 1)).toEqualTypeOf<Promise<User>>();
// @ts-expect-error an argument is missing
cache.cacheResult(load);
// @ts-expect-error an argument is of another type
cache.cacheResult(load, '1');
// @ts-expect-error one argument too many
cache.cacheResult(load, 1, true, 2);
// @ts-expect-error there is nobody to be its `this`
cache.cacheResult(query, 'select');
// @ts-expect-error no function
cache.cacheResult(5);

// So are those of the item of a call.
expectTypeOf(cache.itemForCall(load, 1)).toEqualTypeOf<CacheItem>();
expectTypeOf(cache.itemForCall(cache.wrap(later), 1)).toEqualTypeOf<CacheItem>();
expectTypeOf(remote.itemForCall(later, 1)).toEqualTypeOf<CacheItem<AsyncStore>>();
// @ts-expect-error an argument is of another type
cache.itemForCall(load, '1');
// @ts-expect-error there is nobody to be its `this`
cache.itemForCall(query, 'select');

// Items answer at once, or with promises.
declare const item: CacheItem;
declare const far: CacheItem<AsyncStore>;
expectTypeOf(item.exists()).toEqualTypeOf<boolean>();
expectTypeOf(far.exists()).toEqualTypeOf<Promise<boolean>>();
expectTypeOf(item.load()).toEqualTypeOf<unknown>();
expectTypeOf(item.load<User>()).toEqualTypeOf<User>();
expectTypeOf(far.load<User>()).toEqualTypeOf<Promise<User>>();
expectTypeOf(item.tryLoad()).toEqualTypeOf<unknown>();
expectTypeOf(item.tryLoad<User>()).toEqualTypeOf<User | undefined>();
expectTypeOf(item.tryLoad<User | null>(null)).toEqualTypeOf<User | null>();
expectTypeOf(far.tryLoad<User>()).toEqualTypeOf<Promise<User | undefined>>();
expectTypeOf(item.save({ id: 1 }, { maxAge: '1h' })).toEqualTypeOf<void>();
expectTypeOf(far.save(1)).toEqualTypeOf<Promise<void>>();
expectTypeOf(item.trySave(1)).toEqualTypeOf<boolean>();
expectTypeOf(far.trySave(1)).toEqualTypeOf<Promise<boolean>>();
expectTypeOf(item.loadOrSave(() => 1)).toEqualTypeOf<number>();
expectTypeOf(item.loadOrSave(async () => 1)).toEqualTypeOf<Promise<number>>();
expectTypeOf(far.loadOrSave(() => 1)).toEqualTypeOf<Promise<number>>();
expectTypeOf(far.loadOrSave(async () => 1)).toEqualTypeOf<Promise<number>>();
expectTypeOf(item.delete()).toEqualTypeOf<boolean>();
expectTypeOf(far.delete()).toEqualTypeOf<Promise<boolean>>();
expectTypeOf(item.info()).toEqualTypeOf<ItemInfo | undefined>();
expectTypeOf(far.info()).toEqualTypeOf<Promise<ItemInfo | undefined>>();
expectTypeOf(item.olderThan(new Date())).toEqualTypeOf<boolean>();
expectTypeOf(far.newerThan(0)).toEqualTypeOf<Promise<boolean>>();
expectTypeOf(item.id).toEqualTypeOf<string>();
expectTypeOf(far.path).toEqualTypeOf<string | undefined>();
// @ts-expect-error a time, not a text
item.olderThan('yesterday');
// @ts-expect-error one option there is
item.save(1, { ttl: 5 });
// @ts-expect-error an id is not to be set
item.id = '';

// So do caches.
expectTypeOf(cache.items()).toEqualTypeOf<Iterable<CacheItem>>();
expectTypeOf(remote.items()).toEqualTypeOf<AsyncIterable<CacheItem<AsyncStore>>>();
expectTypeOf(cache.clear({ name: 'load' })).toEqualTypeOf<number>();
expectTypeOf(remote.clear()).toEqualTypeOf<Promise<number>>();
expectTypeOf(cache.prune()).toEqualTypeOf<PruneResult>();
expectTypeOf(remote.prune()).toEqualTypeOf<Promise<PruneResult>>();
expectTypeOf(cache.destroy()).toEqualTypeOf<void>();
expectTypeOf(remote.destroy()).toEqualTypeOf<Promise<void>>();
expectTypeOf(remote.close()).toEqualTypeOf<Promise<void>>();
expectTypeOf(cache[Symbol.asyncDispose]()).toEqualTypeOf<Promise<void>>();
expectTypeOf(cache.maxAge).toEqualTypeOf<number>();
cache.maxAge = '1h';
cache.maxAge = { hours: 2 };
// @ts-expect-error no duration
cache.maxAge = true;
// @ts-expect-error the name is fixed
cache.name = 'other';

// The store decides which cache it is.
expectTypeOf(new TempCache()).toEqualTypeOf<TempCache>();
expectTypeOf(new TempCache('a', { maxAge: '1h', mode: 'readonly' })).toEqualTypeOf<TempCache>();
expectTypeOf(new TempCache('a', { store: memoryStore() })).toEqualTypeOf<TempCache>();
expectTypeOf(new TempCache('a', { store: memoryStore({ async: true }) })).toEqualTypeOf<TempCache<AsyncStore>>();
expectTypeOf(new TempCache('a', { store: someStore })).toEqualTypeOf<TempCache<Store>>();
expectTypeOf(TempCache.temporary({ maxAge: 5 })).toEqualTypeOf<TempCache>();
expectTypeOf(remote.with({ maxAge: '5m' })).toEqualTypeOf<TempCache<AsyncStore>>();
// @ts-expect-error a store stays as it is
cache.with({ store: memoryStore() });
// @ts-expect-error a temporary cache has a store of its own
TempCache.temporary({ store: memoryStore() });
// @ts-expect-error no such option
export const misspelled: TempCache = new TempCache('a', { maxage: 1 });
// @ts-expect-error no such mode
export const unknownMode: TempCache = new TempCache('a', { mode: 'none' });
// @ts-expect-error a cache of another kind
export const sync: TempCache = remote;
