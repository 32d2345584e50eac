import type { Limits } from '../options/limits.ts';
import type { Store } from '../stores/store.ts';
import type { InFlightCalls } from '../runtime/in-flight.ts';
import { perScope } from '../runtime/per-store.ts';
import type { MemoryTier } from '../memory/tier.ts';
import type { Usage } from '../limits/usage.ts';
import type { Outcome } from '../records/outcome.ts';
import type { Settings } from './settings.ts';
import type { CallCounters } from '../stats/counters.ts';
import type { ThreadStats } from '../stats/thread-stats.ts';
import type { LastUses } from '../usage/last-use.ts';

/** What stands behind a cache: its store, and what all caches over that share in this thread. */
export interface Backing<S extends Store = Store> {
  readonly store: S;
  /** The calls that are being computed at this moment, by id. */
  readonly inFlight: InFlightCalls<Outcome>;
  /** The ids of values that are computed anew in the background while old ones are served. */
  readonly refreshing: Set<string>;
  /** The last uses that are not written yet: later ones than the store knows of. */
  readonly uses: LastUses;
  /** Says that a record was saved: what is old is removed in the background after that. */
  readonly saved: (id: string) => void;
  /** Says that the store is about to be closed: some of what is old is removed now. Never throws. */
  readonly ending: () => void;
  /** The settings of the cache itself, whatever `with` and functions say. */
  readonly base: Settings;
  readonly limits: Limits;
  /** How full the cache is; undefined where there are no limits. */
  readonly usage: Usage | undefined;
  /** Whether counts of calls are kept in the store. */
  readonly keepsStats: boolean;
  /** What is kept in memory, if anything is. */
  readonly tier: MemoryTier | undefined;
  /** What is counted here: of all caches over these records that keep it in the store, or of these caches alone. */
  readonly statistics: ThreadStats;
}

/** Whether a generator answers at once or with promises. */
export type GeneratorKind = 'sync' | 'async';

/** All that is fixed about the calls of one function, or about one item. */
export interface CallContext<S extends Store = Store> {
  readonly backing: Backing<S>;
  readonly settings: Settings;
  readonly counts: CallCounters;
  /** The name of the function; an empty string for an item without one. */
  readonly name: string;
  /** The first 16 hex characters of the digest of the function's identity; an empty string for an item without one. */
  readonly identity: string;
  /** Whether the function is declared `async`: then it answers with a promise whatever the record says. */
  readonly promised: boolean;
  /** Whether the function was seen to answer with a promise: then it does so whenever it has to compute. */
  seenPromise: boolean;
  /** What kind of generator the function makes; undefined for a function that makes none. */
  readonly generator?: GeneratorKind | undefined;
  readonly shouldCache: ((value: unknown, ...args: readonly unknown[]) => boolean) | undefined;
  readonly label: ((...args: readonly unknown[]) => string) | undefined;
}

/** One call of a function. */
export interface Call {
  readonly fn: (...args: readonly unknown[]) => unknown;
  readonly self: unknown;
  readonly args: readonly unknown[];
  /** Whether these are still the arguments of the id. */
  readonly isStill?: ((id: string, call: Call) => boolean) | undefined;
  /** What tells the call from others of the function, for its record (see `records/fingerprints.ts`). Never throws. */
  readonly fingerprints?: ((id: string, call: Call) => Uint8Array) | undefined;
}

/** The calls over a store's records that are being computed at this moment, the same for every cache over them. */
export const inFlightCallsOf: (scope: string | object) => InFlightCalls<Outcome> = perScope(() => new Map());
