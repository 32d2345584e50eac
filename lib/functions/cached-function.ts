import type { CacheItem } from '../cache-item.ts';
import type { Store, SyncStore } from '../stores/store.ts';
import { rememberCached } from './cached-functions.ts';
import type { CachedCalls } from './cached-calls.ts';
import type { AnyFunctionOptions, FunctionOptions } from './function-options.ts';
import { nameOf, type AnyFunction } from './source.ts';

/** What a cached function knows of its cache. */
export interface FunctionCache<F extends AnyFunction, S extends Store = SyncStore> {
  /** The function without the cache. */
  readonly original: F;
  /** The item of a call with these arguments (and no `this`). @throws UnkeyableError */
  itemFor(...args: Parameters<F>): CacheItem<S>;
}

/**
 * A function that answers with a promise, whatever it gave before. Of a function with overloads that gave no promise
 * the last overload is left, and of a generic one what holds for all types.
 */
export type Promised<F extends AnyFunction> =
  ReturnType<F> extends Promise<unknown>
    ? F
    : (this: ThisParameterType<F>, ...args: Parameters<F>) => Promise<Awaited<ReturnType<F>>>;

/** A cached function: of the very type of the original over a store that answers at once, else of its promised form. */
export type CachedFunction<F extends AnyFunction, S extends Store = SyncStore> = (S extends SyncStore
  ? F
  : Promised<F>) & {
  readonly cache: FunctionCache<F, S>;
};

/** The two ways to call `wrap`. */
export interface Wrap<S extends Store> {
  /** The function, cached: of the same type, name and length, with one more property, `cache`. */
  <F extends AnyFunction>(fn: F, options?: FunctionOptions<F>): CachedFunction<F, S>;
  /** The options first: `cache.wrap({ maxAge: '1h' })(fn)`. What their callbacks take has to fit the function. */
  <O extends AnyFunctionOptions = FunctionOptions>(
    options?: O & OnlyOptions<O>,
  ): <F extends AnyFunction>(fn: F & Fitting<O, F>) => CachedFunction<F, S>;
}

/** What a cached call gives: what the function gives, or a promise of it over a store that answers with promises. */
export type CachedResult<R, S extends Store> = S extends SyncStore ? R : Promise<Awaited<R>>;

/** Makes properties that are no options an error, and so numbers, texts, classes and the like. */
type OnlyOptions<O> = object & { readonly [P in Exclude<keyof O, keyof FunctionOptions>]: never } & {
  readonly prototype?: never;
};

/** Leaves a function alone for which these options are made, and fits no other. */
type Fitting<O, F extends AnyFunction> = O extends FunctionOptions<F> ? unknown : never;

/** Makes the function that stands for the original: same name, same length, one extra property. */
export function toFunction<F extends AnyFunction, S extends Store>(
  calls: CachedCalls,
  cache: FunctionCache<F, S>,
): CachedFunction<F, S> {
  const { original } = calls;
  // A method, for it is no constructor, as most functions that are cached are not.
  const { cached } = {
    cached(this: unknown, ...args: unknown[]): unknown {
      return calls.run(this, args);
    },
  };
  Object.defineProperties(cached, {
    name: { value: nameOf(original), configurable: true },
    length: { value: original.length, configurable: true },
    cache: { value: Object.freeze(cache), enumerable: true },
  });
  rememberCached(cached, original, calls.digest);
  return cached as unknown as CachedFunction<F, S>;
}
