import { types } from 'node:util';

import { runAsync } from '../calls/run-async.ts';
import { computeOnly } from '../calls/run-shared.ts';
import { runSync } from '../calls/run-sync.ts';
import { Settings, type Mode } from '../calls/settings.ts';
import type { AsyncSite, Shared, Site, SyncSite, Work } from '../calls/site.ts';
import { UnkeyableError } from '../errors.ts';
import { DOMAIN, idOfCall, idOfValue, keyPrefix } from '../keys/digest.ts';
import type { CheckedOptions } from './function-options.ts';
import { identify } from './identity.ts';
import { claimIdentity } from './registry.ts';
import type { AnyFunction } from './source.ts';

/** Where the calls of a function go: a cache, seen from below. */
export interface CacheParts {
  readonly shared: Shared;
  readonly settings: Settings;
  readonly salt: string;
  /** The mode that `$TEMPCACHE_MODE` asks for, over every option. */
  readonly forcedMode: Mode | undefined;
}

/** All calls of one function through one cache. Whatever can be decided once for all of them is decided here. */
export class CachedCalls {
  readonly original: AnyFunction;
  readonly site: Site;
  /** The digest of the identity of the function. */
  readonly digest: string;
  readonly #callPrefix: Uint8Array;
  readonly #customPrefix: Uint8Array;
  readonly #customKey: CheckedOptions['key'];
  readonly #keysThis: boolean;
  readonly #idOf: (self: unknown, args: readonly unknown[]) => string = (self, args) => this.idOf(self, args);

  /** @throws AnonymousFunctionError, AmbiguousFunctionError, UnkeyableError, TypeError */
  constructor(fn: AnyFunction, options: CheckedOptions, cache: CacheParts) {
    const settings = settingsFor(options, cache);
    const identity = identify(fn, options, cache.salt);
    claimIdentity(cache.shared.store.scope, identity);
    this.original = fn;
    this.digest = identity.digest;
    this.site = {
      shared: cache.shared,
      settings,
      name: identity.name,
      promised: types.isAsyncFunction(fn),
      seenPromise: false,
      shouldCache: options.shouldCache,
      label: options.label,
    };
    this.#callPrefix = keyPrefix(DOMAIN.call, identity.digest);
    this.#customPrefix = keyPrefix(DOMAIN.customKey, identity.digest);
    this.#customKey = options.key;
    this.#keysThis = identity.source.usesThis && !options.ignoreThis;
  }

  /** The id of a call. @throws UnkeyableError */
  idOf(self: unknown, args: readonly unknown[]): string {
    if (this.#customKey !== undefined) return this.#customId(this.#customKey, self, args);
    return idOfCall(this.#callPrefix, this.#keysThis ? self : undefined, args);
  }

  /** What the function would give, from the cache where it is there. */
  run(self: unknown, args: readonly unknown[]): unknown {
    const { site } = this;
    const work: Work = { fn: this.original as Work['fn'], self, args, idOf: this.#idOf };
    if (!isSync(site)) return this.#runRemote(site, work);
    if (site.settings.mode === 'off') return computeOnly(work);
    if (!site.promised) return runSync(site, this.idOf(self, args), work);
    try {
      return runSync(site, this.idOf(self, args), work);
    } catch (error) {
      return Promise.reject(error);
    }
  }

  async #runRemote(site: Site, work: Work): Promise<unknown> {
    if (site.settings.mode === 'off') return computeOnly(work);
    const id = this.idOf(work.self, work.args);
    return runAsync(site as AsyncSite, id, work);
  }

  #customId(key: NonNullable<CheckedOptions['key']>, self: unknown, args: readonly unknown[]): string {
    let value: unknown;
    try {
      value = Reflect.apply(key, self, args);
    } catch (cause) {
      throw new UnkeyableError(`The option key of ${this.site.name} threw; see the cause`, { path: 'key', cause });
    }
    return idOfValue(this.#customPrefix, value, { root: 'key' });
  }
}

function isSync(site: Site): site is SyncSite {
  return site.shared.store.kind === 'sync';
}

function settingsFor({ maxAge, serializer, mode }: CheckedOptions, { settings, forcedMode }: CacheParts): Settings {
  if (maxAge === undefined && serializer === undefined && mode === undefined) return settings;
  const { events, clock } = settings;
  const codec = serializer ?? settings.codec;
  return new Settings({ codec, mode: forcedMode ?? mode ?? settings.mode, events, clock, maxAge }, settings);
}
