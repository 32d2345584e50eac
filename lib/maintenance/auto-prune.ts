/**
 * The automatic clean-up: in the background of the saves of a process that lives long enough, one for all processes, and slice by
 * slice at the ends of processes that do not.
 */

import { performance } from 'node:perf_hooks';

import { PRUNE_NOTE } from '../common/ids.ts';
import { step, type Steps } from '../runtime/steps.ts';
import { type AsyncLease, type HeldLease, isHeld, LEASE_TTL, type Store, type SyncLease } from '../stores/store.ts';
import { type Pruner, SUPERSEDED_BY_ITSELF } from './policy.ts';
import { type PruneMark, readMark, timeToPrune, writeMark } from './prune-mark.ts';
import { pruneRecords } from './prune.ts';
import { pruneSlice } from './prune-slice.ts';
import { type AgeSettings, type MaintainedCache, recordsOf } from './records.ts';

/** Ms between two prunes, at most. */
const LONGEST = 3_600_000;

/** Ms for which others leave it to one that has begun: it may have died. */
const HEAD_START = 60_000;

/** A prune rests so many times as long as it took. */
export const RESTS = 10;

/** Ms that a store is asked to sweep at a time. */
const SWEEP = 2;

/** Ms that a slice takes at the end of a process, where that suffices for {@link SHARE}. */
const SLICE = 5;

/** Records that a slice goes over for each one that the process has saved, so that short scripts remove more than they add. */
const SHARE = 2;

/** A cache that is pruned in the background. */
export interface PrunedCache extends MaintainedCache {
  /** The settings of the cache itself. */
  readonly base: AgeSettings;
}

/**
 * Prunes a cache that has saved the record `id`, unless it was done lately; ms until it is worth while to look again, or
 * undefined where nothing is left.
 *
 * @throws what the store throws
 */
export function* pruneIfDue(cache: PrunedCache, id: string): Steps<number | undefined> {
  const { store, base } = cache;
  const interval = intervalOf(base);
  const begunAt = base.clock();
  const mark = yield* readMark(store);
  const wait = timeToPrune(mark, interval, begunAt);
  if (wait > 0) return wait;
  // To claim it would make a folder again that was removed.
  if (mark === undefined && (yield* step(store.stat(id))) === undefined) return undefined;
  const claimed = yield* claim(store, { begunAt, restUntil: begunAt + HEAD_START }, interval);
  return claimed ? yield* pruneNow(cache, begunAt, interval) : interval;
}

/** Prunes a cache whose store is full; how many bytes that has freed. @throws what the store throws */
export function* pruneForRoom(cache: PrunedCache): Steps<number> {
  return (yield* pruneRecords(recordsOf(cache, cache.base), { pruner: prunerOf(cache.base) })).result.bytes;
}

function* pruneNow(cache: PrunedCache, begunAt: number, interval: number): Steps<number | undefined> {
  const { store, base } = cache;
  const began = performance.now();
  const terms = { pruner: prunerOf(base), superseded: { unusedFor: SUPERSEDED_BY_ITSELF }, sweepMs: SWEEP };
  const { left } = yield* pruneRecords(recordsOf(cache, base), terms);
  const took = performance.now() - began;
  const rest = Math.min(Math.max(interval, took * RESTS), LONGEST);
  yield* writeMark(store, { begunAt, restUntil: begunAt + rest });
  return left === 0 ? undefined : rest;
}

/**
 * Prunes as much of a cache as goes in {@link SLICE} ms, or more after many saves, unless it was done lately, where the store lists
 * its ids fast enough. The next process goes on from there; when all is done, they rest. Two at the same time may do the same.
 *
 * @throws what the store throws
 */
export function* pruneSliceIfDue(cache: PrunedCache, saved: number): Steps<void> {
  const { store, base } = cache;
  const ids = store.ids();
  if (store.kind !== 'sync' || ids === undefined) return;
  const interval = intervalOf(base);
  const mark = (yield* readMark(store)) ?? { begunAt: 1, restUntil: 0 };
  const now = base.clock();
  if (timeToPrune(mark, interval, now) > 0) return;
  const slice = { pruner: prunerOf(base), ids, from: mark.from ?? 0, ms: SLICE, least: saved * SHARE };
  const from = pruneSlice({ ...cache, store }, slice);
  yield* writeMark(store, from === undefined ? { begunAt: now, restUntil: now + interval } : { ...mark, from });
}

function intervalOf({ maxAge = Infinity }: AgeSettings): number {
  return Math.min(maxAge / 10, LONGEST);
}

function prunerOf({ maxAge, grace }: AgeSettings): Pruner {
  return { by: 'schedule', maxAge, grace };
}

/** Says that a prune begins now, unless another process has said so meanwhile; whether it did. @throws what the store throws */
function* claim(store: Store, mark: PruneMark, interval: number): Steps<boolean> {
  const lease = yield* step<SyncLease | AsyncLease | HeldLease>(store.lease(PRUNE_NOTE, LEASE_TTL));
  if (isHeld(lease)) return false;
  try {
    if (timeToPrune(yield* readMark(store), interval, mark.begunAt) > 0) return false;
    yield* writeMark(store, mark);
    return true;
  } finally {
    yield* step<void>(lease.release());
  }
}
