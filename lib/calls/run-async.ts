/**
 * The way of a call that answers with a promise: of every call over an asynchronous store, and of an asynchronous function
 * from the moment on when it has found nothing in a synchronous one. The way of all others is `run-sync.ts`.
 */

import { performance } from 'node:perf_hooks';

import { CHANGED, computeAsync } from './compute-async.ts';
import { Flight } from '../runtime/in-flight.ts';
import { lookUp } from './io-async.ts';
import { ABSENT, computed, type NotFound, type Result } from '../records/outcome.ts';
import { refreshBehind } from './refresh-in-background.ts';
import { report, reportFound, reportMiss, reportSkip } from './observe.ts';
import { computeUnready, isReady } from './ready.ts';
import { computeOnly } from './run-shared.ts';
import type { AsyncSite, Site, Work } from './context.ts';
import { takeTurn } from './turn-async.ts';
import { coalesced } from './turn-sync.ts';

/** The stored value, or what the function gives, stored. */
export async function runAsync(site: AsyncSite, id: string, work: Work): Promise<Result> {
  const joined = join(site, id, work);
  if (joined !== undefined) return joined;
  const outcome = await lookUp(site, id);
  if (!outcome.hit)
    return isReady(site, id) ? fly(site, id, { work, outcome }) : computeUnready(site, id, { work, outcome });
  reportFound(site, id, outcome);
  if (outcome.status === 'stale') refreshBehind(site, id, work);
  return outcome;
}

/** A computation for all callers that ask meanwhile, in this thread and, by a lease, in others. */
export function fly(site: Site, id: string, { work, outcome }: { work: Work; outcome: NotFound }): Promise<Result> {
  // Another call may have begun to compute while the store was asked.
  const joined = join(site, id, work);
  if (joined !== undefined) return joined;
  const flight = new Flight(site.shared.flights, id);
  return flight.share(takeOff(site, id, { flight, work, outcome })).catch((thrown: unknown) => {
    if (thrown !== CHANGED) throw thrown;
    return computeAlone(site, id, { work, outcome });
  });
}

/** What a running computation will give, or undefined where there is none to wait for. */
export function join(site: Site, id: string, work: Work): Promise<Result> | undefined {
  const joined = site.shared.flights.get(id)?.join();
  if (joined === undefined) return undefined;
  report(site, 'coalesced', id);
  // The one that this caller has joined may turn out to be of other arguments.
  const again = (): Promise<Result> => fly(site, id, { work, outcome: ABSENT });
  return joined.then(
    (result) => (result.changed === true ? again() : coalesced(result)),
    (thrown: unknown) => {
      if (thrown !== CHANGED) throw thrown;
      return again();
    },
  );
}

/** For arguments that are not those of the id any more; the value is nobody else's. */
export async function computeAlone(
  site: Site,
  id: string,
  { work, outcome: { reason } }: { readonly work: Work; readonly outcome: NotFound },
): Promise<Result> {
  reportSkip(site, id, 'changed');
  const startedAt = performance.now();
  const value = await computeOnly(work);
  return computed(value, { promised: true, computeMs: performance.now() - startedAt, reason });
}

interface Preparations {
  readonly flight: Flight;
  readonly work: Work;
  readonly outcome: NotFound;
}

async function takeOff(site: Site, id: string, { flight, work, outcome: first }: Preparations): Promise<Result> {
  const { lease, outcome } = await takeTurn(site, flight, first);
  if (outcome.hit) {
    reportFound(site, id, outcome);
    return outcome;
  }
  reportMiss(site, id, outcome);
  return computeAsync(site, id, { flight, work, lease, outcome });
}
