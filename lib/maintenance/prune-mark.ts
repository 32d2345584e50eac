/** The note that tells when the last prune behind began: one is enough for all processes. */

import { readHead } from '../records/frame.ts';
import { isHeld, LEASE_TTL, type AsyncLease, type HeldLease, type Store, type SyncLease } from '../stores/store.ts';
import { PRUNE_MARK } from '../common/ids.ts';
import { encodeNoteRecord } from '../records/note.ts';
import { step, type Steps } from '../runtime/steps.ts';

/** Ms since the epoch. */
export interface PruneMark {
  /** When the last prune began. */
  readonly begunAt: number;
  /** Before that nobody begins another one. */
  readonly restUntil: number;
}

/** Clocks of machines that share a folder differ a little. */
const MAX_SKEW = 60_000;

const NOTHING = new Uint8Array(0);

/** Undefined where there is none, or a damaged one. @throws what the store throws */
export function* readMark(store: Store): Steps<PruneMark | undefined> {
  const glimpse = yield* step(store.peek(PRUNE_MARK));
  if (glimpse === undefined) return undefined;
  try {
    const { createdAt, keepUntil } = readHead(glimpse.head, PRUNE_MARK);
    return { begunAt: createdAt, restUntil: keepUntil };
  } catch {
    return undefined;
  }
}

/** A folder that is not there is not made for it. @throws what the store throws */
export function* writeMark(store: Store, { begunAt, restUntil }: PruneMark): Steps<void> {
  const terms = { id: PRUNE_MARK, kind: 'prune', writtenAt: begunAt, keepUntil: restUntil };
  yield* step<void>(store.set(PRUNE_MARK, encodeNoteRecord(terms, NOTHING), { expiresAt: Infinity, minor: true }));
}

/** Ms until the next prune is due; 0 or less when it is. A mark from the future is that of a clock that was wrong. */
export function timeToPrune(mark: PruneMark | undefined, { interval, now }: { interval: number; now: number }): number {
  if (mark === undefined || mark.begunAt > now + MAX_SKEW) return 0;
  return Math.max(mark.begunAt + interval, mark.restUntil) - now;
}

/** Says that a prune begins now, unless another process has said so meanwhile; whether it did. @throws what the store throws */
export function* claim(store: Store, mark: PruneMark, interval: number): Steps<boolean> {
  const lease = yield* step<SyncLease | AsyncLease | HeldLease>(store.lease(PRUNE_MARK, LEASE_TTL));
  if (isHeld(lease)) return false;
  try {
    if (timeToPrune(yield* readMark(store), { interval, now: mark.begunAt }) > 0) return false;
    yield* writeMark(store, mark);
    return true;
  } finally {
    yield* step<void>(lease.release());
  }
}
