import type { Store, SyncStore } from '../stores/store.ts';
import { recordCached } from './originals.ts';
import type { CachedCalls } from './cached-calls.ts';
import { toFunctionCache, type FunctionCache } from './function-cache.ts';
import type { ResultFor } from './signatures.ts';
import { nameOf, type AnyFunction } from './source.ts';

/**
 * A function that answers with promises, whatever it gave before: generators become asynchronous ones. Of a function
 * with overloads that gave no promise the last overload is left, and of a generic one what holds for all types.
 */
export type Promised<F extends AnyFunction> =
  ReturnType<F> extends Promise<unknown> | AsyncIterator<unknown, unknown, never>
    ? F
    : (this: ThisParameterType<F>, ...args: Parameters<F>) => PromisedResult<ReturnType<F>>;

/** The promised form of what a function gives. */
export type PromisedResult<R> = unknown extends R
  ? Promise<R>
  : [R] extends [never]
    ? Promise<never>
    : [R] extends [AsyncIterator<unknown, unknown, never>]
      ? R
      : [R] extends [Iterator<infer T, infer V, infer N> & { [Symbol.iterator](): unknown }]
        ? AsyncGenerator<Awaited<T>, Awaited<V>, N>
        : Promise<Awaited<R>>;

/** A cached function: of the very type of the original over a store that answers at once, else of its promised form. */
export type CachedFunction<F extends AnyFunction, S extends Store = SyncStore> = (S extends SyncStore
  ? F
  : Promised<F> & Pick<F, keyof F>) & {
  readonly cache: FunctionCache<F, S>;
};

/** What a cached call gives: what the function gives, or a promise of it over a store that answers with promises. */
export type CachedResult<R, S extends Store> = S extends SyncStore ? R : PromisedResult<R>;

/** The same for such arguments. */
export type CachedCall<F extends AnyFunction, A, S extends Store> = CachedResult<ResultFor<F, A>, S>;

/** Properties that every function has, or had once; what a cached one is made with is not taken over. */
const OF_FUNCTIONS = new Set<string | symbol>(['name', 'length', 'prototype', 'arguments', 'caller', 'cache']);

/** Makes the function that stands for the original: same name, same length, same properties of its own, and one more. */
export function toFunction<F extends AnyFunction, S extends Store>(calls: CachedCalls): CachedFunction<F, S> {
  const { original } = calls;
  // A method, for it is no constructor, as most functions that are cached are not.
  const { cached } = {
    cached(this: unknown, ...args: unknown[]): unknown {
      return calls.run(this, args);
    },
  };
  for (const key of Reflect.ownKeys(original)) {
    const property = Object.getOwnPropertyDescriptor(original, key);
    if (property !== undefined && !OF_FUNCTIONS.has(key)) Object.defineProperty(cached, key, property);
  }
  Object.defineProperties(cached, {
    name: { value: nameOf(original), configurable: true },
    length: { value: original.length, configurable: true },
    cache: { value: toFunctionCache(calls), enumerable: true },
  });
  recordCached(cached, { original, digest: calls.digest, generator: calls.generator });
  return cached as unknown as CachedFunction<F, S>;
}
