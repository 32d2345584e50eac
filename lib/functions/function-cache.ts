import { CacheItem } from '../cache-item.ts';
import { clearFunction, NOTHING_PRUNED, pruneFunction } from '../calls/function-upkeep.ts';
import type { PruneResult } from '../calls/maintenance.ts';
import { carryOut, step, type Answer, type Steps } from '../calls/steps.ts';
import { parseDuration, type Duration } from '../options.ts';
import type { Store, SyncStore } from '../stores/store.ts';
import type { CachedCalls } from './cached-calls.ts';
import type { FunctionStats } from './counts.ts';
import { refresh, runDetailed, type CallOutcome } from './detailed-calls.ts';
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
 * What a cached function knows of its cache. The three that take arguments take a `this` as well, where they are called on
 * something else than this very object: `user.greet.cache.itemFor.call(user, 'Hello')`.
 */
export interface FunctionCache<F extends AnyFunction, S extends Store = SyncStore> {
  /** The function without the cache. */
  readonly original: F;
  /** The item of a call with these arguments. @throws UnkeyableError */
  itemFor(...args: Parameters<F>): CacheItem<S>;
  /** A call, and how it came to its value. @throws as the call itself */
  run(...args: Parameters<F>): Detailed<ReturnType<F>, S>;
  /**
   * Computes and stores now, whatever is stored, and gives the value. Calls meanwhile are served what is stored; another
   * refresh of the same arguments shares the computation. When it fails, the caller gets the error and the old value stays.
   *
   * @throws as the call itself
   */
  refresh(...args: Parameters<F>): Refreshed<ReturnType<F>, S>;
  /** Removes the entries of this very function, not those of another one of its name; how many. @throws StoreError */
  clear(): Answer<S, number>;
  /** Removes those entries of this very function that are past its maxAge or cannot be read. @throws StoreError */
  prune(): Answer<S, PruneResult>;
  /** What became of its calls in this process. */
  stats(): FunctionStats;
  /**
   * How old a value may be, in ms. It can be set, to any duration, and holds from the next call on; undefined: that of the
   * cache, as long as no other is set.
   */
  get maxAge(): number;
  set maxAge(duration: Duration | undefined);
}

/** Makes the property `cache` of a function. It cannot be changed, but for its maxAge. */
export function toFunctionCache<S extends Store>(calls: CachedCalls): FunctionCache<AnyFunction, S> {
  const { original, site } = calls;
  const { shared, settings } = site;
  const carryOutUnlessOff = <T>(operation: Steps<T>, otherwise: T): Answer<S, T> =>
    carryOut(shared.store as S, settings.mode === 'off' ? step(otherwise) : operation);
  const workOf = (self: unknown, args: readonly unknown[]) => calls.workOf(self === cache ? undefined : self, args);
  const cache = {
    original,
    itemFor(this: unknown, ...args: readonly unknown[]): CacheItem<S> {
      const { self } = workOf(this, args);
      return new CacheItem<S>({ site, id: calls.idOf(self, args), args });
    },
    run(this: unknown, ...args: readonly unknown[]): unknown {
      return runDetailed(calls, workOf(this, args));
    },
    refresh(this: unknown, ...args: readonly unknown[]): unknown {
      return refresh(calls, workOf(this, args));
    },
    clear: () => carryOutUnlessOff(clearFunction(site), 0),
    prune: () => carryOutUnlessOff(pruneFunction(site), NOTHING_PRUNED),
    stats: () => calls.wrapping.counts.read(),
    get maxAge(): number {
      return settings.maxAge;
    },
    set maxAge(duration: Duration | undefined) {
      calls.setMaxAge(duration === undefined ? undefined : parseDuration(duration, 'maxAge'));
    },
  };
  return Object.freeze(cache) as unknown as FunctionCache<AnyFunction, S>;
}
