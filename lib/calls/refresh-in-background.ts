import { setTimeout } from 'node:timers';

import { CHANGED, computeAsync } from './compute-async.ts';
import { Flight, outsideOfFlights } from '../runtime/in-flight.ts';
import { lookUp, takeLease } from './io-async.ts';
import { EXPIRED } from '../records/outcome.ts';
import { reportFailure, reportSkip } from './observe.ts';
import type { Site, Work } from './context.ts';
import { isHeld } from '../stores/store.ts';

/**
 * Computes a value anew behind one that was served past its age: after the current turn, once over all processes. It
 * does not keep a program alive that has nothing else to do; what the function itself waits for may.
 */
export function refreshBehind(site: Site, id: string, work: Work): void {
  onceBehind(site, id, async () => refresh(site, id, work));
}

/** Has something done afterwards that never rejects: once for an id, however many ask before it has ended. */
export function onceBehind({ settings, shared }: Site, id: string, work: () => Promise<void>): void {
  const { refreshing } = shared;
  if (!settings.sharesWork || refreshing.has(id)) return;
  refreshing.add(id);
  const begin = (): void => {
    void work().finally(() => refreshing.delete(id));
  };
  afterwards(() => outsideOfFlights(begin));
}

/**
 * After the current turn, and not at all in a program that has nothing else to do, which what the work waits for would keep
 * alive. One timer may still run in the turn in which the last work of the program ended; a timer that it sets does not.
 */
function afterwards(work: () => void): void {
  setTimeout(() => setTimeout(work, 5).unref(), 0).unref();
}

/** Never rejects: whoever was served the old value is not concerned. */
async function refresh(site: Site, id: string, work: Work): Promise<void> {
  try {
    const lease = await takeLease(site, id);
    if (lease === 'unavailable' || isHeld(lease)) return;
    const flight = new Flight(site.shared.flights, id, true);
    try {
      const found = await lookUp(site, id);
      if (found.hit && found.status === 'hit') return;
      const { computeMs } = await computeAsync(site, id, { flight, work, lease, outcome: EXPIRED });
      site.counts.addComputing(computeMs);
    } finally {
      flight.land();
      await lease.release();
    }
  } catch (error) {
    if (error === CHANGED) reportSkip(site, id, 'changed');
    else reportFailure(site, 'refreshFailed', { id, error });
  }
}
