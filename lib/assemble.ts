import { MODES, Settings, type Mode } from './calls/settings.ts';
import { flightsOf } from './runtime/in-flight.ts';
import { Usage } from './limits/usage.ts';
import type { Shared } from './calls/context.ts';
import { MemoryTier } from './memory/tier.ts';
import { readMemory, type MemoryOptions } from './options/memory.ts';
import { statsOf, ThreadStats } from './stats/thread-stats.ts';
import { pruneIfDue } from './maintenance/auto-prune.ts';
import { upkeepOf, type Look } from './maintenance/schedule.ts';
import { usesOf } from './usage/last-use.ts';
import { PATIENCE, readPatience, type Patience } from './options/patience.ts';
import { invalidArgument } from './common/errors.ts';
import { hasLimit, LIMITS, readLimits, readSizeLimit, type LimitOptions } from './options/limits.ts';
import { Events, type OnEvent } from './common/events.ts';
import type { CacheParts } from './functions/function-site.ts';
import { checkName, locate } from './options/location.ts';
import { checkOptions, parseChoice, parseDuration, type Duration, type Size } from './options/parse.ts';
import { toCodec, type Serializer } from './serializers/serializer.ts';
import { v8Serializer } from './serializers/v8.ts';
import { fileStore } from './stores/file/file-store.ts';
import { checkStore } from './stores/check-store.ts';
import { withCounters } from './stores/counters-in-records.ts';
import type { Store, SyncStore } from './stores/store.ts';
import { watched } from './stores/watched.ts';

/** Options of a cache that may change from one call to the next: those of `with`. */
export interface CallOptions {
  /** How old a value may be; judged when it is read. Default: `'7d'`. */
  readonly maxAge?: Duration;
  /** Turns values into bytes. Default: `v8Serializer()`. */
  readonly serializer?: Serializer;
  /** Mixed into every id: two programs with different salts share a folder and not an entry. Default: none. */
  readonly salt?: string;
  /** `'on'`, `'off'`, `'readonly'` or `'refresh'`. Default: `'on'`. `$TEMPCACHE_MODE` overrides. */
  readonly mode?: Mode;
  /** For how long past maxAge a value is served while it is computed anew behind it; `true`: always. Default: 0. */
  readonly staleWhileRevalidate?: Duration | boolean;
  /** For how long past maxAge a value stands in for a computation that fails; `true`: always. Default: 0. */
  readonly staleIfError?: Duration | boolean;
  /** How long to wait for another process that computes the same, before computing here. Default: `'10m'`. */
  readonly waitTimeout?: Duration;
  /** Bytes of the largest record that is stored; a larger value is returned and a `skip` event tells. Default: no limit. */
  readonly maxEntryBytes?: Size;
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

/** The names of the options of `with`. */
export const CALL_OPTIONS: readonly string[] = [
  'maxAge',
  'serializer',
  'salt',
  'mode',
  'maxEntryBytes',
  'onEvent',
  ...PATIENCE,
];
/** The names of the options of a cache, but for its store. */
export const CACHE_OPTIONS: readonly string[] = [...CALL_OPTIONS, ...LIMITS, 'stats', 'memory'];
const DEFAULT_MAX_AGE = '7d';
const NO_PATIENCE: Patience = { staleWhileRevalidate: 0, staleIfError: 0, waitTimeout: 600_000 };

/** Makes the parts of a cache. Reads `$TEMPCACHE_DIR` and `$TEMPCACHE_MODE`. @throws TypeError */
export function assemble<S extends Store>(nameOrPath: string, options: TempCacheOptions<S>): CacheParts {
  checkOptions(options, [...CACHE_OPTIONS, 'store'], 'TempCache');
  const { maxAge = DEFAULT_MAX_AGE, serializer = v8Serializer(), salt = '', mode = 'on', onEvent } = options;
  checkName(nameOrPath);
  const wanted = parseChoice(mode, MODES, 'The option mode');
  const forcedMode = modeOfEnvironment();
  const settings = new Settings({
    codec: toCodec(serializer),
    mode: forcedMode ?? wanted,
    events: new Events(checkListener(onEvent)),
    clock: () => Date.now(),
    maxAge: parseDuration(maxAge, 'The option maxAge'),
    maxEntryBytes: readSizeLimit(options.maxEntryBytes, 'maxEntryBytes', Infinity),
    ...readPatience(options, NO_PATIENCE),
  });
  const given = withCounters(checkStore(options.store) ?? fileStore(locate(nameOrPath)));
  const { store, tier } = withMemory(given, options.memory);
  const keepsStats = checkSwitch(options.stats, 'stats', true);
  const limits = readLimits(options);
  const upkeep = upkeepOf(store.scope);
  const look: Look = (id) => pruneIfDue(shared, id);
  const shared: Shared = {
    store,
    flights: flightsOf(store.scope),
    refreshing: new Set(),
    uses: usesOf(store.scope),
    saved: (id) => upkeep.saved(id, look),
    base: settings,
    limits,
    tier,
    usage: hasLimit(limits) ? new Usage(limits) : undefined,
    keepsStats,
    statistics: keepsStats ? statsOf(store.scope) : new ThreadStats(),
  };
  return { shared, settings, salt: checkSalt(salt), forcedMode };
}

/** A store, and what is kept in memory of it: whatever is changed through this cache is seen at once. */
function withMemory(store: Store, option: TempCacheOptions['memory']): Pick<Shared, 'store' | 'tier'> {
  const memory = readMemory(option);
  if (memory === undefined) return { store, tier: undefined };
  const tier = new MemoryTier(store, memory);
  return { store: watched(store, (id) => tier.forget(id)), tier };
}

/**
 * The same cache under other options. Records that are to live longer than the maxAge of the cache say so themselves.
 *
 * @throws TypeError
 */
export function reassemble(parts: CacheParts, options: CallOptions): CacheParts {
  checkOptions(options, CALL_OPTIONS, 'with()');
  const { settings, forcedMode } = parts;
  const maxAge = options.maxAge === undefined ? undefined : parseDuration(options.maxAge, 'The option maxAge');
  const mode = options.mode === undefined ? settings.mode : parseChoice(options.mode, MODES, 'The option mode');
  const init = {
    codec: options.serializer === undefined ? settings.codec : toCodec(options.serializer),
    mode: forcedMode ?? mode,
    events: options.onEvent === undefined ? settings.events : new Events(checkListener(options.onEvent)),
    clock: settings.clock,
    maxAge,
    maxEntryBytes: readSizeLimit(options.maxEntryBytes, 'maxEntryBytes', settings.maxEntryBytes),
    ...readPatience(options, settings),
  };
  const outlives = maxAge === undefined || maxAge > settings.maxAge;
  const changed = outlives ? new Settings(init, settings) : new Settings(init);
  return { ...parts, settings: changed, salt: options.salt === undefined ? parts.salt : checkSalt(options.salt) };
}

function modeOfEnvironment(): Mode | undefined {
  const forced = process.env['TEMPCACHE_MODE'];
  return forced === undefined || forced === '' ? undefined : parseChoice(forced as Mode, MODES, '$TEMPCACHE_MODE');
}

function checkListener(onEvent: OnEvent | undefined): OnEvent | undefined {
  if (onEvent === undefined || typeof onEvent === 'function') return onEvent;
  throw invalidArgument('The option onEvent must be a function');
}

function checkSwitch(given: boolean | undefined, option: string, otherwise: boolean): boolean {
  if (given === undefined) return otherwise;
  if (typeof given === 'boolean') return given;
  throw invalidArgument(`The option ${option} must be true or false`);
}

function checkSalt(salt: string): string {
  if (typeof salt === 'string') return salt;
  throw invalidArgument('The option salt must be a text');
}
