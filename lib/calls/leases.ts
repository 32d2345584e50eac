/** The right to compute one id: how it is asked for and given back, and how many of them this thread has. */

import { isHeld, LEASE_TTL, type AsyncLease, type HeldLease, type Store, type SyncLease } from '../stores/store.ts';
import { emit, observeFailure } from './observe.ts';
import type { CallContext } from './context.ts';
import type { Steps } from '../runtime/steps.ts';
import { every } from '../runtime/timers.ts';

/** Ms between two signs of life. */
const RENEWAL: number = LEASE_TTL / 3;

type Lease = SyncLease | AsyncLease;

/** How many leases this thread has, by the name of the store that holds them. */
const held = new Map<string, number>();

/** The lease, which the caller gives back; or who has it; or undefined where the store fails, which is told. */
export function* askForLease(context: CallContext, id: string): Steps<Tenure | HeldLease | undefined> {
  const { store } = context.backing;
  try {
    const lease = (yield store.lease(id, LEASE_TTL)) as Lease | HeldLease;
    if (isHeld(lease)) return lease;
    if (lease.takenOver) emit(context, 'takeover', id);
    held.set(store.holder, (held.get(store.holder) ?? 0) + 1);
    return new Tenure(store, lease);
  } catch (error) {
    observeFailure(context, 'writeFailed', { id, error });
    return undefined;
  }
}

/** A lease, from when it was had until it is given back, which whoever is first does. */
export class Tenure {
  readonly #store: Store;
  #lease: Lease | undefined;
  #stop: (() => void) | undefined;

  constructor(store: Store, lease: Lease) {
    this.#store = store;
    this.#lease = lease;
  }

  /** Shows from now on that its holder lives. */
  renew(): void {
    this.#stop ??= every(() => void this.#lease?.renew(), RENEWAL);
  }

  /** Gives it back, the first time. Never throws. */
  *giveBack(): Steps<void> {
    const lease = this.#lease;
    if (lease === undefined) return;
    this.#lease = undefined;
    this.#stop?.();
    yield lease.release();
    const { holder } = this.#store;
    const left = (held.get(holder) ?? 0) - 1;
    if (left > 0) held.set(holder, left);
    else held.delete(holder);
  }
}

/** Whether this thread has no lease: then no other holder waits for it, and it may wait for any. */
export function holdsNone(): boolean {
  return held.size === 0;
}

/** Whether a holder is a store of this thread. */
export function isOfThisThread(holder: string): boolean {
  return held.has(holder);
}
