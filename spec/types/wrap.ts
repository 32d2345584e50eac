/** Checked by tsc alone, never run: `wrap` keeps the exact type of its argument. */

import { expectTypeOf } from 'expect-type';

import type {
  AnyFunction,
  AsyncStore,
  CachedFunction,
  CacheItem,
  FunctionCache,
  FunctionOptions,
  Store,
  TempCache,
} from '../../lib/index.ts';

declare const cache: TempCache;
declare const remote: TempCache<AsyncStore>;

interface User {
  readonly id: number;
}
interface Db {
  readonly url: string;
}

declare function load(id: number, fresh?: boolean, ...tags: readonly string[]): User;
declare function later(id: number): Promise<User>;
declare function identity<T>(value: T): T;
declare function pick<T extends object, K extends keyof T>(value: T, key: K): T[K];
declare function either(value: string): string;
declare function either(value: number): number;
declare function query(this: Db, sql: string): readonly User[];
declare function free(this: void, id: number): User;
declare function isUser(value: unknown): value is User;
declare function assertUser(value: unknown): asserts value is User;
declare function nothing(): void;
declare function thenable(): PromiseLike<number>;
declare function never(): never;

// A function of any kind keeps its very type and gets one more property.
expectTypeOf(cache.wrap(load)).toExtend<typeof load>();
expectTypeOf(cache.wrap(load)).toEqualTypeOf<typeof load & { readonly cache: FunctionCache<typeof load> }>();
expectTypeOf(cache.wrap(load)).toEqualTypeOf<CachedFunction<typeof load>>();
expectTypeOf(cache.wrap(load)(1, true, 'a', 'b')).toEqualTypeOf<User>();
expectTypeOf(cache.wrap(load)).parameters.toEqualTypeOf<Parameters<typeof load>>();
expectTypeOf(cache.wrap(later)(1)).toEqualTypeOf<Promise<User>>();
expectTypeOf(cache.wrap(thenable)()).toEqualTypeOf<PromiseLike<number>>();
expectTypeOf(cache.wrap(nothing)()).toEqualTypeOf<void>();
expectTypeOf(cache.wrap(never)()).toEqualTypeOf<never>();

// Generics stay generic.
expectTypeOf(cache.wrap(identity)('a' as const)).toEqualTypeOf<'a'>();
expectTypeOf(cache.wrap(pick)({ a: 1, b: 'x' }, 'b')).toEqualTypeOf<string>();
expectTypeOf(cache.wrap({ maxAge: '1h' })(identity)(5 as const)).toEqualTypeOf<5>();
// @ts-expect-error there is no such field
cache.wrap(pick)({ a: 1 }, 'b');

// Overloads stay apart.
expectTypeOf(cache.wrap(either)('a')).toEqualTypeOf<string>();
expectTypeOf(cache.wrap(either)(1)).toEqualTypeOf<number>();
expectTypeOf(cache.wrap({ version: '1' })(either)('a')).toEqualTypeOf<string>();
// @ts-expect-error there is no overload for it
cache.wrap(either)(true);

// `this` stays.
expectTypeOf(cache.wrap(query)).thisParameter.toEqualTypeOf<Db>();
const db = { url: 'x', query: cache.wrap(query) };
expectTypeOf(db.query('select')).toEqualTypeOf<readonly User[]>();
// @ts-expect-error it must be called on a Db
cache.wrap(query)('select');
expectTypeOf(cache.wrap(free)).thisParameter.toEqualTypeOf<void>();
expectTypeOf(cache.wrap(free)(1)).toEqualTypeOf<User>();

// Predicates and assertions stay.
declare const something: unknown;
if (cache.wrap(isUser)(something)) expectTypeOf(something).toEqualTypeOf<User>();
const assertCached: CachedFunction<typeof assertUser> = cache.wrap(assertUser);
export function check(value: unknown): User {
  assertCached(value);
  return value;
}

// A wrapped function can be wrapped again, and passed where the original can.
expectTypeOf(cache.wrap(cache.wrap(load))(1)).toEqualTypeOf<User>();
const list: readonly ((id: number) => User)[] = [load, cache.wrap(load), cache.wrap(free)];
expectTypeOf(list).toExtend<readonly unknown[]>();

// The parameters of a function that is written in place are what it says, and only that.
expectTypeOf(cache.wrap((name: string, times = 1) => name.repeat(times), { name: 'repeat' })).toBeCallableWith('a', 2);
expectTypeOf(
  cache.wrap(async function slow({ id }: User) {
    return id;
  })({ id: 1 }),
).toEqualTypeOf<Promise<number>>();

// The extra property.
expectTypeOf(cache.wrap(load).cache.original).toEqualTypeOf<typeof load>();
expectTypeOf(cache.wrap(load).cache.itemFor(1, true)).toEqualTypeOf<CacheItem>();
// @ts-expect-error the id is a number
cache.wrap(load).cache.itemFor('1');
// @ts-expect-error it is not to be replaced
cache.wrap(load).cache = cache.wrap(load).cache;

// Over a store that answers with promises everything is a promise.
expectTypeOf(remote.wrap(load)).parameters.toEqualTypeOf<Parameters<typeof load>>();
expectTypeOf(remote.wrap(load)(1)).toEqualTypeOf<Promise<User>>();
expectTypeOf(remote.wrap(later)(1)).toEqualTypeOf<Promise<User>>();
expectTypeOf(remote.wrap(later)).toExtend<typeof later>();
expectTypeOf(remote.wrap(nothing)()).toEqualTypeOf<Promise<void>>();
expectTypeOf(remote.wrap(query)).thisParameter.toEqualTypeOf<Db>();
expectTypeOf(remote.wrap(load).cache.itemFor(1)).toEqualTypeOf<CacheItem<AsyncStore>>();
expectTypeOf(remote.wrap({ maxAge: '1h' })(load)(1)).toEqualTypeOf<Promise<User>>();
expectTypeOf(remote.wrap(thenable)()).toEqualTypeOf<Promise<number>>();
// @ts-expect-error a promise is not the value
export const user: User = remote.wrap(load)(1);

// What is no function cannot be wrapped.
// @ts-expect-error a number
cache.wrap(1);
// @ts-expect-error a class
cache.wrap(Map);
// @ts-expect-error a wrapped function is no constructor
export const made: unknown = new (cache.wrap(load))(1);

// `wrap` can be taken off its cache.
const { wrap } = cache;
expectTypeOf(wrap(load)(1)).toEqualTypeOf<User>();

// A function that wraps what it is given can say so.
export function plain<F extends AnyFunction>(fn: F): F {
  return cache.wrap(fn);
}
export function cached<F extends AnyFunction>(fn: F, options?: FunctionOptions<F>): CachedFunction<F> {
  const wrapped = cache.wrap(fn, options);
  wrapped.cache.clear();
  return cache.wrap(fn, options ?? {});
}
export function called<A extends unknown[], R>(fn: (...args: A) => R, ...args: A): R {
  return cache.wrap(fn, { maxAge: '1h' })(...args);
}
export function over<S extends Store, F extends AnyFunction>(some: TempCache<S>, fn: F): CachedFunction<F, S> {
  return some.wrap(fn);
}
export function with1h<F extends (id: number) => unknown>(fn: F): F {
  return cache.wrap({ maxAge: '1h' })(fn);
}
expectTypeOf(plain(identity)('a' as const)).toEqualTypeOf<'a'>();
expectTypeOf(cached(load)).toEqualTypeOf<CachedFunction<typeof load>>();

// Options may be missing, and the function be one of several.
declare const perhaps: FunctionOptions | undefined;
declare const loadOrLater: ((id: number) => User) | ((id: number) => Promise<User>);
expectTypeOf(cache.wrap(perhaps)(later)(1)).toEqualTypeOf<Promise<User>>();
expectTypeOf(cache.wrap(load, perhaps)(1)).toEqualTypeOf<User>();
expectTypeOf(cache.wrap(loadOrLater)(1)).toEqualTypeOf<User | Promise<User>>();
expectTypeOf(cache.wrap(loadOrLater, { name: 'load' })(1)).toEqualTypeOf<User | Promise<User>>();

// What is expected says what the parameters are.
export const byName: (name: 'a' | 'b') => Promise<number> = cache.wrap(
  async (name) => {
    expectTypeOf(name).toEqualTypeOf<'a' | 'b'>();
    return name.length;
  },
  { key: (name) => name },
);
