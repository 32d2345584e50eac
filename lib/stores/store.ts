/**
 * The two interfaces between the cache and whatever keeps its records.
 *
 * A store maps ids (64 lower-case hex characters) to records and knows nothing of values, ages or serializers: a
 * record is bytes. It returns what it was given, or undefined where it has nothing, and throws for everything else.
 * Stores come in two kinds, and the kind decides whether wrapped functions stay synchronous:
 *
 * - a {@link SyncStore} answers at once (files, memory, embedded databases);
 * - an {@link AsyncStore} answers with promises (servers, object storage).
 *
 * Both have the same members with the same meaning; nothing is optional.
 */

/**
 * A record as a list of byte strings; joined, they are the record. A writer passes head and payload without copying
 * them together; a reader takes them joined or cut anywhere.
 */
export type Parts = readonly Uint8Array[];

/** Every record tells all about itself but its value in its first 4,096 bytes: `peek` reads no more than that. */
export const HEAD_BYTES = 4096;

/**
 * A record longer than this has a head of exactly {@link HEAD_BYTES}, so that a store may read the rest into memory of
 * its own and hand it over as the second part: then a large value needs no second copy.
 */
export const SPLIT_BYTES = 65_536;

/** Ms after which a holder of whom nothing else is known counts as gone unless it has renewed its lease. */
export const LEASE_TTL = 30_000;

/** What a store may use to forget a record by itself. */
export interface StoreHints {
  /**
   * Ms since the epoch; `Infinity` for never. After that nobody wants the record: a store with expiry of its own may
   * drop it. It need not: freshness is judged by the reader.
   */
  readonly expiresAt: number;
  /**
   * Whether the record is not worth making a place for: where the store's folder or table is missing, it is dropped without
   * a word. Default: the place is made.
   */
  readonly minor?: boolean;
}

/** One record, as a listing shows it. */
export interface StoreEntry {
  readonly id: string;
  /** Bytes of the record. */
  readonly size: number;
  /** Ms since the epoch of the last use that the store knows of; at least the last save. Coarse. */
  readonly lastUsedAt: number;
}

/** What tells one record of an id from a later one, in numbers of the store's own. */
export interface Stamp {
  readonly file: number;
  readonly changedAt: number;
  readonly size: number;
  /** Whether no later record can have these very numbers. */
  readonly isCertain: boolean;
}

/** The beginning of a record, and what the store knows of it. */
export interface StoreGlimpse extends StoreEntry {
  /** The first {@link HEAD_BYTES} bytes, or more, or all of a shorter record; the caller may keep them. */
  readonly head: Uint8Array;
}

/** What `sweep` removed. */
export interface SweepResult {
  /** Number of temporary files, dead leases and the like, and the bytes that they took. */
  readonly leftovers: number;
  readonly bytes: number;
  /** Whether the time was over before it had come to its end: the next call goes on from there. */
  readonly more?: true;
}

/** How a lease was won. */
export interface LeaseGrant {
  readonly id: string;
  /** Whether it was taken from a holder that died or went silent. */
  readonly takenOver: boolean;
}

/** The right to compute one id, held by one holder at a time, over all processes that use the store. */
export interface SyncLease extends LeaseGrant {
  /** Says that the holder is alive; false when the lease was lost. Never throws. */
  renew(): boolean;
  /** Gives it back; without effect when it was lost or released before. Never throws. */
  release(): void;
}

/** As {@link SyncLease}, over a store that answers with promises: what never throws there never rejects here. */
export interface AsyncLease extends LeaseGrant {
  renew(): Promise<boolean>;
  release(): Promise<void>;
}

/** Whole numbers by name: counters, or what is added to them. */
export type Counts = Readonly<Record<string, number>>;

/**
 * Named whole numbers that all processes over the records share: a capability of a store. A group is one set of them, which a
 * store on a server keeps as one hash, for one.
 *
 * - A counter that is not there is 0, and so is one that is left out of what `read` gives.
 * - `add` adds all of its increments or, where it throws or its process is killed, perhaps none. It never undoes the `add` of
 *   another process. Where the folder or table of the records is missing, it makes none, and does nothing.
 * - `read` sees each `add` that had returned before, of any process, once.
 * - `reset` has a group begin anew. An `add` at the same time comes before or after it.
 * - `clear()` of the store leaves the counters, `destroy()` removes them.
 */
export interface SyncCounters {
  /** Whether they are kept in records, so that each call reads several of these: sizes are not counted in them, at each save. */
  readonly areInRecords?: boolean;
  add(group: string, deltas: Counts): void;
  /** All counters of a group. */
  read(group: string): Counts;
  reset(group: string): void;
}

/** As {@link SyncCounters}, over a store that answers with promises. */
export interface AsyncCounters {
  readonly areInRecords?: boolean;
  add(group: string, deltas: Counts): Promise<void>;
  read(group: string): Promise<Counts>;
  reset(group: string): Promise<void>;
}

/** A store that answers at once. */
export interface SyncStore {
  readonly kind: 'sync';
  /** The folder, for a store that has one. */
  readonly path: string | undefined;
  /** Two stores with one `scope` hold the same records: the same string, or the very same object. */
  readonly scope: string | object;
  /**
   * Names this store among all that take leases of the same records: no two have one name. Names have an order that all
   * agree upon, and stores of one thread are neighbours in it: it decides who gives way where two wait for each other.
   */
  readonly holder: string;
  /** Whether `stamp` tells what it says, cheaply and at once. */
  readonly stamps: boolean;
  /** The file of one record, for a store that has one for each, whether it exists or not. */
  pathOf(id: string): string | undefined;
  /**
   * The record, or undefined. A part that spans the whole of its ArrayBuffer belongs to the caller from then on; any
   * other part is borrowed: it is valid until the next call of this store, and the caller copies what it keeps.
   */
  get(id: string): Parts | undefined;
  /** The same, where a long record may come by a promise, its parts the caller's, so that the event loop is not held up. */
  get(id: string, patience: 'can wait'): Parts | undefined | Promise<Parts | undefined>;
  /** The beginning of the record, its size and its last use; no more is read than that needs. */
  peek(id: string): StoreGlimpse | undefined;
  /** Stores a record, whole or not at all: a reader sees the old one until it sees the new one. */
  set(id: string, record: Parts, hints: StoreHints): void;
  /** As `peek` without the beginning: nothing of the record is read. */
  stat(id: string): StoreEntry | undefined;
  /** Undefined where there is no record, or `stamps` is false. */
  stamp(id: string): Stamp | undefined;
  /** Sets the last use of a record, ms since the epoch; without effect where there is none, or the store sees every use itself. */
  touch(id: string, at: number): void;
  /** Removes a record; whether there was one. */
  delete(id: string): boolean;
  /**
   * All records, or those whose ids begin with `prefix`, in no order. One that comes or goes meanwhile may or may not be
   * listed.
   */
  entries(prefix?: string): Iterable<StoreEntry>;
  /** Removes all records but those whose ids begin with `keep`; how many there were. */
  clear(keep?: string): number;
  /** Those of a store that has none of its own are kept in records. */
  readonly counters: SyncCounters;
  /**
   * Removes what writers and lease holders that died have left behind. One that would take longer than `ms` (default: any time)
   * ends before, and says so.
   */
  sweep(ms?: number): SweepResult;
  /**
   * Takes the lease of an id, or returns undefined when a living holder has it, this process included: it is not
   * re-entrant. A holder that the store can prove dead loses it at once, one that it cannot judge after `ttl` ms
   * without `renew()`.
   */
  lease(id: string, ttl: number): SyncLease | undefined;
  /** The `holder` that has the lease of an id, living or dead, or undefined. */
  holderOf(id: string): string | undefined;
  /** Removes everything, its folder, table or prefix included. The store can be used again. */
  destroy(): void;
  /** Releases connections and descriptors; afterwards every other call throws. May be called twice. */
  close(): void;
}

/** A store that answers with promises. Its members mean the same as those of {@link SyncStore}. */
export interface AsyncStore {
  readonly kind: 'async';
  readonly path: string | undefined;
  readonly scope: string | object;
  readonly holder: string;
  readonly stamps: boolean;
  pathOf(id: string): string | undefined;
  stamp(id: string): Stamp | undefined;
  /** The record, or undefined. Its parts belong to the caller. */
  get(id: string, patience?: 'can wait'): Promise<Parts | undefined>;
  peek(id: string): Promise<StoreGlimpse | undefined>;
  /** The parts stay unchanged until the promise settles. */
  set(id: string, record: Parts, hints: StoreHints): Promise<void>;
  stat(id: string): Promise<StoreEntry | undefined>;
  touch(id: string, at: number): Promise<void>;
  delete(id: string): Promise<boolean>;
  entries(prefix?: string): AsyncIterable<StoreEntry>;
  clear(keep?: string): Promise<number>;
  readonly counters: AsyncCounters;
  sweep(ms?: number): Promise<SweepResult>;
  lease(id: string, ttl: number): Promise<AsyncLease | undefined>;
  holderOf(id: string): Promise<string | undefined>;
  destroy(): Promise<void>;
  close(): Promise<void>;
}

export type Store = SyncStore | AsyncStore;
