/**
 * What the cache sees of the store that keeps its records.
 *
 * It maps ids (64 lower-case hex characters) to records and knows nothing of values, ages or serializers: a
 * record is bytes. It returns what it was given (of more than {@link SPLIT_BYTES} that is no record it may return the beginning), or undefined where it has nothing, and throws for everything else.
 * Stores come in two kinds, and the kind decides whether wrapped functions stay synchronous: a {@link SyncStore} answers at
 * once (files, memory, embedded databases), an {@link AsyncStore} with promises (servers, object storage). Both have the same
 * members with the same meaning; nothing is optional. Users write less than that, see `defineStore`.
 */

import type { Parts, PeekedRecord, Stamp, StoreEntry } from './record.ts';

export { HEAD_BYTES, MAGIC, savedAtOf, sizeOf, sizeOfLarge, SPLIT_BYTES } from './record.ts';
export type { Parts, PeekedRecord, Stamp, StoreEntry } from './record.ts';

/** Whether a store answers at once or with promises. */
export type StoreKind = 'sync' | 'async';

/** What a store of a kind answers: the value itself, or a promise of it. */
export type Reply<K extends StoreKind, T> = K extends 'async' ? Promise<T> : T;

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
export interface LeaseOf<K extends StoreKind> extends LeaseGrant {
  /** Says that the holder is alive; false when the lease was lost. Never throws, never rejects. */
  renew(): Reply<K, boolean>;
  /** Gives it back; without effect when it was lost or released before. Never throws, never rejects. */
  release(): Reply<K, void>;
}

export type SyncLease = LeaseOf<'sync'>;
export type AsyncLease = LeaseOf<'async'>;

/** The answer to who asks for a lease that another holder has. */
export interface HeldLease {
  /**
   * The `holder` that has it, living or dead; an empty text, which stands before all other names, where the store cannot tell;
   * undefined where it was given back in the meantime.
   */
  readonly heldBy: string | undefined;
  /** Ms since the epoch from when on it is held; undefined where the store does not know. */
  readonly since?: number | undefined;
}

/** Whether the answer to who asked for a lease says that another holder has it. */
export function isHeld(answer: object): answer is HeldLease {
  return 'heldBy' in answer;
}

/** The number of a holder's process, on its machine; undefined for what is no name that this package gives. */
export function pidOf(holder: string): number | undefined {
  const pid = /^[0-9a-f]{8}-(\d+)-/.exec(holder)?.[1];
  return pid === undefined ? undefined : Number(pid);
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
 * - `reset` has a group begin anew, or all groups where none is named. An `add` at the same time comes before or after it.
 * - `clear()` of the store leaves the counters, `destroy()` removes them.
 */
export interface CountersOf<K extends StoreKind> {
  /** Whether they are kept in records, so that each call reads several of these: sizes are not counted in them, at each save. */
  readonly areInRecords?: boolean;
  add(group: string, deltas: Counts): Reply<K, void>;
  /** All counters of a group. */
  read(group: string): Reply<K, Counts>;
  reset(group?: string): Reply<K, void>;
}

export type SyncCounters = CountersOf<'sync'>;
export type AsyncCounters = CountersOf<'async'>;

/** The members that stores of both kinds have, but for `get`. */
export interface StoreMembers<K extends StoreKind> {
  readonly kind: K;
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
  /** The file of one record, for a store that has one for each, whether it exists or not. Never throws for a good id. */
  pathOf(id: string): string | undefined;
  /** The beginning of the record, its size and its last use; no more is read than that needs. */
  peek(id: string): Reply<K, PeekedRecord | undefined>;
  /**
   * Stores a record, whole or not at all: a reader sees the old one until it sees the new one. The parts stay unchanged
   * until a promise settles.
   */
  set(id: string, record: Parts, hints: StoreHints): Reply<K, void>;
  /** As `peek` without the beginning: nothing of the record is read, where the store can do without. */
  stat(id: string): Reply<K, StoreEntry | undefined>;
  /** Undefined where there is no record, or `stamps` is false. */
  stamp(id: string): Stamp | undefined;
  /**
   * Sets the last use of a record, ms since the epoch; without effect where there is none, or the store sees every use itself
   * or none: then the last save counts as the last use.
   */
  touch(id: string, at: number): Reply<K, void>;
  /** Removes a record; whether there was one. */
  delete(id: string): Reply<K, boolean>;
  /**
   * All records, or those whose ids begin with `prefix`, in no order. One that comes or goes meanwhile may or may not be
   * listed.
   */
  entries(prefix?: string): K extends 'async' ? AsyncIterable<StoreEntry> : Iterable<StoreEntry>;
  /** The ids of all records, at once, for a store that outlives the process and lists names in a part of the time of `entries`. */
  ids(): Iterable<string> | undefined;
  /** Removes all records but those whose ids begin with `keep`; how many there were. */
  clear(keep?: string): Reply<K, number>;
  /** Those of a store that has none of its own are kept in records. */
  readonly counters: CountersOf<K>;
  /**
   * Removes what writers and lease holders that died have left behind. One that would take longer than `ms` (default: any time)
   * ends before, and says so.
   */
  sweep(ms?: number): Reply<K, SweepResult>;
  /**
   * Takes the lease of an id, or tells who has it where a living holder does, this process included: it is not
   * re-entrant. A holder that the store can prove dead loses it at once, one that it cannot judge after `ttl` ms
   * without `renew()`. See {@link isHeld}.
   */
  lease(id: string, ttl: number): Reply<K, LeaseOf<K> | HeldLease>;
  /** Who has the lease of an id: nothing is taken for it, or made. Undefined where nobody has it, or the store cannot tell. */
  heldBy(id: string): Reply<K, HeldLease | undefined>;
  /** Removes everything, its folder, table or prefix included. The store can be used again. */
  destroy(): Reply<K, void>;
  /** Releases connections and descriptors; afterwards every other call throws. May be called twice. */
  close(): Reply<K, void>;
}

/** A store that answers at once. */
export interface SyncStore extends StoreMembers<'sync'> {
  /**
   * The record, or undefined. A part that spans the whole of its ArrayBuffer belongs to the caller from then on; any
   * other part is borrowed: it is valid until the next call of this store, and the caller copies what it keeps.
   */
  get(id: string): Parts | undefined;
  /** The same, where a long record may come by a promise, its parts the caller's, so that the event loop is not held up. */
  get(id: string, patience: 'can wait'): Parts | undefined | Promise<Parts | undefined>;
}

/** A store that answers with promises. */
export interface AsyncStore extends StoreMembers<'async'> {
  /** The record, or undefined. Its parts belong to the caller. */
  get(id: string, patience?: 'can wait'): Promise<Parts | undefined>;
}

export type Store = SyncStore | AsyncStore;

/** The store of a kind. */
export type StoreOf<K extends StoreKind> = K extends 'async' ? AsyncStore : SyncStore;
