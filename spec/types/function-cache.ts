/** Checked by tsc alone, never run: the property `cache` of a cached function. */

import { expectTypeOf } from 'expect-type';

import type { AsyncStore, CallOutcome, Explanation, CallCounts, PruneResult, TempCache } from '../../lib/index.ts';

declare const cache: TempCache;
declare const remote: TempCache<AsyncStore>;

interface User {
  readonly id: number;
}
declare function load(id: number, fresh?: boolean): User;
declare function later(id: number): Promise<User>;
declare function flag(): boolean;
declare function maybe(id: number): User | Promise<User>;
declare function never(): never;
declare function nothing(): void;
declare function items(): Generator<User, string, undefined>;
declare function itemsLater(): AsyncGenerator<User, string, undefined>;

// `run` answers as the function does.
expectTypeOf(cache.wrap(load).cache.run(1, true)).toEqualTypeOf<CallOutcome<User>>();
expectTypeOf(cache.wrap(later).cache.run(1)).toEqualTypeOf<Promise<CallOutcome<User>>>();
expectTypeOf(cache.wrap(flag).cache.run()).toEqualTypeOf<CallOutcome<boolean>>();
expectTypeOf(cache.wrap(maybe).cache.run(1)).toEqualTypeOf<CallOutcome<User> | Promise<CallOutcome<User>>>();
expectTypeOf(cache.wrap(never).cache.run()).toEqualTypeOf<never>();
expectTypeOf(cache.wrap(nothing).cache.run().value).toEqualTypeOf<void>();
expectTypeOf(cache.wrap(items).cache.run().value).toEqualTypeOf<Generator<User, string, undefined>>();
expectTypeOf(cache.wrap(itemsLater).cache.run()).toEqualTypeOf<
  Promise<CallOutcome<AsyncGenerator<User, string, undefined>>>
>();
expectTypeOf(cache.wrap(load).cache.run(1).status).toEqualTypeOf<'hit' | 'stale' | 'miss' | 'coalesced'>();
// @ts-expect-error the id is a number
cache.wrap(load).cache.run('1');

// So does `explain`, but for promises of the function itself.
expectTypeOf(cache.wrap(load).cache.explain(1, true)).toEqualTypeOf<Explanation>();
expectTypeOf(cache.wrap(later).cache.explain(1)).toEqualTypeOf<Explanation>();
expectTypeOf(cache.wrap(items).cache.explain()).toEqualTypeOf<Explanation>();
expectTypeOf(remote.wrap(load).cache.explain(1)).toEqualTypeOf<Promise<Explanation>>();
expectTypeOf<Explanation['reason']>().toEqualTypeOf<CallOutcome['reason']>();
expectTypeOf<'args[0]' | 'source'>().toExtend<Explanation['differs'][number]>();
// @ts-expect-error the id is a number
cache.wrap(load).cache.explain('1');

// `refresh` gives what the function gives, and nothing of a generator.
expectTypeOf(cache.wrap(load).cache.refresh(1)).toEqualTypeOf<User>();
expectTypeOf(cache.wrap(later).cache.refresh(1)).toEqualTypeOf<Promise<User>>();
expectTypeOf(cache.wrap(items).cache.refresh()).toEqualTypeOf<void>();
expectTypeOf(cache.wrap(itemsLater).cache.refresh()).toEqualTypeOf<Promise<void>>();

// Over a store that answers with promises all of them do.
expectTypeOf(remote.wrap(load).cache.run(1)).toEqualTypeOf<Promise<CallOutcome<User>>>();
expectTypeOf(remote.wrap(later).cache.run(1)).toEqualTypeOf<Promise<CallOutcome<User>>>();
expectTypeOf(remote.wrap(flag).cache.run()).toEqualTypeOf<Promise<CallOutcome<boolean>>>();
expectTypeOf(remote.wrap(load).cache.refresh(1)).toEqualTypeOf<Promise<User>>();
expectTypeOf(remote.wrap(items).cache.refresh()).toEqualTypeOf<Promise<void>>();
expectTypeOf(remote.wrap(items).cache.run()).toEqualTypeOf<
  Promise<CallOutcome<AsyncGenerator<User, string, undefined>>>
>();
expectTypeOf(remote.wrap(load).cache.clear()).toEqualTypeOf<Promise<number>>();

// The rest is of the function, not of a call.
const { cache: property } = cache.wrap(load);
expectTypeOf(property.clear()).toEqualTypeOf<number>();
expectTypeOf(property.prune()).toEqualTypeOf<PruneResult>();
expectTypeOf(property.stats()).toEqualTypeOf<CallCounts>();
expectTypeOf(remote.wrap(load).cache.stats()).toEqualTypeOf<Promise<CallCounts>>();
expectTypeOf(property.maxAge).toEqualTypeOf<number>();
property.maxAge = '1h';
property.maxAge = { days: 1 };
property.maxAge = undefined;
// @ts-expect-error it is no duration
property.maxAge = null;
// @ts-expect-error it is made anew at each call
property.stats().hits = 1;

// What takes a call takes what the function takes: each overload, and type parameters with bounds.
declare function find(id: number): User;
declare function find(name: string, exact: boolean): User[];
declare function pick<T, K extends keyof T>(object: T, key: K): T[K];
const found = cache.wrap(find);
expectTypeOf(found.cache.run(1)).toEqualTypeOf<CallOutcome<User>>();
expectTypeOf(found.cache.run('Ada', true)).toEqualTypeOf<CallOutcome<User[]>>();
expectTypeOf(found.cache.refresh(1)).toEqualTypeOf<User>();
expectTypeOf(found.cache.itemFor(1)).toEqualTypeOf(found.cache.itemFor('Ada', true));
expectTypeOf(found.cache.explain(1)).toEqualTypeOf(found.cache.explain('Ada', true));
expectTypeOf(remote.wrap(find).cache.run('Ada', true)).toExtend<Promise<CallOutcome<User[]>>>();
expectTypeOf(cache.wrap(pick).cache.run({ id: 1 }, 'id')).toEqualTypeOf<CallOutcome>();
cache.wrap(pick).cache.itemFor({ id: 1 }, 'id');
expectTypeOf(cache.cacheResult(find, 1)).toEqualTypeOf<User>();
expectTypeOf(cache.cacheResult(find, 'Ada', true)).toEqualTypeOf<User[]>();
expectTypeOf(cache.cacheResult(pick, { id: 1 }, 'id')).toEqualTypeOf<number>();
expectTypeOf(cache.itemForCall(find, 1)).toEqualTypeOf(cache.itemForCall(find, 'Ada', true));
// @ts-expect-error no overload takes that
found.cache.run('Ada');
// @ts-expect-error no overload takes that
cache.cacheResult(find, 'Ada');

// Options may come first.
expectTypeOf(cache.cacheResult({ name: 'load', maxAge: '1h' }, load, 1)).toEqualTypeOf<User>();
expectTypeOf(cache.cacheResult({ key: (id: number) => id }, later, 1)).toEqualTypeOf<Promise<User>>();
expectTypeOf(cache.itemForCall({ name: 'load' }, load, 1)).toEqualTypeOf(cache.itemForCall(load, 1));
// @ts-expect-error the key of another function
cache.cacheResult({ key: (id: string) => id }, load, 1);
// @ts-expect-error no such option
cache.cacheResult({ nam: 'load' }, load, 1);

// Properties of a function come along.
const routed = Object.assign((id: number) => id, { route: '/users' });
expectTypeOf(cache.wrap(routed).route).toEqualTypeOf<string>();
expectTypeOf(remote.wrap(routed).route).toEqualTypeOf<string>();
