import { CacheItem } from '../cache-item.ts';
import { functionStats, type StatsOptions } from '../stats/stats.ts';
import { NO_COUNTS, type CallCounts } from '../stats/counters.ts';
import { clearFunction } from '../maintenance/clear.ts';
import { NOTHING_PRUNED, pruneFunction, type PruneResult } from '../maintenance/prune.ts';
import { carryOut, step, type Answer, type Steps } from '../runtime/steps.ts';
import { parseMaxAge } from '../options/judging.ts';
import type { Store, SyncStore } from '../stores/store.ts';
import type { CachedCalls } from './cached-calls.ts';
import { refresh, runDetailed, type CallOutcome } from './detailed-calls.ts';
import { listCaptures, type FunctionCaptures } from './captures/listing.ts';
import type { FunctionOptions } from './function-options.ts';
import { explain } from './explain/explain.ts';
import type { Explanation } from './explain/look.ts';
import type { Args, ResultFor } from './signatures.ts';
import type { AnyFunction } from './source.ts';

/** What a call with details gives: an outcome, or a promise of it wherever the call itself would give a promise. */
export type Detailed<R, S extends Store = SyncStore> = [R] extends [never]
  ? never
  : S extends SyncStore
    ? DetailedHere<R>
    : Promise<CallOutcome<R extends Generator<infer T, infer V, infer N> ? AsyncGenerator<T, V, N> : Awaited<R>>>;

type DetailedHere<R> = [R] extends [PromiseLike<unknown>]
  ? Promise<CallOutcome<Awaited<R>>>
  : [R] extends [AsyncGenerator<unknown, unknown, never>]
    ? Promise<CallOutcome<R>>
    : [Extract<R, PromiseLike<unknown>>] extends [never]
      ? CallOutcome<R>
      : Promise<CallOutcome<Awaited<R>>> | CallOutcome<Exclude<R, PromiseLike<unknown>>>;

/**
 * What `refresh` gives: what the function gives, or a promise of it over a store that answers with promises. Generators are
 * run to their end and give nothing.
 */
export type Refreshed<R, S extends Store = SyncStore> = [R] extends [never]
  ? never
  : [R] extends [AsyncGenerator<unknown, unknown, never>]
    ? Promise<void>
    : [R] extends [Generator<unknown, unknown, never>]
      ? S extends SyncStore
        ? void
        : Promise<void>
      : S extends SyncStore
        ? R
        : Promise<Awaited<R>>;

/**
 * What a cached function knows of its cache. The four that take arguments take a `this` as well, where they are called on
 * something else than this very object: `user.greet.cache.itemFor.call(user, 'Hello')`.
 */
export interface FunctionCache<F extends AnyFunction, S extends Store = SyncStore> {
  /** The function without the cache. */
  readonly original: F;
  /** The item of a call with these arguments. @throws UnkeyableError */
  itemFor(...args: Args<F>): CacheItem<S>;
  /** A call, and how it came to its value. @throws as the call itself */
  run<A extends Args<F>>(...args: A): Detailed<ResultFor<F, A>, S>;
  /**
   * Computes and stores now, whatever is stored, and gives the value. Calls meanwhile are served what is stored; another
   * refresh of the same arguments shares the computation. When it fails, the caller gets the error and the old value stays.
   *
   * @throws as the call itself
   */
  refresh<A extends Args<F>>(...args: A): Refreshed<ResultFor<F, A>, S>;
  /**
   * What a call with these arguments would be, and why: which part of it differs from the nearest entry of a function of this
   * name, or what is wrong with its own entry. It computes nothing and changes nothing. Where nothing is stored for the call it
   * looks at every entry of the cache: that takes about 10 µs for each.
   *
   * @throws UnkeyableError as the call itself; no failure of the store
   */
  explain(...args: Args<F>): Answer<S, Explanation>;
  /**
   * What the function depends on: each variable that it captures, as what it counts, and where it stands. It is read now, and takes
   * some milliseconds where a script is met that was not known.
   */
  captures(): FunctionCaptures;
  /** Removes the entries of this very function, not those of another one of its name; how many. @throws StoreError */
  clear(): Answer<S, number>;
  /**
   * Removes those entries of this very function that are past its maxAge or cannot be read, and parts of its runs that no
   * entry leads to. Like `prune()` of the cache it brings the cache under its limits and removes leftovers.
   *
   * @throws StoreError
   */
  prune(): Answer<S, PruneResult>;
  /**
   * What became of the calls of this very function, over all processes; in this one alone with `{ since: 'process' }`, and where
   * the option `stats` is false.
   *
   * @throws StoreError; TypeError for another option
   */
  stats(options?: StatsOptions): Answer<S, CallCounts>;
  /**
   * How old a value may be, in ms; `Infinity` where a function decides it when a value is saved. It can be set, to whatever the
   * option can be, and holds from the next call on; undefined: that of the cache, as long as no other is set.
   */
  get maxAge(): number;
  set maxAge(maxAge: FunctionOptions<F>['maxAge']);
}

/** Makes the property `cache` of a function. It cannot be changed, but for its maxAge. */
export function toFunctionCache<S extends Store>(calls: CachedCalls): FunctionCache<AnyFunction, S> {
  const { original, settings, store } = calls;
  const carryOutUnlessOff = <T>(operation: Steps<T>, otherwise: T): Answer<S, T> =>
    carryOut(store as S, settings.mode === 'off' ? step(otherwise) : operation);
  const callOf = (self: unknown, args: readonly unknown[]) => calls.callOf(self === cache ? undefined : self, args);
  const cache = {
    original,
    itemFor(this: unknown, ...args: readonly unknown[]): CacheItem<S> {
      return new CacheItem<S>(calls.itemOf(callOf(this, args).self, args));
    },
    run(this: unknown, ...args: readonly unknown[]): unknown {
      return runDetailed(calls, callOf(this, args));
    },
    refresh(this: unknown, ...args: readonly unknown[]): unknown {
      return refresh(calls, callOf(this, args));
    },
    explain(this: unknown, ...args: readonly unknown[]): Answer<S, Explanation> {
      return carryOut(store as S, explain(calls, callOf(this, args)));
    },
    captures: () => listCaptures(calls.read().moment, settings.captures),
    clear: () => carryOutUnlessOff(clearFunction(calls.context), 0),
    prune: () => carryOutUnlessOff(pruneFunction(calls.context), NOTHING_PRUNED),
    stats: (options: StatsOptions = {}) =>
      carryOutUnlessOff(functionStats(calls.context.backing, { ...calls.context, options }), NO_COUNTS),
    get maxAge(): number {
      return settings.maxAge ?? Infinity;
    },
    set maxAge(maxAge: unknown) {
      calls.setMaxAge(maxAge === undefined ? undefined : parseMaxAge(maxAge, 'maxAge'));
    },
  };
  return Object.freeze(cache) as unknown as FunctionCache<AnyFunction, S>;
}
