/** What a user writes to have a store of their own: see `defineStore`. */

import type { Counts, HeldLease, StoreKind, SweepResult } from './store.ts';

/** What a defined store of a kind answers: the value itself or, where it may, a promise of it. */
export type Given<K extends StoreKind, T> = K extends 'async' ? T | PromiseLike<T> : T;

/** What a listing of a store of a kind is. */
export type Listed<K extends StoreKind> = K extends 'async'
  ? Given<K, AsyncIterable<StoredEntry> | Iterable<StoredEntry>>
  : Iterable<StoredEntry>;

/** What a store knows of a record without reading it. */
export interface StoredStat {
  /** Bytes of the record. */
  readonly size: number;
  /** When it was saved, ms since the epoch. */
  readonly savedAt: number;
  /** The last use, where the store is told of uses (`head.touch`) or sees them, ms since the epoch. Default: `savedAt`. */
  readonly usedAt?: number | undefined;
}

/** One record in a listing. */
export interface StoredEntry extends StoredStat {
  readonly id: string;
}

/** The beginning of a record. */
export interface StoredBeginning extends StoredStat {
  /** As many bytes as were asked for, or more, or all of a shorter record. */
  readonly head: Uint8Array;
}

/** The right to compute one id, as a defined store gives it. */
export interface GivenLease<K extends StoreKind> {
  /** Whether it was taken from a holder that died or went silent. Default: false. */
  readonly takenOver?: boolean | undefined;
  /** Says that the holder is alive, every ten seconds or so; false when the lease was lost. */
  renew(): Given<K, boolean>;
  /** Gives the lease back, unless it is another holder's by now. Called once at most. */
  release(): Given<K, unknown>;
}

/** Cheaper looks at a record than all of it. Without them it is read whole. */
export interface StoreHead<K extends StoreKind> {
  /** The first `length` bytes, and what `stat` tells; nothing where there is no record. */
  peek(id: string, length: number): Given<K, StoredBeginning | undefined | null>;
  /** What is known of a record without reading it; nothing where there is none. */
  stat(id: string): Given<K, StoredStat | undefined | null>;
  /** Sets the last use of a record, if there is one. Without it, eviction goes by the last save. */
  touch?(id: string, at: number): Given<K, unknown>;
  /**
   * For a store that answers at once: a number that no other record of this id has had or will have, found much faster than the
   * record. With it values in memory are checked against the store at each hit. Without it they are served for a second.
   */
  stamp?: K extends 'sync' ? (id: string) => number | undefined | null : undefined;
}

/**
 * Named whole numbers in groups that all who use the records share, such as a hash for each group. What they promise stands at
 * `CountersOf`. Without them they are kept in records, and limits are held by listings.
 */
export interface StoreCounters<K extends StoreKind> {
  /** Adds to the counters of a group; one that is not there begins at 0. */
  add(group: string, deltas: Counts): Given<K, unknown>;
  /** All counters of a group; those that are 0 may be left out. */
  read(group: string): Given<K, Counts | undefined | null>;
  /** Removes the counters of a group, or all where none is named. */
  reset(group?: string): Given<K, unknown>;
}

/** For a store that keeps its records in a folder. */
export interface StoreFiles<K extends StoreKind> {
  /** The folder, an absolute path. */
  readonly path: string;
  /** The file of one record, for a store that has one for each, whether it exists or not. */
  pathOf?(id: string): string | undefined;
  /** Removes what writers that died have left behind; ends after `ms`, where that is given, and says so. */
  sweep?(ms?: number): Given<K, SweepResult>;
}

/** The members of a store that a user writes: see `defineStore`. */
export interface StoreDefinition<K extends StoreKind = StoreKind> {
  /** Whether it answers at once, or may answer with promises. */
  readonly kind: K;
  /** Stores of one scope hold the same records. Default: this definition. */
  readonly scope?: string | object | undefined;
  /** The bytes that were set last; nothing where there are none. */
  get(id: string): Given<K, Uint8Array | undefined | null>;
  /** Keeps bytes, which are the store's from then on. They are of no use after `expiresAt`, ms since the epoch or `Infinity`. */
  set(id: string, bytes: Uint8Array, terms: { readonly expiresAt: number }): Given<K, unknown>;
  /** Removes a record; whether there was one. */
  delete(id: string): Given<K, boolean>;
  /** All records, in no order. */
  entries(): Listed<K>;
  /** Removes all records, and nothing else. */
  clear(): Given<K, unknown>;
  /** The right to compute the value of an id, or who has it. Without it, leases hold within one thread. */
  lease?(id: string, ttl: number, me: string): Given<K, GivenLease<K> | HeldLease>;
  /** Who has the lease of an id, or nothing where nobody has: for `explain`, which takes none. */
  heldBy?(id: string): Given<K, HeldLease | undefined | null>;
  /** Releases what it holds open. Nothing is asked afterwards. */
  close(): Given<K, unknown>;
  /**
   * Ms, for a store that answers with promises: one that takes longer, or fails three times in a row, is not asked for a second, and
   * for twice as long after each further failure, up to half a minute. Default: each answer is waited for.
   */
  readonly timeout?: number | undefined;
  readonly head?: StoreHead<K> | undefined;
  readonly counters?: StoreCounters<K> | undefined;
  readonly files?: StoreFiles<K> | undefined;
}
