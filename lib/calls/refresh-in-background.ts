import { every, later } from '../runtime/timers.ts';
import { InFlight, outsideOfCalls } from '../runtime/in-flight.ts';
import { carryOutAsync } from '../runtime/steps.ts';
import { EXPIRED, type Finding } from '../records/outcome.ts';
import { CHANGED } from './begun.ts';
import { Computation } from './compute.ts';
import { askForLease, release, RENEWAL, type Lease } from './leases.ts';
import { keptFailure } from './failures.ts';
import { lookUp } from './lookup.ts';
import { observeFailure, observeSkip } from './observe.ts';
import type { Call, CallContext } from './context.ts';
import { ownCall } from './unchanged.ts';

/** How a value is computed anew. */
export interface Refresh {
  /** Looks whether another call was faster. */
  readonly look: () => Finding | Promise<Finding>;
  readonly compute: () => Promise<void>;
}

/** Computes a value anew in the background while one past its age is served: see {@link inBackground}. */
export function refreshInBackground(context: CallContext, id: string, call: Call): void {
  const own = ownCall(call);
  inBackground(context, id, {
    look: () => lookUp(context, id, true),
    async compute() {
      // A failure that is kept stands for the next one.
      if ((await carryOutAsync(keptFailure(context, id))) !== undefined) return;
      const inFlight = new InFlight(context.backing.inFlight, id);
      const computation = new Computation(context, own, { inFlight, place: 'inPromises' });
      const { computeMs } = await computation.computeBeside(EXPIRED);
      context.counts.addComputing(computeMs);
    },
  });
}

/**
 * Refreshes after the current turn of the event loop, once for an id, over all processes too, however many calls ask for it
 * meanwhile. It does not keep a program alive that has nothing else to do; what the function itself waits for may.
 */
export function inBackground(context: CallContext, id: string, refresh: Refresh): void {
  const { settings, backing } = context;
  const { refreshing } = backing;
  if (!settings.sharesWork || refreshing.has(id)) return;
  refreshing.add(id);
  const begin = (): void => {
    void carryOut(context, id, refresh).finally(() => refreshing.delete(id));
  };
  // One timer may still run in the turn in which the last work of the program ended; a timer that it sets does not.
  later(() => void later(() => outsideOfCalls(begin), 5), 0);
}

/** Never rejects: a call that was served the old value is not concerned. */
async function carryOut(context: CallContext, id: string, refresh: Refresh): Promise<void> {
  try {
    const answer = await carryOutAsync(askForLease(context, id));
    if (answer !== undefined && 'release' in answer) await carryOutWith(answer, context, refresh);
  } catch (error) {
    if (error === CHANGED) observeSkip(context, id, 'changed');
    else observeFailure(context, 'refreshFailed', { id, error });
  }
}

async function carryOutWith(lease: Lease, context: CallContext, { look, compute }: Refresh): Promise<void> {
  const stop = every(() => void lease.renew(), RENEWAL);
  try {
    const found = await look();
    if (!found.hasValue || found.status !== 'hit') await compute();
  } finally {
    stop();
    await carryOutAsync(release(context.backing.store, lease));
  }
}
