/** When to wait for another holder of a lease, and for how long: one set of decisions for both kinds of store. */

import { LEASE_TTL, type AsyncLease, type SyncLease } from '../stores/store.ts';

/** Ms between two signs of life. */
export const RENEWAL: number = LEASE_TTL / 3;

/**
 * Ms to wait before the next look. Short computations are noticed within 20 ms of their end and long ones within a
 * twentieth of their time, 100 ms at most; a look costs about 0.1 ms, so waiting takes little of a core. Many that wait in
 * one thread look less often, each: together they take no more.
 */
export function pause({ elapsed, timeout, waiters }: { elapsed: number; timeout: number; waiters: number }): number {
  return Math.max(1, Math.min(Math.max(waiters, Math.min(elapsed / 20, 100)), timeout - elapsed));
}

/** How many leases this thread has, by the name of the store that holds them. */
const held = new Map<string, number>();

/** Keeps count of a lease that was just taken, until it is released. */
export function counted<L extends SyncLease | AsyncLease>(lease: L, holder: string): L {
  held.set(holder, (held.get(holder) ?? 0) + 1);
  const { id, takenOver } = lease;
  let released: void | Promise<void>;
  let isReleased = false;
  const release = (): void | Promise<void> => {
    if (isReleased) return released;
    isReleased = true;
    released = lease.release();
    if (released === undefined) forget(holder);
    else released = released.finally(() => forget(holder));
    return released;
  };
  return { id, takenOver, renew: () => lease.renew(), release } as L;
}

function forget(holder: string): void {
  const left = (held.get(holder) ?? 0) - 1;
  if (left > 0) held.set(holder, left);
  else held.delete(holder);
}

/** Whether this thread has no lease: then nobody waits for it, and it may wait for anybody. */
export function holdsNone(): boolean {
  return held.size === 0;
}

/**
 * Whether to wait for the holder of a lease, for one whom others may wait for meanwhile. Two that need each other's must
 * not both wait: only the one that stands before the other in the order of names does, so waiting never goes in a circle.
 */
export function mayWaitFor(holder: string | undefined, self: string): boolean {
  return holder === undefined || self < holder;
}

/** As {@link mayWaitFor}, for one that blocks this thread: whatever runs here stands still meanwhile. */
export function mayBlockFor(holder: string | undefined, self: string): boolean {
  return holder === undefined || (!held.has(holder) && mayWaitFor(holder, self));
}
