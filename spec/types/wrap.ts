// Checked by the compiler alone: what a wrapped function is, by type. Nothing here runs.
import { expectTypeOf } from 'expect-type';
import type { AsyncStore, CacheItem, TempCache } from '../../lib/index.ts';

declare const cache: TempCache;
declare const remote: TempCache<AsyncStore>;

interface User {
  id: number;
}
class Shop {
  tax = 0.2;
  price(net: number): number {
    return net * (1 + this.tax);
  }
}

declare function load(id: number, fresh?: boolean): User;
declare function later(id: number): Promise<User>;
declare function pick<T>(items: readonly T[]): T;
declare function parse(text: string): object;
declare function parse(bytes: Uint8Array, encoding: string): object[];
declare function price(this: Shop, net: number): number;

// The arguments, the result and the names of the original.
const loaded = cache.wrap(load);
expectTypeOf(loaded).parameters.toEqualTypeOf<Parameters<typeof load>>();
expectTypeOf(loaded).returns.toEqualTypeOf<User>();
expectTypeOf(loaded).toExtend<typeof load>();
expectTypeOf(cache.wrap(later)).returns.toEqualTypeOf<Promise<User>>();
expectTypeOf(loaded.cache.original).toEqualTypeOf<typeof load>();
expectTypeOf(loaded.cache.itemFor).toEqualTypeOf<(id: number, fresh?: boolean) => CacheItem>();
// @ts-expect-error An argument of the wrong type.
loaded('1');
// @ts-expect-error An argument is missing.
loaded();

// Functions written at the call keep their types, default arguments included.
const inline = cache.wrap(function inline(id: number, size = 1) {
  return String(id * size);
});
expectTypeOf(inline(1)).toEqualTypeOf<string>();
expectTypeOf(inline(1, 2)).toEqualTypeOf<string>();

// Overloads, type parameters and `this` stay.
const parsed = cache.wrap(parse);
expectTypeOf(parsed('x')).toEqualTypeOf<object>();
expectTypeOf(parsed(new Uint8Array(), 'utf8')).toEqualTypeOf<object[]>();
// @ts-expect-error No overload takes bytes alone.
parsed(new Uint8Array());
expectTypeOf(cache.wrap(pick)(['a', 'b'] as const)).toEqualTypeOf<'a' | 'b'>();
const priced = cache.wrap(price);
expectTypeOf(priced).thisParameter.toEqualTypeOf<Shop>();
expectTypeOf(priced.call(new Shop(), 1)).toEqualTypeOf<number>();
// @ts-expect-error It needs a shop.
priced(1);

// The options know the function, or come before it.
cache.wrap(later, {
  maxAge: { minutes: 5 },
  key: (id) => [expectTypeOf(id).toEqualTypeOf<number>()],
  shouldCache: (user, id) => expectTypeOf(user).toEqualTypeOf<User>() && expectTypeOf(id).toEqualTypeOf<number>(),
  label: (id) => `user ${id}`,
});
expectTypeOf(cache.wrap({ maxAge: '1h' })(load)).toEqualTypeOf<typeof loaded>();
// @ts-expect-error A misspelt option.
cache.wrap(load, { maxage: '1h' });
// @ts-expect-error A duration is not a boolean.
cache.wrap({ maxAge: true });
// @ts-expect-error Only functions can be wrapped.
cache.wrap('load');

// Over a store that answers with promises, every function does.
const far = remote.wrap(load);
expectTypeOf(far).parameters.toEqualTypeOf<Parameters<typeof load>>();
expectTypeOf(far).returns.toEqualTypeOf<Promise<User>>();
expectTypeOf(remote.wrap(later)).returns.toEqualTypeOf<Promise<User>>();

// A call at the call site.
expectTypeOf(cache.cacheResult(load, 1)).toEqualTypeOf<User>();
expectTypeOf(cache.cacheResult(later, 1)).toEqualTypeOf<Promise<User>>();
expectTypeOf(remote.cacheResult(load, 1)).toEqualTypeOf<Promise<User>>();
expectTypeOf(cache.with({ maxAge: '5m' }).cacheResult(load, 1, true)).toEqualTypeOf<User>();
// @ts-expect-error An argument of the wrong type.
cache.cacheResult(load, '1');
