import { CHANGED, computeAsync } from './compute-async.ts';
import { Flight, type Flights } from '../runtime/in-flight.ts';
import { perScope } from '../runtime/per-store.ts';
import { UNREAD, type Result } from '../records/outcome.ts';
import { report, reportMiss } from './observe.ts';
import { computeUnready, isReady } from './ready.ts';
import { computeAlone } from './run-async.ts';
import { compute } from './run-sync.ts';
import type { Site, SyncSite, Work } from './context.ts';
import { coalesced } from './turn-sync.ts';

/** Kept apart from the other computations: whoever calls meanwhile is served what is stored, and no failure of this. */
const refreshesOf: (scope: string | object) => Flights = perScope(() => new Map());

/**
 * Computes and stores now, whatever is stored. Those who ask for the same while it runs share it. A computation that a
 * call has begun before is waited for, so that its value, the older one, is not stored last.
 */
export function refreshNow(site: Site, id: string, work: Work): Result | Promise<Result> {
  const { store, flights } = site.shared;
  const refreshes = refreshesOf(store.scope);
  const joined = refreshes.get(id)?.join();
  if (joined !== undefined) {
    report(site, 'coalesced', id);
    return joined.then(coalesced, (thrown: unknown) => {
      if (thrown !== CHANGED) throw thrown;
      // The one that this caller has joined turned out to be of other arguments.
      return refreshNow(site, id, work);
    });
  }
  if (!isReady(site, id)) return computeUnready(site, id, { work, outcome: UNREAD });
  const earlier = flights.get(id)?.join();
  const flight = new Flight(refreshes, id);
  if (earlier === undefined && isSync(site) && !site.promised && !site.seenPromise) {
    reportMiss(site, id, UNREAD);
    return compute(site, id, { flight, work, outcome: UNREAD });
  }
  return flight.share(computeAfter(site, id, { earlier, flight, work })).catch((thrown: unknown) => {
    if (thrown !== CHANGED) throw thrown;
    return computeAlone(site, id, { work, outcome: UNREAD });
  });
}

interface Departure {
  readonly earlier: Promise<unknown> | undefined;
  readonly flight: Flight;
  readonly work: Work;
}

async function computeAfter(site: Site, id: string, { earlier, flight, work }: Departure): Promise<Result> {
  await earlier?.catch(() => undefined);
  reportMiss(site, id, UNREAD);
  return computeAsync(site, id, { flight, work, lease: undefined, outcome: UNREAD });
}

function isSync(site: Site): site is SyncSite {
  return site.shared.store.kind === 'sync';
}
