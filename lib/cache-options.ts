import { MODES, Settings, type Mode } from './calls/settings.ts';
import type { Shared } from './calls/site.ts';
import { invalidArgument } from './errors.ts';
import { Events, type OnEvent } from './events.ts';
import type { CacheParts } from './functions/cached-calls.ts';
import { locate } from './location.ts';
import { checkOptions, parseChoice, parseDuration, type Duration } from './options.ts';
import { toCodec, type Serializer } from './serializers/serializer.ts';
import { v8Serializer } from './serializers/v8.ts';
import { fileStore } from './stores/file/file-store.ts';
import type { Store, SyncStore } from './stores/store.ts';

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
  /** Called with every event. What it throws is swallowed. Default: none. */
  readonly onEvent?: OnEvent;
}

/** Options of a cache. */
export interface TempCacheOptions<S extends Store = SyncStore> extends CallOptions {
  /** Where the records are kept. Default: files in the folder of the cache. */
  readonly store?: S;
}

const CALL_OPTIONS = ['maxAge', 'serializer', 'salt', 'mode', 'onEvent'] as const;
const DEFAULT_MAX_AGE = '7d';

/** Makes the parts of a cache. Reads `$TEMPCACHE_DIR` and `$TEMPCACHE_MODE`. @throws TypeError */
export function assemble<S extends Store>(nameOrPath: string, options: TempCacheOptions<S>): CacheParts {
  checkOptions(options, [...CALL_OPTIONS, 'store'], 'TempCache');
  const { maxAge = DEFAULT_MAX_AGE, serializer = v8Serializer(), salt = '', mode = 'on', onEvent } = options;
  const settings = new Settings({
    codec: toCodec(serializer),
    mode: modeOf(mode),
    events: new Events(checkListener(onEvent)),
    clock: () => Date.now(),
    maxAge: parseDuration(maxAge, 'The option maxAge'),
  });
  const shared: Shared = {
    store: checkStore(options.store) ?? fileStore(locate(nameOrPath)),
    running: new Map(),
    ended: 0,
  };
  return { shared, settings, salt: checkSalt(salt) };
}

/**
 * The same cache under other options. Records that are to live longer than the maxAge of the cache say so themselves.
 *
 * @throws TypeError
 */
export function reassemble({ shared, settings, salt }: CacheParts, options: CallOptions): CacheParts {
  checkOptions(options, CALL_OPTIONS, 'with()');
  const maxAge = options.maxAge === undefined ? undefined : parseDuration(options.maxAge, 'The option maxAge');
  const init = {
    codec: options.serializer === undefined ? settings.codec : toCodec(options.serializer),
    mode: options.mode === undefined ? settings.mode : modeOf(options.mode),
    events: options.onEvent === undefined ? settings.events : new Events(checkListener(options.onEvent)),
    clock: settings.clock,
    maxAge,
  };
  const outlives = maxAge === undefined || maxAge > settings.maxAge;
  const changed = outlives ? new Settings(init, settings) : new Settings(init);
  return { shared, settings: changed, salt: options.salt === undefined ? salt : checkSalt(options.salt) };
}

function modeOf(given: Mode): Mode {
  const forced = process.env['TEMPCACHE_MODE'];
  if (forced !== undefined && forced !== '') return parseChoice(forced as Mode, MODES, '$TEMPCACHE_MODE');
  return parseChoice(given, MODES, 'The option mode');
}

function checkListener(onEvent: OnEvent | undefined): OnEvent | undefined {
  if (onEvent === undefined || typeof onEvent === 'function') return onEvent;
  throw invalidArgument('The option onEvent must be a function');
}

function checkSalt(salt: string): string {
  if (typeof salt === 'string') return salt;
  throw invalidArgument('The option salt must be a text');
}

function checkStore<S extends Store>(store: S | undefined): S | undefined {
  if (store === undefined || store?.kind === 'sync' || store?.kind === 'async') return store;
  throw invalidArgument('The option store must be a store such as memoryStore() or fileStore({ path })');
}
