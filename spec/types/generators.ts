/** Checked by tsc alone, never run: generator functions keep their types, or become asynchronous over a store that is. */

import { expectTypeOf } from 'expect-type';

import type { AsyncStore, TempCache } from '../../lib/index.ts';

declare const cache: TempCache;
declare const remote: TempCache<AsyncStore>;

interface Page {
  readonly number: number;
}
interface Db {
  readonly url: string;
}

declare function pages(from: number, to?: number): Generator<Page, string, boolean>;
declare function laterPages(from: number): AsyncGenerator<Page, string, boolean>;
declare function counted(): IterableIterator<number>;
declare function promises(): Generator<Promise<Page>, Promise<string>, void>;
declare function rows(this: Db, sql: string): Generator<Page, void, undefined>;
declare function each<T>(list: readonly T[]): Generator<T, number, unknown>;
declare function flag(): boolean;
declare function anything(): unknown;
declare function list(): Set<Page>;

// Over a store that answers at once they stay what they are.
expectTypeOf(cache.wrap(pages)).toExtend<typeof pages>();
expectTypeOf(cache.wrap(pages)(1)).toEqualTypeOf<Generator<Page, string, boolean>>();
expectTypeOf(cache.wrap(laterPages)(1)).toEqualTypeOf<AsyncGenerator<Page, string, boolean>>();
expectTypeOf(cache.wrap(counted)()).toEqualTypeOf<IterableIterator<number>>();
expectTypeOf(cache.wrap(each)(['a'] as const)).toEqualTypeOf<Generator<'a', number, unknown>>();
expectTypeOf(cache.wrap({ maxAge: '1h' })(pages)(1)).toEqualTypeOf<Generator<Page, string, boolean>>();
expectTypeOf(cache.cacheResult(pages, 1, 2)).toEqualTypeOf<Generator<Page, string, boolean>>();
expectTypeOf(cache.wrap(rows)).thisParameter.toEqualTypeOf<Db>();
expectTypeOf(
  cache.wrap(function* digits(to: number) {
    for (let digit = 0; digit < to; digit++) yield digit;
    return 'end';
  })(3),
).toEqualTypeOf<Generator<number, string, unknown>>();
// @ts-expect-error the first page is a number
cache.wrap(pages)('1');

// Over one that answers with promises they are asynchronous.
expectTypeOf(remote.wrap(pages)).parameters.toEqualTypeOf<Parameters<typeof pages>>();
expectTypeOf(remote.wrap(pages)(1)).toEqualTypeOf<AsyncGenerator<Page, string, boolean>>();
expectTypeOf(remote.wrap(laterPages)).toExtend<typeof laterPages>();
expectTypeOf(remote.wrap(laterPages)(1)).toEqualTypeOf<AsyncGenerator<Page, string, boolean>>();
expectTypeOf(remote.wrap(counted)()).toExtend<AsyncGenerator<number>>();
expectTypeOf(remote.wrap(promises)()).toEqualTypeOf<AsyncGenerator<Page, string, void>>();
expectTypeOf(remote.wrap(rows)).thisParameter.toEqualTypeOf<Db>();
expectTypeOf(remote.cacheResult(pages, 1)).toEqualTypeOf<AsyncGenerator<Page, string, boolean>>();
expectTypeOf(remote.cacheResult(laterPages, 1)).toEqualTypeOf<AsyncGenerator<Page, string, boolean>>();

// Others are promises, as ever.
expectTypeOf(remote.wrap(flag)()).toEqualTypeOf<Promise<boolean>>();
expectTypeOf(remote.cacheResult(flag)).toEqualTypeOf<Promise<boolean>>();
expectTypeOf(remote.cacheResult(anything)).toEqualTypeOf<Promise<unknown>>();
expectTypeOf(remote.wrap(list)()).toEqualTypeOf<Promise<Set<Page>>>();

// What is asked whether a run is stored is given what the generator returned.
cache.wrap(pages, {
  shouldCache(value, from, to) {
    expectTypeOf(value).toEqualTypeOf<string>();
    expectTypeOf(from).toEqualTypeOf<number>();
    expectTypeOf(to).toEqualTypeOf<number | undefined>();
    return value !== '';
  },
  label: (from) => `from ${from}`,
});
cache.wrap(laterPages, {
  shouldCache(value) {
    expectTypeOf(value).toEqualTypeOf<string>();
    return true;
  },
});
