import type { Store, SyncStore } from '../stores/store.ts';
import { rememberCached } from './cached-functions.ts';
import type { CachedCalls } from './cached-calls.ts';
import type { MethodContext, NotDecorated, OtherContext } from './decorator.ts';
import { toFunctionCache, type FunctionCache } from './function-cache.ts';
import type { AnyFunctionOptions, FunctionOptions } from './function-options.ts';
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
      : [R] extends [Iterator<infer T, infer V, infer N> & Iterable<unknown>]
        ? AsyncGenerator<Awaited<T>, Awaited<V>, N>
        : Promise<Awaited<R>>;

/** A cached function: of the very type of the original over a store that answers at once, else of its promised form. */
export type CachedFunction<F extends AnyFunction, S extends Store = SyncStore> = (S extends SyncStore
  ? F
  : Promised<F>) & {
  readonly cache: FunctionCache<F, S>;
};

/** The ways to call `wrap`. */
export interface Wrap<S extends Store> {
  /** As a standard decorator of a method or static method: `@cache.wrap`. */
  <F extends AnyFunction>(method: F, context: MethodContext): CachedFunction<F, S>;
  /** Nothing else can be decorated. */
  (other: unknown, context: OtherContext): NotDecorated;
  /** The function, cached: of the same type, name and length, with one more property, `cache`. */
  <F extends AnyFunction>(fn: F, options?: FunctionOptions<F>): CachedFunction<F, S>;
  /**
   * The options first: `cache.wrap({ maxAge: '1h' })(fn)`. What their callbacks take has to fit the function. As a
   * decorator: `@cache.wrap({ maxAge: '1h' })`.
   */
  <O extends AnyFunctionOptions = FunctionOptions>(options?: O & OnlyOptions<O>): WrapWith<O, S>;
}

/**
 * What `wrap` with options alone gives: it caches functions, decorates methods and static methods, and can be handed to
 * `map`, whose index it does not look at.
 */
export type WrapWith<O, S extends Store> = <F extends AnyFunction, T = unknown>(
  fn: F & Fitting<O, MethodOf<T, F>>,
  context?: MethodContext<T> | number,
) => CachedFunction<F, S>;

/** A method as a function that says what it is called on. */
type MethodOf<T, F extends AnyFunction> =
  unknown extends ThisParameterType<F> ? (this: T, ...args: Parameters<F>) => ReturnType<F> : F;

/** What a cached call gives: what the function gives, or a promise of it over a store that answers with promises. */
export type CachedResult<R, S extends Store> = S extends SyncStore ? R : PromisedResult<R>;

/** Makes properties that are no options an error, and so numbers, texts, classes and the like. */
type OnlyOptions<O> = object & { readonly [P in Exclude<keyof O, keyof FunctionOptions>]: never } & {
  readonly prototype?: never;
};

/** Leaves a function alone for which these options are made, and fits no other. */
type Fitting<O, F extends AnyFunction> = O extends FunctionOptions<F> ? unknown : never;

/** Makes the function that stands for the original: same name, same length, one extra property. */
export function toFunction<F extends AnyFunction, S extends Store>(calls: CachedCalls): CachedFunction<F, S> {
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
    cache: { value: toFunctionCache(calls), enumerable: true },
  });
  rememberCached(cached, { original, digest: calls.digest, generator: calls.generator });
  return cached as unknown as CachedFunction<F, S>;
}
