import type { TempCacheOptions } from '../../lib/assemble.ts';
import type { AnyFunctionOptions, FunctionOptions } from '../../lib/functions/function-options.ts';
import type { AnyFunction } from '../../lib/functions/source.ts';
import { memoryStore } from '../../lib/stores/memory.ts';
import { TempCache } from '../../lib/temp-cache.ts';

/** A cache that shares nothing with any other. */
export function loneCache(options: Omit<TempCacheOptions, 'store'> = {}): TempCache {
  return new TempCache('spec', { ...options, store: memoryStore() });
}

/** A cache that shares nothing with any other, and to which nothing shows what functions capture. */
export function blindCache(): TempCache {
  return loneCache({ captures: 'off' });
}

/** The id of a call without arguments: equal for functions that would share their entries. */
export function idOfFunction(
  fn: AnyFunction,
  options: AnyFunctionOptions = {},
  cache: TempCache = loneCache(),
): string {
  return cache.wrap(fn, options as FunctionOptions).cache.itemFor().id;
}

/** Gives a function another name, or whatever else it is to answer with. */
export function renamed<F extends AnyFunction>(fn: F, name: unknown): F {
  return Object.defineProperty(fn, 'name', { value: name });
}

/** What cannot be a key: nobody can see whether it holds more than this. */
export class Session {
  readonly open: boolean = true;
}
