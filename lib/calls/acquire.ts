/** How a call that has found nothing comes to its turn to compute: once for all processes that ask for the same meanwhile. */

import { performance } from 'node:perf_hooks';

import { sleep, type Steps } from '../runtime/steps.ts';
import type { Finding, NotFound, Outcome } from '../records/outcome.ts';
import { isHeld, type HeldLease } from '../stores/store.ts';
import { askForLease, holdsNone, isOfThisThread } from './leases.ts';
import { examined, savedAt } from './examine.ts';
import { lookUp } from './lookup.ts';
import type { Computation } from './compute.ts';
import type { CallContext } from './context.ts';
import { Waiting } from './waiting.ts';

/** Ms, as they pass: what stands still in tests must not make waiting endless. */
const now = performance.now.bind(performance);

/**
 * Waits until it is the turn of a call to compute, or the value is there. Without a lease the call computes beside others: where
 * the store has none to give, where the wait takes too long, and where two calls that wait for each other would wait for ever, as
 * one that calls itself would.
 */
export function* acquire(computation: Computation, first: NotFound): Steps<Finding> {
  if (!mayShare(computation.context, first)) return first;
  const waiting = new Waiting(computation.context, computation.id);
  try {
    return yield* acquireWaiting(computation, first, waiting);
  } finally {
    yield* waiting.end();
  }
}

function* acquireWaiting(computation: Computation, first: NotFound, waiting: Waiting): Steps<Finding> {
  const { context, id } = computation;
  const began = now();
  let hasWaited = false;
  for (;;) {
    const answer = yield* askForLease(context, id);
    if (answer === undefined) return first;
    if (isHeld(answer)) {
      if (!(yield* waiting.isOfUse(answer, now() - began))) return first;
      hasWaited = yield* wait(computation, answer, began);
      if (!hasWaited || computation.inFlight.hasEnded) return first;
    } else computation.lease = answer;
    // Another holder may have computed since the last look.
    const found = yield* lookAgain(computation, first);
    if (found.hasValue) return hasWaited ? coalesced(found) : found;
    if (computation.lease !== undefined) return found;
  }
}

/** @throws what another holder has failed with meanwhile, where failures are kept */
function* lookAgain({ context, id, place, call }: Computation, first: NotFound): Steps<Finding> {
  const found = (yield lookUp(context, id, place === 'inPromises')) as Finding;
  if (!context.settings.examines) return found;
  // A value that was not good is not asked about again.
  const isKnown = found.hasValue && savedAt(found) === first.savedAt;
  const again = yield* examined(context, id, { found: isKnown ? first : found, args: call.args });
  if (!again.hasValue && again.failure !== undefined) throw again.failure.error;
  return again;
}

/** Whether there is any use in a lease: what is saved must be there to be read, and young enough for those who wait. */
function mayShare({ settings }: CallContext, { unreadable }: NotFound): boolean {
  const takesAny = settings.maxAge !== 0 || settings.staleWhileRevalidate > 0;
  return settings.sharesWork && takesAny && unreadable !== true;
}

/** Waits a while for the holder of a lease; false where that has taken too long, or must not be. */
function* wait(computation: Computation, { heldBy }: HeldLease, began: number): Steps<boolean> {
  const timeout = computation.context.settings.waitTimeout;
  const elapsed = now() - began;
  if (elapsed >= timeout || !mayWaitFor(heldBy, computation)) return false;
  resting++;
  try {
    yield* sleep(
      Math.min(pause(elapsed, computation.place === 'onStack' ? 1 : resting), Math.max(1, timeout - elapsed)),
    );
  } finally {
    resting--;
  }
  return true;
}

/**
 * Whether to wait for the holder of a lease. A thread that has leases of its own must not wait for a holder that may wait for
 * one of them: of two names the one that stands before the other waits, so waiting never goes in a circle. A call that blocks its
 * thread keeps everything there from ending; any other one holds nothing up unless another call waits for it.
 */
function mayWaitFor(holder: string | undefined, { context, inFlight, place }: Computation): boolean {
  if (holder === undefined || holdsNone()) return true;
  if (place === 'onStack' && isOfThisThread(holder)) return false;
  if (place === 'inPromises' && !inFlight.isNeeded) return true;
  return context.backing.store.holder < holder;
}

/** The value as one that another call has computed. */
export function coalesced(outcome: Outcome): Outcome {
  return { ...outcome, status: 'coalesced', reason: undefined };
}

/** How many calls of this thread rest at this moment. */
let resting = 0;

/**
 * Ms before the next look. Short computations are noticed within 20 ms of their end and long ones within a
 * twentieth of their time, 100 ms at most; a look costs about 0.1 ms, so waiting takes little of a core. Many that wait in
 * one thread look less often, each: together they take no more.
 */
function pause(elapsed: number, waiters: number): number {
  return Math.max(1, waiters, Math.min(elapsed / 20, 100));
}
