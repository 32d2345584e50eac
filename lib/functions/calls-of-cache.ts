import { CachedCalls, type CacheParts } from './cached-calls.ts';
import { originalOf } from './cached-functions.ts';
import { checkFunctionOptions, type CheckedOptions } from './function-options.ts';
import type { AnyFunction } from './source.ts';

/** Options that a cache made by `with` decides over the function's own. */
const OVERRIDABLE = ['maxAge', 'serializer', 'mode'] as const;
type Overridable = (typeof OVERRIDABLE)[number];

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
  readonly #overridden: readonly Overridable[];
  /** The calls made by `of`, and the options that they were made with. */
  readonly #calls = new WeakMap<AnyFunction, { readonly options: CheckedOptions; readonly calls: CachedCalls }>();

  constructor(
    cache: CacheParts,
    wrapped: WeakMap<AnyFunction, CheckedOptions> = new WeakMap(),
    overridden: readonly Overridable[] = [],
  ) {
    this.#cache = cache;
    this.#wrapped = wrapped;
    this.#overridden = overridden;
  }

  /** The same functions under other options, and under those that were decided for this cache. */
  under(cache: CacheParts, overrides: Partial<Readonly<Record<Overridable, unknown>>>): CallsOfCache {
    const further = OVERRIDABLE.filter((option) => overrides[option] !== undefined);
    return new CallsOfCache(cache, this.#wrapped, [...this.#overridden, ...further]);
  }

  /** The calls of a function that is wrapped now. */
  wrap(fn: AnyFunction, options: CheckedOptions): CachedCalls {
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

  #withoutOverridden(): Partial<CheckedOptions> {
    return Object.fromEntries(this.#overridden.map((option) => [option, undefined]));
  }
}
