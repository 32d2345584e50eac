import { invalidArgument } from '../common/errors.ts';
import type { CallSettings } from '../calls/settings.ts';
import { CachedCalls } from './cached-calls.ts';
import { originalOf } from './originals.ts';
import { readFunctionOptions, type CheckedOptions, type HeldOptions } from './function-options.ts';
import type { CacheParts } from './function-context.ts';
import type { AnyFunction } from './source.ts';

/** The functions of one cache, each with what was decided about its calls. */
export class CallsOfCache {
  readonly #cache: CacheParts;
  /** The options that functions were wrapped with, by whichever of the caches over these entries: the last ones hold. */
  readonly #held: WeakMap<AnyFunction, HeldOptions>;
  /** The names of the settings that were decided for this cache, over those of functions. */
  readonly #decided: ReadonlySet<string>;
  /** The calls made by `of`, and the options that they were made with. */
  readonly #calls = new WeakMap<AnyFunction, { readonly options: CheckedOptions; readonly calls: CachedCalls }>();

  constructor(
    cache: CacheParts,
    held: WeakMap<AnyFunction, HeldOptions> = new WeakMap(),
    decided: ReadonlySet<string> = new Set(),
  ) {
    this.#cache = cache;
    this.#held = held;
    this.#decided = decided;
  }

  /** The same functions through the same cache under other settings, which decide over those of the functions. */
  under(cache: CacheParts, settings: Partial<CallSettings>): CallsOfCache {
    return new CallsOfCache(cache, this.#held, new Set([...this.#decided, ...Object.keys(settings)]));
  }

  /** The calls of a function that is wrapped now. */
  wrap(fn: AnyFunction, options: CheckedOptions): CachedCalls {
    const held = { options };
    const calls = new CachedCalls(fn, held, this.#cache);
    this.#held.set(fn, held);
    return calls;
  }

  /** The calls of a function, cached or not, at the place of a call: with the options that it was wrapped with. */
  of(given: AnyFunction): CachedCalls {
    const fn = originalOf(given) ?? given;
    const held = this.#held.get(fn) ?? { options: readFunctionOptions() };
    const { options } = held;
    const known = this.#calls.get(fn);
    if (known?.options === options) return known.calls;
    const calls = new CachedCalls(fn, { options: this.#withoutDecided(options) }, this.#cache);
    if (!this.#held.has(fn)) this.#held.set(fn, held);
    this.#calls.set(fn, { options, calls });
    return calls;
  }

  /**
   * The calls that are meant by `fn, ...args`, or by `options, fn, ...args`: by options that hold for this call alone.
   *
   * @throws TypeError (`ERR_INVALID_ARG_VALUE`) where there is no function, or an option is wrong
   */
  at(given: readonly unknown[], place: string): { readonly calls: CachedCalls; readonly args: readonly unknown[] } {
    const [first, second] = given;
    if (typeof first === 'function') return { calls: this.of(first as AnyFunction), args: given.slice(1) };
    if (typeof second !== 'function' || typeof first !== 'object' || first === null) throw noFunction(place);
    const fn = originalOf(second as AnyFunction) ?? (second as AnyFunction);
    const options = readFunctionOptions(first);
    return { calls: new CachedCalls(fn, { options }, this.#cache), args: given.slice(2) };
  }

  #withoutDecided(options: CheckedOptions): CheckedOptions {
    const call = Object.entries(options.call).filter(([name]) => !this.#decided.has(name));
    return { ...options, call: Object.fromEntries(call) };
  }
}

function noFunction(place: string): TypeError {
  return invalidArgument(`Only a function can be cached: ${place} takes one and its arguments, and options before it`);
}
