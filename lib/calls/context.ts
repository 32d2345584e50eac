import type { Limits } from '../options/limits.ts';
import type { Store } from '../stores/store.ts';
import type { Caller } from '../runtime/caller.ts';
import type { InFlight, InFlightCalls } from '../runtime/in-flight.ts';
import { perScope } from '../runtime/per-store.ts';
import type { Steps } from '../runtime/steps.ts';
import type { Turns } from '../runtime/turns.ts';
import type { Outcome } from '../records/outcome.ts';
import type { MemoryTier } from '../memory/tier.ts';
import type { Usage } from '../limits/usage.ts';
import type { Refreshes } from './refreshes.ts';
import type { Settings } from './settings.ts';
import type { CallCounters } from '../stats/counters.ts';
import type { ThreadStats } from '../stats/thread-stats.ts';
import type { LastUses } from '../usage/last-use.ts';

/** What stands behind a cache: its store, and what all caches over that share in this thread. */
export interface Backing<S extends Store = Store> {
  readonly store: S;
  /** The calls that are being computed at this moment, by id. */
  readonly inFlight: InFlightCalls<Shared>;
  /** The values that are computed anew in the background while old ones are served. */
  readonly refreshes: Refreshes;
  /** The last uses that are not written yet: later ones than the store knows of. */
  readonly uses: LastUses;
  /** Says that a record was saved: what is old is removed in the background after that. */
  readonly saved: (id: string) => void;
  /** Removes what is old now, for the store is full; whether that has made room. @throws what the store throws */
  readonly makeRoom: () => Steps<boolean>;
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

/** A value that several callers are to have. */
export interface SharedValue {
  readonly outcome: Outcome;
  /** Makes the value for a caller, and the arguments of its call. @throws where it cannot be copied */
  readonly valueFor: (caller: CallContext, args: readonly unknown[]) => unknown;
  /** The turns in which each computes for itself what cannot be copied. */
  readonly turns: Turns;
}

/** What those who joined a call are given: a value, what the function has thrown, or nothing, where it was of other arguments. */
export type Shared = SharedValue | { readonly error: unknown } | undefined;

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
  /** Whether it was seen to answer at once. */
  seenValue: boolean;
  /** What kind of generator the function makes; undefined for a function that makes none. */
  readonly generator?: GeneratorKind | undefined;
  readonly shouldCache: ((value: unknown, ...args: readonly unknown[]) => boolean) | undefined;
  readonly label: ((...args: readonly unknown[]) => string) | undefined;
  /** Called after each save of a call. Never throws. */
  onSave?: (() => void) | undefined;
}

/** A function that is to be called next, by the code that has this, and what to do with what comes of it. */
export interface Pending {
  /** The call with the arguments that the function is to be given. Default: as it was made. */
  readonly call?: Call;
  /** What the function is to be traced as. Default: it is not. */
  readonly traced?: InFlight<never> | undefined;
  /** To be told the value that the function has answered with, or has thrown. @throws as the call itself */
  finish(value: unknown, hasThrown: boolean): Outcome | Promise<Outcome>;
}

/** What a call comes to before its function is called: an outcome, or that there is none yet. */
export type Begun = Outcome | Promise<Outcome> | Pending;

/** One call of a function. */
export interface Call {
  /** Who has made it, where its arguments say for how long that waits. */
  readonly caller?: Caller | undefined;
  readonly fn: (...args: readonly unknown[]) => unknown;
  readonly self: unknown;
  readonly args: readonly unknown[];
  /** The same call with arguments that its caller cannot change, as far as they can be copied. Default: they cannot change. */
  readonly own?: ((call: Call) => Call) | undefined;
  /** Makes its id anew, for arguments that may have been changed. Default: they cannot be. @throws UnkeyableError */
  readonly idOf?: ((call: Call) => string) | undefined;
  /** What the function was when the call began, as `isSame` takes it. */
  readonly of?: object;
  /** Whether the function is what it was when the call began. Default: it cannot be another one. */
  readonly isSame?: ((call: Call) => boolean) | undefined;
  /** Begins a call that has to compute anew where the function is another one by now; undefined where it is not. */
  readonly beginAnew?: ((call: Call) => Begun | undefined) | undefined;
  /** What tells the call from others of the function, for its record (see `records/fingerprints.ts`). Never throws. */
  readonly fingerprints?: ((id: string, call: Call) => Uint8Array) | undefined;
  /** How often it has begun anew, because its arguments were changed while it waited. Default: 0. */
  readonly restarts?: number;
}

/** The calls over a store's records that are being computed at this moment, the same for every cache over them. */
export const inFlightCallsOf: (scope: string | object) => InFlightCalls<Shared> = perScope(() => new Map());
