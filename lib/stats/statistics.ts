/**
 * Counts of calls over all threads and processes, without a lock on the way of those who count.
 *
 * Every thread has a note of its own, which it rewrites now and then with all that it has counted since it began the note.
 * Notes of threads that have ended are merged into one, the base, under a lease. The base names what is merged in it and is
 * written before the notes are removed, so each count is seen in exactly one place: a reader leaves out the notes that the
 * base names, and begins again when the base has changed meanwhile. A reset writes an empty base of a new epoch; a note that
 * somebody was just about to write belongs to the former one, and is left out.
 */

import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { performance } from 'node:perf_hooks';

import { isHeld, LEASE_TTL } from '../stores/store.ts';
import type { AsyncLease, HeldLease, Store, StoreEntry, SyncLease } from '../stores/store.ts';
import { COUNTS_MARK, STATISTICS_BASE } from '../common/ids.ts';
import {
  encodeNote,
  readNote,
  sumUp,
  tryReadNote,
  type FunctionCounts,
  type NoNote,
  type NoteContent,
  type StatisticsNote,
} from './statistics-note.ts';
import { each, step, type Steps } from '../runtime/steps.ts';

export type { FunctionCounts } from './statistics-note.ts';

/** Ms after which a note that nobody has rewritten is nobody's any more: a writer begins a new one after half of that. */
export const ABANDONED = 7_200_000;

/** How often a reader begins again while others merge. */
const ATTEMPTS = 10;

/** How many functions the base tells apart. Those of every edited version are other ones, so some day there are too many. */
const MOST_FUNCTIONS = 1000;

/** Ms for which a reset waits for a merge that is under way. */
const PATIENCE = 5000;

/** What is counted in a store. */
export interface StoredStatistics {
  readonly base: StatisticsNote | NoNote;
  /** What is not merged yet. */
  readonly notes: readonly StatisticsNote[];
}

/** All notes that count, read at one moment. @throws StoreError */
export function* readNotes(store: Store): Steps<StoredStatistics> {
  for (let attempt = 1; ; attempt++) {
    const base = yield* readNote(store, STATISTICS_BASE);
    const notes: StatisticsNote[] = [];
    yield* each(store.entries(COUNTS_MARK), function* visit({ id }: StoreEntry): Steps<void> {
      if (isMerged(base, id)) return;
      const note = yield* tryReadNote(store, id);
      if (typeof note === 'object' && isOf(base, note)) notes.push(note);
    });
    const after = yield* readNote(store, STATISTICS_BASE);
    if (attempt === ATTEMPTS || textOf(base) === textOf(after)) return { base, notes };
  }
}

/** What all threads have counted and written down, by name and identity. @throws StoreError */
export function* readStatistics(store: Store): Steps<readonly FunctionCounts[]> {
  const { base, notes } = yield* readNotes(store);
  return sumUp([...functionsOf(base), ...notes.flatMap(({ functions }) => functions)]);
}

/**
 * Merges the notes of those who have ended, and removes what is no good note. Leaves all as it is where somebody else does.
 *
 * @param known the ids of notes, where they were listed already
 * @throws StoreError
 */
export function* compactStatistics(store: Store, known?: readonly string[]): Steps<void> {
  const listed = known ?? (yield* listNotes(store));
  // A lease makes the folder where it is missing.
  if (listed.length === 0) return;
  const lease = yield* step<SyncLease | AsyncLease | HeldLease>(store.lease(STATISTICS_BASE, LEASE_TTL));
  if (isHeld(lease)) return;
  try {
    yield* merge(store, listed, lease);
  } finally {
    yield* step<void>(lease.release());
  }
}

/** Forgets all that was counted and written down. What others have not written yet counts from then on. @throws StoreError */
export function* resetStatistics(store: Store): Steps<void> {
  const listed = yield* listNotes(store);
  if (listed.length === 0 && (yield* readNote(store, STATISTICS_BASE)) === 'absent') return;
  const lease = yield* patientLease(store);
  try {
    yield* writeBase(store, { epoch: randomUUID(), merged: [], functions: [] });
    yield* removeAll(store, listed);
  } finally {
    yield* step<void>(lease?.release());
  }
}

/** Whether a note counts beside this base. One that cannot be read says nothing of its epoch. */
export function isOf(base: StatisticsNote | NoNote, note: NoteContent): boolean {
  return typeof base !== 'object' || base.epoch === note.epoch;
}

function* listNotes(store: Store): Steps<string[]> {
  const ids: string[] = [];
  yield* each<StoreEntry>(store.entries(COUNTS_MARK), ({ id }) => {
    ids.push(id);
  });
  return ids;
}

function* merge(store: Store, listed: readonly string[], lease: SyncLease | AsyncLease): Steps<void> {
  const base = yield* readNote(store, STATISTICS_BASE);
  // Most of them were removed when they were merged, and the next base will not name them any more.
  if (typeof base === 'object') yield* removeAll(store, base.merged);
  const ended: StatisticsNote[] = [];
  const useless: string[] = [];
  for (const id of listed) {
    const note = yield* tryReadNote(store, id);
    if (note === 'damaged' || (note !== 'absent' && !isOf(base, note))) useless.push(id);
    else if (note !== 'absent' && hasEnded(note)) ended.push(note);
  }
  yield* removeAll(store, useless);
  if (ended.length === 0 || !(yield* step(lease.renew()))) return;
  const functions = bounded(sumUp([...functionsOf(base), ...ended.flatMap((note) => note.functions)]));
  const merged = ended.map(({ id }) => id);
  yield* writeBase(store, { epoch: epochOf(base, ended), merged, functions });
  yield* removeAll(store, merged);
}

function hasEnded({ isFinal, writtenAt }: StatisticsNote): boolean {
  return isFinal || Math.abs(Date.now() - writtenAt) >= ABANDONED;
}

function* removeAll(store: Store, ids: readonly string[]): Steps<void> {
  for (const id of ids) yield* step(store.delete(id));
}

function* writeBase(store: Store, content: Omit<NoteContent, 'isFinal'>): Steps<void> {
  const record = encodeNote(STATISTICS_BASE, { ...content, isFinal: false }, Date.now());
  yield* step<void>(store.set(STATISTICS_BASE, record, { expiresAt: Infinity, minor: true }));
}

/** A merge takes moments; one that hangs must not keep a reset from its work for ever. */
function* patientLease(store: Store): Steps<SyncLease | AsyncLease | undefined> {
  const began = performance.now();
  for (;;) {
    const lease = yield* step<SyncLease | AsyncLease | HeldLease>(store.lease(STATISTICS_BASE, LEASE_TTL));
    if (!isHeld(lease)) return lease;
    if (performance.now() - began > PATIENCE) return undefined;
    if (store.kind === 'async') yield* step(setTimeout(5));
    else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
  }
}

/** The newest epoch that is known. */
function epochOf(base: StatisticsNote | NoNote, notes: readonly StatisticsNote[]): string {
  if (typeof base === 'object') return base.epoch;
  return notes.reduce((one, other) => (one.writtenAt > other.writtenAt ? one : other)).epoch;
}

/** Those that count least lose their identity, and are counted together with others of their name. */
function bounded(functions: readonly FunctionCounts[]): FunctionCounts[] {
  if (functions.length <= MOST_FUNCTIONS) return [...functions];
  const byCalls = functions.toSorted((one, other) => other.hits + other.misses - (one.hits + one.misses));
  return sumUp(byCalls.map((counts, rank) => (rank < MOST_FUNCTIONS / 2 ? counts : { ...counts, identity: '' })));
}

function isMerged(base: StatisticsNote | NoNote, id: string): boolean {
  return typeof base === 'object' && base.merged.includes(id);
}

function functionsOf(base: StatisticsNote | NoNote): readonly FunctionCounts[] {
  return typeof base === 'object' ? base.functions : [];
}

function textOf(base: StatisticsNote | NoNote): string {
  return typeof base === 'object' ? base.text : base;
}
