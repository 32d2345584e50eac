import { CacheItem } from './cache-item.ts';
import {
  assemble,
  assembleTemporary,
  reassemble,
  type CallOptions,
  type CacheCore,
  type TempCacheOptions,
  type TempCacheUrlOptions,
} from './assemble.ts';
import { cacheStats, NO_STATS, resetStats, type CacheStats, type StatsOptions } from './stats/stats.ts';
import { clear, type ClearFilter, close, destroy } from './maintenance/clear.ts';
import { NOTHING_PRUNED, prune, type PruneFilter, type PruneResult } from './maintenance/prune.ts';
import type { CallContext } from './calls/context.ts';
import { carryOut, step, type Answer, type Steps } from './runtime/steps.ts';
import type { CachedCall, CachedResult } from './functions/cached-function.ts';
import type { FunctionOptions } from './functions/function-options.ts';
import type { Args } from './functions/signatures.ts';
import type { FreeFunction } from './functions/source.ts';
import { wrapFor, type Wrap } from './functions/wrap.ts';
import { checkId } from './common/ids.ts';
import { DOMAIN, keyPrefix } from './keys/digest.ts';
import { idOfKey, itemContext, listItems, noItems, saltOfItems, type Items } from './items.ts';
import { type AgeOfValue, parseMaxAge } from './options/judging.ts';
import type { Duration } from './options/parse.ts';
import { readOptions } from './options/table.ts';
import type { Store, SyncStore } from './stores/store.ts';

/**
 * A persistent cache of what functions return, in a private folder of the temp directory.
 *
 * @example
 * const cache = new TempCache('weather', { maxAge: '1h' });
 * const forecast = cache.wrap(async function forecast(city: string) {
 *   return (await fetch(`https://example.com/${city}`)).json();
 * });
 * await forecast('Rome'); // computed once an hour, by whichever process comes first
 */
export class TempCache<S extends Store = SyncStore> {
  /** The core of the cache that is being made, where it is there already. */
  static #ready: CacheCore | undefined;
  /** The name or path as it was given. */
  readonly name: string;
  /** Makes cached functions and decorates methods; bound to this cache, so it can be passed on. See {@link Wrap}. */
  readonly wrap: Wrap<S>;
  readonly #core: CacheCore;
  readonly #itemPrefix: Uint8Array;
  readonly #itemContext: CallContext;

  /**
   * Nothing is created until the first value is computed or saved.
   * @param nameOrPath a folder below the private root, `tempcache-<uid>` in the temp folder or `$TEMPCACHE_DIR`; or an
   * absolute path, or one that begins with `~`, `./` or `../`, which is used as it is. Default: `'tempcache'`.
   * @throws TypeError (`ERR_INVALID_ARG_VALUE`) for a name that leaves the root, for `/` and the home folder, and for options that are unknown or wrong
   */
  constructor(nameOrPath: string, options: TempCacheUrlOptions<S>);
  constructor(nameOrPath?: string, options?: TempCacheOptions<S>);
  constructor(nameOrPath = 'tempcache', options: TempCacheOptions<S> | TempCacheUrlOptions<S> = {}) {
    this.name = nameOrPath;
    this.#core = TempCache.#ready ?? assemble(nameOrPath, readOptions(options, 'TempCache'));
    this.#itemPrefix = keyPrefix(DOMAIN.item, saltOfItems(this.#core));
    this.#itemContext = itemContext(this.#core);
    this.wrap = wrapFor<S>(this.#core.calls, this);
  }

  /** A cache in a fresh folder of its own, removed when it is closed or the process ends. @throws TypeError, and what the file system throws */
  static temporary(options: Omit<TempCacheOptions, 'store'> = {}): TempCache {
    const { path, core } = assembleTemporary(readOptions(options, 'TempCache.temporary()'));
    return TempCache.#of(path, core);
  }

  /** A cache whose core is there already, and takes the place of options. */
  static #of<S extends Store>(name: string, core: CacheCore): TempCache<S> {
    TempCache.#ready = core;
    try {
      return new TempCache<S>(name);
    } finally {
      TempCache.#ready = undefined;
    }
  }

  /** The folder, or undefined for a store without one. */
  get path(): string | undefined {
    return this.#core.backing.store.path;
  }

  /** How old a value may be, in ms; `Infinity` where a function decides. It can be set, to whatever the option can be, for later calls. */
  get maxAge(): number {
    return this.#core.settings.maxAge ?? Infinity;
  }

  set maxAge(maxAge: Duration | AgeOfValue) {
    this.#core.settings.givenAge = parseMaxAge(maxAge, 'maxAge');
  }

  /**
   * One cached call, at the place of the call. A function that is wrapped elsewhere, or its original, shares its entries. Options
   * before it hold for this call. @throws what the function throws; UnkeyableError, AnonymousFunctionError, AmbiguousFunctionError
   */
  cacheResult<A extends unknown[], R>(fn: (this: void, ...args: A) => R, ...args: A): CachedResult<R, S>;
  cacheResult<F extends FreeFunction, A extends Args<F>>(fn: F, ...args: A): CachedCall<F, A, S>;
  cacheResult<F extends FreeFunction, A extends Args<F>>(
    how: FunctionOptions<F>,
    fn: F,
    ...args: A
  ): CachedCall<F, A, S>;
  cacheResult(...given: readonly unknown[]): unknown {
    const { calls, args } = this.#core.calls.at(given, 'cacheResult()');
    return calls.run(undefined, args);
  }

  /** The same cache and the same entries under other options: `cache.with({ maxAge: '5m' }).cacheResult(fn, 1)`. */
  with(options: CallOptions = {}): TempCache<S> {
    return TempCache.#of(this.name, reassemble(this.#core, readOptions(options, 'with()')));
  }

  /** The item of any keyable value. String keys and the keys of calls never meet. @throws UnkeyableError */
  itemForKey(key: unknown): CacheItem<S> {
    return this.#item(idOfKey(this.#itemPrefix, key));
  }

  /** The item that `cacheResult(fn, ...args)` would use. @throws as that does, but for the function itself */
  itemForCall<F extends FreeFunction>(fn: F, ...args: Args<F>): CacheItem<S>;
  itemForCall<F extends FreeFunction>(options: FunctionOptions<F>, fn: F, ...args: Args<F>): CacheItem<S>;
  itemForCall(...given: readonly unknown[]): CacheItem<S> {
    const { calls, args } = this.#core.calls.at(given, 'itemForCall()');
    return new CacheItem<S>(calls.itemOf(undefined, args));
  }

  /** The item of an id, as listings print it. @throws TypeError for anything but 64 lower-case hex characters */
  itemForId(id: string): CacheItem<S> {
    return this.#item(checkId(id));
  }

  /** The items that exist, expired ones too, in no order. @throws StoreError, UnsafeFolderError */
  items(): Items<S> {
    const { backing, settings } = this.#core;
    if (settings.mode === 'off') return noItems(backing.store);
    return listItems<S>(backing.store, (id) => this.#item(id));
  }

  /** Removes all entries or, by a filter, those of one name, or those not used for long; how many. @throws TypeError, StoreError, UnsafeFolderError */
  clear(filter: ClearFilter = {}): Answer<S, number> {
    return this.#unlessOff(clear(this.#core.backing, this.#core.settings, filter), 0);
  }

  /** Removes expired, corrupt and over-limit entries, leftovers, and with an option what is superseded. @throws TypeError, StoreError, UnsafeFolderError */
  prune(options: PruneFilter = {}): Answer<S, PruneResult> {
    return this.#unlessOff(prune(this.#core.backing, this.#core.settings, options), NOTHING_PRUNED);
  }

  /** Removes all entries and the folder, which stays where it holds other files. @throws StoreError, UnsafeFolderError */
  destroy(): Answer<S, void> {
    return this.#unlessOff(destroy(this.#core.backing), undefined);
  }

  /**
   * The entries and what became of calls, in all and for each function, over all processes; of calls in this one alone with
   * `{ since: 'process' }`, and where the option `stats` is false. What other processes have counted in their last five seconds may be missing. It looks at
   * every entry, but at no value. @throws StoreError, UnsafeFolderError
   */
  stats(options: StatsOptions = {}): Answer<S, CacheStats> {
    return this.#unlessOff(cacheStats(this.#core.backing, options), NO_STATS);
  }

  /** Sets the counts back to nothing, but for the last seconds of other processes. @throws StoreError, UnsafeFolderError */
  resetStats(): Answer<S, void> {
    return this.#unlessOff(resetStats(this.#core.backing), undefined);
  }

  /** Releases the store; a temporary cache removes its folder. Cached functions go on, uncached. May be called twice. */
  close(): Answer<S, void> {
    const { backing } = this.#core;
    try {
      return carryOut(backing.store as S, close(backing));
    } finally {
      this.#core.cleanUp?.();
    }
  }

  /** `using cache = TempCache.temporary()`: as {@link close}. */
  [Symbol.dispose](): void {
    // The failure of a store that answers with a promise has no caller to go to.
    void Promise.resolve(this.close()).catch(() => undefined);
  }

  /** `await using cache = new TempCache(...)`: as {@link close}. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  #item(id: string): CacheItem<S> {
    return new CacheItem<S>({ context: this.#itemContext, id, args: [] });
  }

  #unlessOff<T>(operation: Steps<T>, otherwise: T): Answer<S, T> {
    const { settings, backing } = this.#core;
    return carryOut(backing.store as S, settings.mode === 'off' ? step(otherwise) : operation);
  }
}
