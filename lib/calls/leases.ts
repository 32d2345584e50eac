/** The right to compute one id: how it is asked for and given back, and how many of them this thread has. */

import { isHeld, LEASE_TTL, type AsyncLease, type HeldLease, type Store, type SyncLease } from '../stores/store.ts';
import { emit, observeFailure } from './observe.ts';
import type { CallContext } from './context.ts';
import type { Steps } from '../runtime/steps.ts';

/** Ms between two signs of life. */
export const RENEWAL: number = LEASE_TTL / 3;

/** A lease over a store of either kind. */
export type Lease = SyncLease | AsyncLease;

/** How many leases this thread has, by the name of the store that holds them. */
const held = new Map<string, number>();

/** The lease, which the caller gives back with `release`; or who has it; or undefined where the store fails, which is told. */
export function* askForLease(context: CallContext, id: string): Steps<Lease | HeldLease | undefined> {
  const { store } = context.backing;
  try {
    const lease = (yield store.lease(id, LEASE_TTL)) as Lease | HeldLease;
    if (isHeld(lease)) return lease;
    if (lease.takenOver) emit(context, 'takeover', id);
    held.set(store.holder, (held.get(store.holder) ?? 0) + 1);
    return lease;
  } catch (error) {
    observeFailure(context, 'writeFailed', { id, error });
    return undefined;
  }
}

/** Gives a lease back to the store that gave it; to be done once. Never throws. */
export function* release({ holder }: Store, lease: Lease): Steps<void> {
  yield lease.release();
  const left = (held.get(holder) ?? 0) - 1;
  if (left > 0) held.set(holder, left);
  else held.delete(holder);
}

/** Whether this thread has no lease: then no other holder waits for it, and it may wait for any. */
export function holdsNone(): boolean {
  return held.size === 0;
}

/** Whether a holder is a store of this thread. */
export function isOfThisThread(holder: string): boolean {
  return held.has(holder);
}
