import { performance } from 'node:perf_hooks';

import { isHeld, type SyncLease } from '../stores/store.ts';
import { lookUp, takeLease } from './io-sync.ts';
import { holdsNone, mayBlockFor, pause } from './leases.ts';
import type { NotFound, Result } from '../records/outcome.ts';
import type { Site, SyncSite } from './context.ts';

/** What came of asking for the right to compute: the value itself, or leave to compute, with a lease or without. */
export interface Turn<L> {
  readonly outcome: Result | NotFound;
  readonly lease?: L;
}

const sleeper = new Int32Array(new SharedArrayBuffer(4));

/**
 * Waits until it is this caller's turn to compute, or the value is there. Sleeps meanwhile; an asynchronous function has
 * `turn-async.ts`. Without a lease the caller computes beside others: when the store has none to give, when the wait
 * takes too long, and where two computations that wait for each other would wait for ever, as one that calls itself would.
 */
export function takeTurn(site: SyncSite, id: string, first: NotFound): Turn<SyncLease> {
  if (!mayShare(site, first)) return { outcome: first };
  const { waitTimeout } = site.settings;
  const began = performance.now();
  for (let waited = false; ; waited = true) {
    const lease = takeLease(site, id);
    if (lease === 'unavailable') return { outcome: first };
    if (!isHeld(lease)) return withLease(site, lease, waited);
    const elapsed = performance.now() - began;
    if (elapsed >= waitTimeout || !mayWait(site, lease.heldBy)) return { outcome: first };
    Atomics.wait(sleeper, 0, 0, pause({ elapsed, timeout: waitTimeout, waiters: 1 }));
    const outcome = lookUp(site, id);
    if (outcome.hit) return { outcome: coalesced(outcome) };
  }
}

/** Somebody may have finished between the first look and the lease. */
function withLease(site: SyncSite, lease: SyncLease, waited: boolean): Turn<SyncLease> {
  try {
    const outcome = lookUp(site, lease.id);
    if (!outcome.hit) return { outcome, lease };
    lease.release();
    return { outcome: waited ? coalesced(outcome) : outcome };
  } catch (error) {
    lease.release();
    throw error;
  }
}

/** Whether there is any use in a lease: what is saved must be there to be read, and young enough for those who wait. */
export function mayShare({ settings }: Site, outcome: NotFound): boolean {
  const takesAny = settings.maxAge > 0 || settings.staleWhileRevalidate > 0;
  return settings.sharesWork && takesAny && outcome.unreadable !== true;
}

function mayWait(site: SyncSite, holder: string | undefined): boolean {
  return holdsNone() || mayBlockFor(holder, site.shared.store.holder);
}

/** The value as one that another call has computed. */
export function coalesced(result: Result): Result {
  return { ...result, status: 'coalesced', reason: undefined };
}
