import type { Store } from '../stores/store.ts';
import { toFunction, type CachedFunction } from './cached-function.ts';
import type { CallsOfCache } from './calls-of-cache.ts';
import { decorateMember, isDecorating, isDecoratingMember, type MethodContext } from './decorator.ts';
import {
  readFunctionOptions,
  type AnyFunctionOptions,
  type CheckedOptions,
  type FunctionOptions,
} from './function-options.ts';
import { recordOwn } from './originals.ts';
import { placesOfCall } from './places.ts';
import type { AnyFunction } from './source.ts';

/**
 * The ways to call `wrap`. All that take arguments are one signature, for of several the compiler would report none in a way
 * that names the option which is wrong.
 */
export interface Wrap<S extends Store> {
  /** As `cache.wrap({})`, for functions and for methods: `@cache.wrap()`. */
  (): WrapWith<FunctionOptions, S>;
  /**
   * - `cache.wrap(fn, options?)`: the function, cached: of the same type, name and length, with one more property, `cache`.
   * - `cache.wrap(options)`: what caches functions so: `cache.wrap({ maxAge: '1h' })(fn)`. What the callbacks among the options
   *   take has to fit the function.
   * - `@cache.wrap` and `@cache.wrap(options)`: decorators of methods and static methods, standard ones and of the older kind.
   */
  <T extends AnyFunction | object | undefined>(
    fnOrOptions: Inferring<T, First<T>[KindOf<T>]>,
    options?: Second<T>[KindOf<T>],
  ): Inferring<T, Wrapped<T, S>[KindOf<T>]>;
  /** As the compiler calls a decorator of the older kind. */
  <F extends AnyFunction>(
    target: object,
    key: string | symbol,
    descriptor: TypedPropertyDescriptor<F>,
  ): TypedPropertyDescriptor<F>;
}

/**
 * What `wrap` with options alone gives: it caches functions, decorates methods and static methods, and can be handed to
 * `map`, whose index it does not look at.
 */
export type WrapWith<O, S extends Store> = <F extends object, T = unknown>(
  fn: F & Fitting<O, MethodOf<T, F>>,
  context?: MethodContext<T> | number | string | symbol,
  descriptor?: unknown,
) => Given<F, S>[KindOf<F>];

/** What it gives for a function, and, as a decorator of the older kind, for the object that has the member. */
interface Given<F, S extends Store> {
  readonly function: CachedFunction<Extract<F, AnyFunction>, S>;
  readonly options: void;
}

/**
 * What the first argument of `wrap` is. What depends on that is looked up by this name, and is no conditional type, because the
 * compiler sees through it where T is a type parameter of a function that calls `wrap`.
 */
type KindOf<T> = T extends AnyFunction ? 'function' : 'options';

/** R, from which T can be inferred: the compiler does not look for T in what is looked up. */
type Inferring<T, R> = [T] extends [never] ? T & R : R;

/** The first argument. */
interface First<T> {
  readonly function: T;
  readonly options: WrapOptions<(this: never, ...args: never[]) => never> | undefined;
}

/** The second argument. */
interface Second<T> {
  readonly function: WrapOptions<Extract<T, AnyFunction>> | MethodContext | undefined;
  readonly options: undefined;
}

/** The result. */
interface Wrapped<T, S extends Store> {
  readonly function: CachedFunction<Extract<T, AnyFunction>, S>;
  readonly options: WrapWith<NonNullable<T>, S>;
}

/** Options, and neither a class nor the context that a decorator of a getter, a field and the like is given. */
interface WrapOptions<F extends AnyFunction> extends FunctionOptions<F> {
  /** No option. */
  readonly prototype?: undefined;
  /** No option. */
  readonly kind?: undefined;
}

/** A method as a function that says what it is called on. */
type MethodOf<T, F> = F extends AnyFunction
  ? unknown extends ThisParameterType<F>
    ? (this: T, ...args: Parameters<F>) => ReturnType<F>
    : F
  : never;

/** Leaves a function alone for which these options are made, and fits no other. What is no option is reported where it is given. */
type Fitting<O, F> = [F] extends [never] ? unknown : FittingFunction<O, Extract<F, AnyFunction>>;

type FittingFunction<O, F extends AnyFunction> =
  Pick<O, keyof O & keyof FunctionOptions> extends FunctionOptions<F> ? unknown : never;

/** The function `wrap` of a cache, which goes by what it is given: see {@link Wrap}. */
export function wrapFor<S extends Store>(calls: CallsOfCache, cache: object): Wrap<S> {
  recordOwn(cache);
  const toCached = (fn: AnyFunction, options: CheckedOptions, called: AnyFunction): CachedFunction<AnyFunction, S> =>
    toFunction<AnyFunction, S>(calls.wrap(fn, { ...options, places: placesOfCall(called) }));
  const wrap = (first?: unknown, second?: AnyFunctionOptions, third?: PropertyDescriptor): unknown => {
    if (isDecoratingMember(second)) {
      return decorateMember(second, third, (method) => toCached(method, readFunctionOptions(), wrap));
    }
    if (isDecorating(first, second)) return toCached(first as AnyFunction, readFunctionOptions(), wrap);
    if (typeof first === 'function' || second !== undefined) {
      return toCached(first as AnyFunction, readFunctionOptions(second), wrap);
    }
    const options = readFunctionOptions(first as AnyFunctionOptions | undefined);
    const wrapWith = (fn: AnyFunction, context?: unknown, descriptor?: PropertyDescriptor): unknown => {
      if (isDecoratingMember(context)) {
        return decorateMember(context, descriptor, (method) => toCached(method, options, wrapWith));
      }
      isDecorating(fn, context);
      return toCached(fn, options, wrapWith);
    };
    return wrapWith;
  };
  return wrap as Wrap<S>;
}
