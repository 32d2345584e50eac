import type { Store } from '../stores/store.ts';
import { toFunction, type CachedFunction, type Wrap } from './cached-function.ts';
import type { CallsOfCache } from './calls-of-cache.ts';
import { isDecorating } from './decorator.ts';
import { checkFunctionOptions, type AnyFunctionOptions, type CheckedOptions } from './function-options.ts';
import type { AnyFunction } from './source.ts';

/** The function `wrap` of a cache, which goes by what it is given: see {@link Wrap}. */
export function wrapFor<S extends Store>(calls: CallsOfCache): Wrap<S> {
  const toCached = (fn: AnyFunction, options: CheckedOptions): CachedFunction<AnyFunction, S> =>
    toFunction<AnyFunction, S>(calls.wrap(fn, options));
  const wrap = (first?: unknown, second?: AnyFunctionOptions): unknown => {
    if (isDecorating(first, second)) return toCached(first as AnyFunction, checkFunctionOptions());
    if (typeof first === 'function' || second !== undefined) {
      return toCached(first as AnyFunction, checkFunctionOptions(second));
    }
    const options = checkFunctionOptions(first as AnyFunctionOptions | undefined);
    return (fn: AnyFunction, context?: unknown) => {
      isDecorating(fn, context);
      return toCached(fn, options);
    };
  };
  return wrap as Wrap<S>;
}
