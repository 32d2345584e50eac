import type { Reply, StoreKind } from './reply.ts';

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
