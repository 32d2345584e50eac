import { later } from '../runtime/timers.ts';
import { InFlight, outsideOfCalls } from '../runtime/in-flight.ts';
import { Caller } from '../runtime/caller.ts';
import { carryOutAsync } from '../runtime/steps.ts';
import { EXPIRED, type Finding } from '../records/outcome.ts';
import { isHeld } from '../stores/store.ts';
import { CHANGED } from './begun.ts';
import { Computation } from './compute.ts';
import { askForLease, type Tenure } from './leases.ts';
import { keptFailure } from './failures.ts';
import { lookUp } from './lookup.ts';
import { observeFailure, observeSkip } from './observe.ts';
import type { Attempt } from './refreshes.ts';
import type { Call, CallContext } from './context.ts';
import { ownCall } from './unchanged.ts';

/** How a value is computed anew. */
export interface Refresh {
  /** Looks whether another call was faster. */
  readonly look: () => Finding | Promise<Finding>;
  /** Whether a value was stored. */
  readonly compute: () => Promise<boolean>;
}

/** Computes a value anew in the background while one past its age is served: see {@link inBackground}. */
export function refreshInBackground(context: CallContext, id: string, call: Call): void {
  // Its caller does not decide how long it goes on.
  const own = { ...ownCall(call), caller: call.caller && new Caller([]) };
  inBackground(context, id, {
    look: () => lookUp(context, id, true),
    async compute() {
      // A failure that is kept stands for the next one.
      if ((await carryOutAsync(keptFailure(context, id))) !== undefined) return true;
      const inFlight = new InFlight(context.backing.inFlight, id);
      const computation = new Computation(context, own, { inFlight, place: 'inPromises' });
      const { computeMs } = await computation.computeBeside(EXPIRED);
      context.counts.addComputing(computeMs);
      return computation.saved?.isStored === true;
    },
  });
}

/**
 * Refreshes after the current turn of the event loop, once for an id, over all processes too, however many calls ask for it
 * meanwhile. It does not keep a program alive that has nothing else to do; what the function itself waits for may. One that has
 * not come back after `waitTimeout` gives its lease back, and the next call, here or elsewhere, begins another.
 */
export function inBackground(context: CallContext, id: string, refresh: Refresh): void {
  const { settings, backing } = context;
  if (!settings.sharesWork) return;
  const attempt = backing.refreshes.begin(id, settings.clock(), settings.waitTimeout);
  if (attempt === undefined) return;
  const begin = (): void => {
    void carryOut(context, attempt, refresh).then((hasFailed) =>
      backing.refreshes.end(attempt, hasFailed ? settings.clock() : undefined),
    );
  };
  // One timer may still run in the turn in which the last work of the program ended; a timer that it sets does not.
  later(() => void later(() => outsideOfCalls(begin), 5), 0);
}

/** Whether it has failed, or has stored nothing. Never rejects: a call that was served the old value is not concerned. */
async function carryOut(context: CallContext, attempt: Attempt, refresh: Refresh): Promise<boolean> {
  const { id } = attempt;
  try {
    const answer = await carryOutAsync(askForLease(context, id));
    return (
      answer !== undefined && !isHeld(answer) && !(await carryOutWith(context, { lease: answer, attempt, refresh }))
    );
  } catch (error) {
    if (error === CHANGED) observeSkip(context, id, 'changed');
    else observeFailure(context, 'refreshFailed', { id, error });
    return error !== CHANGED;
  }
}

interface Leased {
  readonly lease: Tenure;
  readonly attempt: Attempt;
  readonly refresh: Refresh;
}

/** Whether there is a value that is younger. */
async function carryOutWith({ settings }: CallContext, { lease, attempt, refresh }: Leased): Promise<boolean> {
  const giveUp = (): void => void carryOutAsync(lease.giveBack());
  attempt.giveUp = giveUp;
  lease.renew();
  // Where no call comes here any more, other processes can go on.
  const cancel = later(giveUp, settings.waitTimeout);
  try {
    const found = await refresh.look();
    return (found.hasValue && found.status === 'hit') || (await refresh.compute());
  } finally {
    cancel();
    await carryOutAsync(lease.giveBack());
  }
}
