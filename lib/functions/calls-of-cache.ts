import { CachedCalls } from './cached-calls.ts';
import { originalOf } from './cached-functions.ts';
import { CALL_OPTIONS, checkFunctionOptions, type CheckedOptions } from './function-options.ts';
import type { CacheParts } from './function-context.ts';
import type { AnyFunction } from './source.ts';
import { Wrapping } from './wrapping.ts';

type CallOption = (typeof CALL_OPTIONS)[number];

/** A cache put together already, in the place of options: what `with` hands to the constructor. */
export class Assembled {
  readonly parts: CacheParts;
  readonly calls: CallsOfCache;

  constructor(parts: CacheParts, calls: CallsOfCache) {
    this.parts = parts;
    this.calls = calls;
  }
}

/** The functions of one cache, each with what was decided about its calls. */
export class CallsOfCache {
  readonly #cache: CacheParts;
  /** What functions were wrapped with, by whichever of the caches over these entries: the last one holds. */
  readonly #wrapped: WeakMap<AnyFunction, Wrapping>;
  readonly #overridden: readonly CallOption[];
  /** The calls made by `of`, and the options that they were made with. */
  readonly #calls = new WeakMap<AnyFunction, { readonly options: CheckedOptions; readonly calls: CachedCalls }>();

  constructor(
    cache: CacheParts,
    wrapped: WeakMap<AnyFunction, Wrapping> = new WeakMap(),
    overridden: readonly CallOption[] = [],
  ) {
    this.#cache = cache;
    this.#wrapped = wrapped;
    this.#overridden = overridden;
  }

  /** The same functions under other options, and under those that were decided for this cache. */
  under(cache: CacheParts, overrides: Partial<Readonly<Record<CallOption, unknown>>>): CallsOfCache {
    const further = CALL_OPTIONS.filter((option) => overrides[option] !== undefined);
    return new CallsOfCache(cache, this.#wrapped, [...this.#overridden, ...further]);
  }

  /** The calls of a function that is wrapped now. */
  wrap(fn: AnyFunction, options: CheckedOptions): CachedCalls {
    const wrapping = new Wrapping(options);
    const calls = new CachedCalls(fn, wrapping, this.#cache);
    this.#wrapped.set(fn, wrapping);
    return calls;
  }

  /** The calls of a function, cached or not, at the place of a call: with the options that it was wrapped with. */
  of(given: AnyFunction): CachedCalls {
    const fn = originalOf(given) ?? given;
    const wrapping = this.#wrapped.get(fn) ?? new Wrapping(checkFunctionOptions());
    const { options } = wrapping;
    const known = this.#calls.get(fn);
    if (known?.options === options) return known.calls;
    const changed = new Wrapping({ ...options, ...this.#withoutOverridden() });
    const calls = new CachedCalls(fn, changed, this.#cache);
    if (!this.#wrapped.has(fn)) this.#wrapped.set(fn, wrapping);
    this.#calls.set(fn, { options, calls });
    return calls;
  }

  #withoutOverridden(): Partial<CheckedOptions> {
    return Object.fromEntries(this.#overridden.map((option) => [option, undefined]));
  }
}
