/** The automatic clean-up: in the background of the saves of a process that lives long enough, one for all processes. */

import { performance } from 'node:perf_hooks';

import { PRUNE_NOTE } from '../common/ids.ts';
import { readHead } from '../records/frame.ts';
import { encodeNoteRecord } from '../records/note.ts';
import { carryOutInBackground } from '../runtime/background.ts';
import { later } from '../runtime/timers.ts';
import { perScope } from '../runtime/per-store.ts';
import { step, type Steps } from '../runtime/steps.ts';
import { type AsyncLease, type HeldLease, isHeld, LEASE_TTL, type Store, type SyncLease } from '../stores/store.ts';
import { pruneRecords } from './prune.ts';
import { type AgeSettings, type MaintainedCache, type Peek, recordsOf } from './records.ts';

/** Ms between two prunes, at most. */
const LONGEST = 3_600_000;

/** Ms for which others leave it to one that has begun: it may have died. */
const HEAD_START = 60_000;

/** A prune rests so many times as long as it took. */
const RESTS = 10;

/** Ms that a store is asked to sweep at a time. */
const SWEEP = 2;

/** Ms by which the clocks of machines that share a folder may differ. */
const MAX_SKEW = 60_000;

const NOTHING = new Uint8Array(0);

/** What the note of the last prune says, in ms since the epoch: one note is enough for all processes. */
interface PruneMark {
  /** When it began. */
  readonly begunAt: number;
  /** Before that no other one begins. */
  readonly restUntil: number;
}

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
  const interval = Math.min((base.maxAge ?? Infinity) / 10, LONGEST);
  const begunAt = base.clock();
  const mark = yield* readMark(store);
  const wait = timeToPrune(mark, interval, begunAt);
  if (wait > 0) return wait;
  // To claim it would make a folder again that was removed.
  if (mark === undefined && (yield* step(store.stat(id))) === undefined) return undefined;
  const claimed = yield* claim(store, { begunAt, restUntil: begunAt + HEAD_START }, interval);
  return claimed ? yield* pruneNow(cache, begunAt, interval) : interval;
}

function* pruneNow(cache: PrunedCache, begunAt: number, interval: number): Steps<number | undefined> {
  const { store, base } = cache;
  const began = performance.now();
  const pruner = { by: 'schedule', maxAge: base.maxAge, grace: base.grace } as const;
  const { left } = yield* pruneRecords(recordsOf(cache, base), { pruner, sweepMs: SWEEP });
  const took = performance.now() - began;
  const rest = Math.min(Math.max(interval, took * RESTS), LONGEST);
  yield* writeMark(store, { begunAt, restUntil: begunAt + rest });
  return left === 0 ? undefined : rest;
}

/** Ms until the next prune is due; 0 or less when it is. A mark from the future is that of a clock that was wrong. */
function timeToPrune(mark: PruneMark | undefined, interval: number, now: number): number {
  if (mark === undefined || mark.begunAt > now + MAX_SKEW) return 0;
  return Math.max(mark.begunAt + interval, mark.restUntil) - now;
}

/** Undefined where there is none, or a damaged one. @throws what the store throws */
function* readMark(store: Store): Steps<PruneMark | undefined> {
  const peek = yield* step<Peek | undefined>(store.peek(PRUNE_NOTE));
  if (peek === undefined) return undefined;
  try {
    const { createdAt, keepUntil } = readHead(peek.head, PRUNE_NOTE);
    return { begunAt: createdAt, restUntil: keepUntil };
  } catch {
    return undefined;
  }
}

/** A folder that is not there is not made for it. @throws what the store throws */
function* writeMark(store: Store, { begunAt, restUntil }: PruneMark): Steps<void> {
  const terms = { id: PRUNE_NOTE, kind: 'prune', writtenAt: begunAt, keepUntil: restUntil };
  yield* step<void>(store.set(PRUNE_NOTE, encodeNoteRecord(terms, NOTHING), { expiresAt: Infinity, minor: true }));
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

/** Ms after a save before anything is looked at: the program goes first. */
const DELAY = 1000;

/** Prunes a cache that has saved a record, if that is due; ms until it is worth while to look again, or undefined where it is not. */
export type Look = (id: string) => Steps<number | undefined>;

/** When this thread looks after one set of records. It keeps no process alive, and never fails. */
export class Upkeep {
  /** What was saved last, and by which cache. */
  #latest: { readonly id: string; readonly look: Look } | undefined;
  #isPlanned = false;
  #hasSaved = false;

  /** Says that a cache has saved a record. */
  saved(id: string, look: Look): void {
    this.#latest = { id, look };
    this.#hasSaved = true;
    if (!this.#isPlanned) this.#plan(DELAY);
  }

  #plan(wait: number): void {
    this.#isPlanned = true;
    later(() => void this.#begin(), Math.max(wait, DELAY));
  }

  async #begin(): Promise<void> {
    const { id, look } = this.#latest as { id: string; look: Look };
    this.#hasSaved = false;
    let wait: number | undefined;
    try {
      wait = await carryOutInBackground(look(id));
    } catch {
      // The store fails, or was closed: the next save looks again.
    }
    if (wait === undefined && this.#hasSaved) wait = DELAY;
    if (wait !== undefined) return this.#plan(wait);
    this.#isPlanned = false;
    this.#latest = undefined;
  }
}

/** The upkeep of a store's records, the same for every cache over them. */
export const upkeepOf: (scope: string | object) => Upkeep = perScope(() => new Upkeep());
