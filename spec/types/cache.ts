// Checked by the compiler alone: caches and items over both kinds of store. Nothing here runs.
import { expectTypeOf } from 'expect-type';
import type { AsyncStore, CacheItem, ItemInfo, PruneResult, Store } from '../../lib/index.ts';
import { memoryStore, TempCache } from '../../lib/index.ts';

declare const someStore: Store;
declare const asyncStore: AsyncStore;
declare function load(id: number): string;

// The kind of the store makes the kind of the cache.
const cache = new TempCache('users', { maxAge: '2d', salt: 'v1', mode: 'readonly' });
const remote = new TempCache('users', { store: asyncStore });
expectTypeOf(cache).toEqualTypeOf<TempCache>();
expectTypeOf(remote).toEqualTypeOf<TempCache<AsyncStore>>();
expectTypeOf(new TempCache('users', { store: memoryStore() })).toEqualTypeOf<TempCache>();
expectTypeOf(TempCache.temporary()).toEqualTypeOf<TempCache>();
expectTypeOf(new TempCache('users', { store: someStore })).toEqualTypeOf<TempCache<Store>>();
// @ts-expect-error A misspelt option.
void new TempCache('users', { maxage: '2d' });
// @ts-expect-error No such mode.
void new TempCache('users', { mode: 'of' });
// @ts-expect-error A store is no string.
void new TempCache('users', { store: 'redis' });

// Items of a local store answer with values.
const item = cache.itemForKey({ any: ['key', 1n] });
expectTypeOf(item).toEqualTypeOf<CacheItem>();
expectTypeOf(item.exists()).toEqualTypeOf<boolean>();
expectTypeOf(item.load()).toEqualTypeOf<unknown>();
expectTypeOf(item.trySave(1, { maxAge: Infinity })).toEqualTypeOf<boolean>();
expectTypeOf(item.delete()).toEqualTypeOf<boolean>();
expectTypeOf(item.info()).toEqualTypeOf<ItemInfo | undefined>();
expectTypeOf(item.loadOrSave(() => 'x')).toEqualTypeOf<string>();
expectTypeOf(cache.itemForCall(load, 1)).toEqualTypeOf<CacheItem>();
// @ts-expect-error The arguments of a call are those of its function.
cache.itemForCall(load, 'one');
expectTypeOf(cache.items()).toEqualTypeOf<Iterable<CacheItem>>();
expectTypeOf(cache.clear({ name: 'load' })).toEqualTypeOf<number>();
expectTypeOf(cache.prune()).toEqualTypeOf<PruneResult>();

// Those of a remote one with promises.
const far = remote.itemForKey('key');
expectTypeOf(far.exists()).toEqualTypeOf<Promise<boolean>>();
expectTypeOf(far.load()).toEqualTypeOf<Promise<unknown>>();
expectTypeOf(far.delete()).toEqualTypeOf<Promise<boolean>>();
expectTypeOf(far.info()).toEqualTypeOf<Promise<ItemInfo | undefined>>();
expectTypeOf(remote.items()).toEqualTypeOf<AsyncIterable<CacheItem<AsyncStore>>>();
expectTypeOf(remote.clear()).toEqualTypeOf<Promise<number>>();
expectTypeOf(remote.prune()).toEqualTypeOf<Promise<PruneResult>>();

// What can be set is set as a duration, and read as a number of milliseconds.
cache.maxAge = '90s';
expectTypeOf(cache.maxAge).toEqualTypeOf<number>();
// @ts-expect-error The name cannot be changed.
cache.name = 'other';
