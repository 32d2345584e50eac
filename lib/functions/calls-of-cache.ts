import { CachedCalls, type CacheParts } from './cached-calls.ts';
import { originalOf } from './cached-functions.ts';
import { checkFunctionOptions, type CheckedOptions, type FunctionOptions } from './function-options.ts';
import type { AnyFunction } from './source.ts';

/** Options that a cache made by `with` decides over the function's own. */
type Overrides = Partial<Pick<CheckedOptions, 'maxAge' | 'serializer' | 'mode'>>;

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
  readonly #wrapped: WeakMap<AnyFunction, CheckedOptions>;
  readonly #overridden: readonly (keyof Overrides)[];
  /** The calls made by `of`, and the options that they were made with. */
  readonly #calls = new WeakMap<AnyFunction, { readonly options: CheckedOptions; readonly calls: CachedCalls }>();

  constructor(
    cache: CacheParts,
    wrapped: WeakMap<AnyFunction, CheckedOptions> = new WeakMap(),
    overrides: object = {},
  ) {
    this.#cache = cache;
    this.#wrapped = wrapped;
    this.#overridden = (['maxAge', 'serializer', 'mode'] as const).filter((option) => Object.hasOwn(overrides, option));
  }

  /** The same functions under other options. */
  under(cache: CacheParts, overrides: object): CallsOfCache {
    return new CallsOfCache(cache, this.#wrapped, overrides);
  }

  /** The calls of a function that is wrapped now. */
  wrap(fn: AnyFunction, given: FunctionOptions<never> | undefined): CachedCalls {
    const options = checkFunctionOptions(given);
    const calls = new CachedCalls(fn, options, this.#cache);
    this.#wrapped.set(fn, options);
    return calls;
  }

  /** The calls of a function, cached or not, at the place of a call: with the options that it was wrapped with. */
  of(given: AnyFunction): CachedCalls {
    const fn = originalOf(given) ?? given;
    const options = this.#wrapped.get(fn) ?? checkFunctionOptions();
    const known = this.#calls.get(fn);
    if (known?.options === options) return known.calls;
    const calls = new CachedCalls(fn, { ...options, ...this.#withoutOverridden() }, this.#cache);
    if (this.#wrapped.get(fn) === undefined) this.#wrapped.set(fn, options);
    this.#calls.set(fn, { options, calls });
    return calls;
  }

  #withoutOverridden(): Overrides {
    return Object.fromEntries(this.#overridden.map((option) => [option, undefined]));
  }
}
