import process from 'node:process';

import { callSettingsIn, Settings, type CallSettings, type CommonOptions } from './calls/settings.ts';
import { Usage } from './limits/usage.ts';
import { debugLogFor, type DebugLog } from './calls/debug.ts';
import { inFlightCallsOf, type Backing } from './calls/context.ts';
import { Refreshes } from './calls/refreshes.ts';
import { MemoryTier } from './memory/tier.ts';
import { hasLimit, type LimitOptions, type MemoryOptions, type MemorySettings } from './options/limits.ts';
import { statsOf, ThreadStats } from './stats/thread-stats.ts';
import { pruneForRoom, pruneIfDue, pruneSliceIfDue } from './maintenance/auto-prune.ts';
import { upkeepOf } from './maintenance/upkeep.ts';
import { usesOf } from './usage/last-use.ts';
import { Events, type OnEvent } from './common/events.ts';
import { CallsOfCache } from './functions/calls-of-cache.ts';
import type { CacheParts } from './functions/function-context.ts';
import { checkName, locate } from './options/location.ts';
import { parseMode } from './options/table.ts';
import type { CacheValues, Mode, StoreValues, ViewValues } from './options/values.ts';
import { v8Serializer } from './serializers/v8.ts';
import { fileStore } from './stores/file/file-store.ts';
import { listenToStore } from './stores/circuit.ts';
import { checkStore } from './stores/define-store.ts';
import { storeOfUrl, type StoreUrl } from './stores/schemes.ts';
import type { Store, SyncStore } from './stores/store.ts';
import { watched } from './stores/watched.ts';
import { temporaryFolder } from './runtime/temporary-folder.ts';

/** Options of a cache that may change from one call to the next: those of `with`. */
export interface CallOptions extends CommonOptions {
  /** Mixed into every id: two programs with different salts share a folder and not an entry. Default: none. */
  readonly salt?: string;
  /** Called with every event. What it throws is swallowed. Default: none. */
  readonly onEvent?: OnEvent;
}

/** Options of a cache. */
export interface TempCacheOptions<S extends Store = SyncStore> extends CallOptions, LimitOptions {
  /** Where the records are kept. Default: files in the folder of the cache. */
  readonly store?: S;
  /**
   * Whether counters of hits, misses and the like are kept beside the entries, over all processes. They are written every five
   * seconds while something is counted, when a cache is closed, and at the end of the process: when it has nothing left to do, by
   * `process.exit`, or by an error that is not caught. A process that a signal ends loses what it has counted in its last five
   * seconds; to lose none, listen to the signal and close the cache. Default: true.
   */
  readonly stats?: boolean;
  /** Keeps values in the memory of this process too, in front of the store. Default: off. */
  readonly memory?: boolean | MemoryOptions;
}

/** Options of a cache whose store is given as a URL. */
export interface TempCacheUrlOptions<S extends Store = SyncStore> extends Omit<TempCacheOptions<S>, 'store'> {
  /** The URL of a store whose entry was imported: `'sqlite:./file'` after `import 'tempcache/sqlite'`. */
  readonly store: StoreUrl<S>;
}

/** All that a cache consists of. */
export interface CacheCore extends CacheParts {
  readonly calls: CallsOfCache;
  /** Run when the cache is closed, after its store. */
  readonly cleanUp: (() => void) | undefined;
}

/**
 * Makes the core of a cache, after its options were read; of one whose folder goes with it, nothing is removed at the end. Reads
 * `$TEMPCACHE_DIR` and `$TEMPCACHE_MODE`.
 *
 * @throws TypeError (`ERR_INVALID_ARG_VALUE`)
 */
export function assemble(
  nameOrPath: string,
  values: CacheValues & Partial<StoreValues>,
  isTemporary = false,
): CacheCore {
  checkName(nameOrPath);
  const settings = settingsOf(values, debugLogFor(nameOrPath));
  const { store, tier } = withMemory(givenStore(values.store) ?? fileStore(locate(nameOrPath)), values.memory);
  if (values.onEvent !== undefined) listenTo(store, settings.events);
  const { salt, stats: keepsStats, maxEntries, maxBytes } = values;
  const limits = { maxEntries, maxBytes };
  const upkeep = upkeepOf(store.scope);
  const care = {
    look: (id: string) => pruneIfDue(backing, id),
    atEnd: isTemporary ? undefined : (saved: number) => pruneSliceIfDue(backing, saved),
  };
  const backing: Backing = {
    store,
    inFlight: inFlightCallsOf(store.scope),
    refreshes: new Refreshes(),
    uses: usesOf(store.scope),
    saved: (id) => upkeep.saved(id, care),
    makeRoom: () => upkeep.makeRoom(() => pruneForRoom(backing)),
    ending: () => upkeep.end(),
    base: settings,
    limits,
    tier,
    usage: hasLimit(limits) ? new Usage(limits) : undefined,
    keepsStats,
    statistics: keepsStats ? statsOf(store.scope) : new ThreadStats(),
  };
  const parts = { backing, settings, salt };
  return { ...parts, calls: new CallsOfCache(parts), cleanUp: undefined };
}

function givenStore(store: object | string | undefined): Store | undefined {
  return typeof store === 'string' ? storeOfUrl(store) : checkStore(store as Store | undefined);
}

/** The same in a fresh folder, which is removed when the cache is closed or the process ends. @throws TypeError, and what the file system throws */
export function assembleTemporary(values: CacheValues): { readonly path: string; readonly core: CacheCore } {
  const { path, remove } = temporaryFolder();
  try {
    // Counters in the folder would go with it.
    return { path, core: { ...assemble(path, { ...values, stats: false }, true), cleanUp: remove } };
  } catch (error) {
    remove();
    throw error;
  }
}

/** Everything is given, so that nothing has to be inherited. */
function settingsOf({ serializer = v8Serializer(), ...values }: CacheValues, debug: DebugLog | undefined): Settings {
  return new Settings({
    ...(callSettingsIn({ ...values, serializer }) as CallSettings),
    events: new Events(values.onEvent),
    clock: () => Date.now(),
    debug,
    forcedMode: modeOfEnvironment(),
  });
}

/** A store, and what is kept in memory of it: whatever is changed through this cache is seen at once. */
function withMemory(store: Store, memory: MemorySettings | undefined): Pick<Backing, 'store' | 'tier'> {
  if (memory === undefined) return { store, tier: undefined };
  const tier = new MemoryTier(store, memory);
  return { store: watched(store, (id) => tier.forget(id)), tier };
}

/** The same under other options, which were read. Records that are to live longer than the maxAge of the cache say so. */
export function reassemble(core: CacheCore, values: Partial<ViewValues>): CacheCore {
  const { salt = core.salt, onEvent } = values;
  const own = callSettingsIn(values);
  const given = onEvent === undefined ? own : { ...own, events: new Events(onEvent) };
  if ('events' in given) listenTo(core.backing.store, given.events);
  const { maxAge } = core.settings;
  const outlives = typeof own.maxAge !== 'number' || maxAge === undefined || own.maxAge > maxAge;
  const settings = core.settings.but(given, outlives ? core.settings : undefined);
  const parts = { backing: core.backing, settings, salt };
  return { ...core, ...parts, calls: core.calls.under(parts, own) };
}

/** A store that answers with promises may be far away, and tells when it is gone. */
function listenTo(store: Store, events: Events): void {
  if (store.kind === 'async') listenToStore(store.scope, events);
}

function modeOfEnvironment(): Mode | undefined {
  const forced = process.env['TEMPCACHE_MODE'];
  return forced === undefined || forced === '' ? undefined : parseMode(forced, '$TEMPCACHE_MODE');
}
