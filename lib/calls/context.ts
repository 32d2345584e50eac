import type { Limits } from '../options/limits.ts';
import type { Store } from '../stores/store.ts';
import type { Flights } from '../runtime/in-flight.ts';
import type { MemoryTier } from '../memory/tier.ts';
import type { Usage } from '../limits/usage.ts';
import type { Result } from '../records/outcome.ts';
import type { Settings } from './settings.ts';
import type { CallCounters } from '../stats/counters.ts';
import type { ThreadStats } from '../stats/thread-stats.ts';
import type { LastUses } from '../usage/last-use.ts';

/** What the caches over one store share in this thread. */
export interface Shared<S extends Store = Store> {
  readonly store: S;
  /** The computations that run at this moment, by id. */
  readonly flights: Flights;
  /** The ids of values that are computed anew behind old ones that are served. */
  readonly refreshing: Set<string>;
  /** The last uses that are not written yet: later ones than the store knows of. */
  readonly uses: LastUses;
  /** Says that a record was saved: what is old is removed behind that. */
  readonly saved: (id: string) => void;
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
export interface Site<S extends Store = Store> {
  readonly shared: Shared<S>;
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

/** A site whose store answers at once. */
export type SyncSite = Site<Store & { kind: 'sync' }>;
/** A site whose store answers with promises. */
export type AsyncSite = Site<Store & { kind: 'async' }>;

/** The function to run where nothing is stored. */
export interface Work {
  readonly fn: (...args: readonly unknown[]) => unknown;
  readonly self: unknown;
  readonly args: readonly unknown[];
  /** Whether these are still the arguments of the id. */
  readonly isStill?: ((id: string, work: Work) => boolean) | undefined;
  /** What tells it from other calls of the function, for its record (see `records/marks.ts`). Never throws. */
  readonly marks?: ((id: string, work: Work) => Uint8Array) | undefined;
  /** Told how the run of a generator was found. */
  readonly opened?: ((found: Result) => void) | undefined;
}

/** A value that is to be stored. */
export interface Computed {
  readonly value: unknown;
  readonly work: Work;
  /** Whether it came out of a promise. */
  readonly promised: boolean;
  /** Ms that the computation took. */
  readonly computeMs: number;
  /** The marks of the call. Default: none. */
  readonly marks?: Uint8Array | undefined;
}
