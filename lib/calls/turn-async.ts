import { setTimeout } from 'node:timers/promises';
import { performance } from 'node:perf_hooks';

import { isHeld, type AsyncLease, type SyncLease } from '../stores/store.ts';
import type { Flight } from '../runtime/in-flight.ts';
import { lookUp, takeLease } from './io-async.ts';
import { holdsNone, mayWaitFor, pause } from './leases.ts';
import type { NotFound } from '../records/outcome.ts';
import type { Site } from './context.ts';
import { coalesced, mayShare, type Turn } from './turn-sync.ts';

type Lease = SyncLease | AsyncLease;

/** As `takeTurn` of `turn-sync.ts`, without ever blocking the event loop. */
export async function takeTurn(site: Site, flight: Flight, first: NotFound): Promise<Turn<Lease>> {
  if (!mayShare(site, first)) return { outcome: first };
  const { id } = flight;
  const { waitTimeout } = site.settings;
  const began = performance.now();
  for (let waited = false; ; waited = true) {
    const lease = await takeLease(site, id);
    if (lease === 'unavailable') return { outcome: first };
    if (!isHeld(lease)) return withLease(site, lease, waited);
    const elapsed = performance.now() - began;
    if (elapsed >= waitTimeout || !mayWait(site, flight, lease.heldBy)) return { outcome: first };
    await sleep(elapsed, waitTimeout);
    const outcome = await lookUp(site, id);
    if (outcome.hit) return { outcome: coalesced(outcome) };
  }
}

/** Somebody may have finished between the first look and the lease. */
async function withLease(site: Site, lease: Lease, waited: boolean): Promise<Turn<Lease>> {
  try {
    const outcome = await lookUp(site, lease.id);
    if (!outcome.hit) return { outcome, lease };
    await lease.release();
    return { outcome: waited ? coalesced(outcome) : outcome };
  } catch (error) {
    await lease.release();
    throw error;
  }
}

function mayWait(site: Site, flight: Flight, holder: string | undefined): boolean {
  return !flight.isNeeded || holdsNone() || mayWaitFor(holder, site.shared.store.holder);
}

/** How many sleep at this moment. */
let waiters = 0;

async function sleep(elapsed: number, timeout: number): Promise<void> {
  waiters++;
  try {
    await setTimeout(pause({ elapsed, timeout, waiters }));
  } finally {
    waiters--;
  }
}
