/** The way of a call over a store that answers at once. */

import { performance } from 'node:perf_hooks';

import type { SyncLease } from '../stores/store.ts';
import { isThenable } from '../common/thenable.ts';
import { settle } from './compute-async.ts';
import { Flight } from '../runtime/in-flight.ts';
import { isFound, lookUp as lookUpLater } from './io-async.ts';
import { lookUp, save } from './io-sync.ts';
import { computed, type NotFound, type Result } from '../records/outcome.ts';
import { marksFor } from './plan-save.ts';
import { refreshBehind } from './refresh-in-background.ts';
import { reportFound, reportMiss } from './observe.ts';
import { computeUnready, isReady } from './ready.ts';
import { rescue } from './fallback.ts';
import { fly, join } from './run-async.ts';
import type { SyncSite, Work } from './context.ts';
import { takeTurn } from './turn-sync.ts';

/**
 * The stored value, or what the function gives, stored: computed once for all callers that ask meanwhile, in this thread
 * and in others. A promise of it where the function answers with one.
 */
export function runSync(site: SyncSite, id: string, work: Work): Result | Promise<Result> {
  if (site.shared.flights.size > 0) {
    const joined = join(site, id, work);
    if (joined !== undefined) return joined;
  }
  if (site.promised) return runLater(site, id, work);
  return arrive(site, id, { work, outcome: lookUp(site, id) });
}

/** For a caller that can wait: a large record is read behind a promise. */
function runLater(site: SyncSite, id: string, work: Work): Result | Promise<Result> {
  const outcome = lookUpLater(site, id);
  if (isFound(outcome)) return arrive(site, id, { work, outcome });
  return outcome.then((found) => arrive(site, id, { work, outcome: found }));
}

function arrive(site: SyncSite, id: string, { work, outcome }: Arrival): Result | Promise<Result> {
  if (!outcome.hit) return miss(site, id, { work, outcome });
  reportFound(site, id, outcome);
  if (outcome.status === 'stale') refreshBehind(site, id, work);
  return outcome;
}

/** A call whose record was looked for. */
interface Arrival {
  readonly work: Work;
  readonly outcome: Result | NotFound;
}

function miss(site: SyncSite, id: string, call: { work: Work; outcome: NotFound }): Result | Promise<Result> {
  if (!isReady(site, id)) return computeUnready(site, id, call);
  if (site.promised || site.seenPromise) return fly(site, id, call);
  const { outcome, lease } = takeTurn(site, id, call.outcome);
  if (outcome.hit) {
    reportFound(site, id, outcome);
    return outcome;
  }
  reportMiss(site, id, outcome);
  const flight = new Flight(site.shared.flights, id);
  return compute(site, id, { flight, work: call.work, outcome, lease });
}

/** A computation that may begin. */
interface Departure {
  readonly flight: Flight;
  readonly work: Work;
  readonly outcome: NotFound;
  readonly lease?: SyncLease | undefined;
}

/** Computes and stores, at once or, where the function answers with a promise, later. */
export function compute(site: SyncSite, id: string, departure: Departure): Result | Promise<Result> {
  const { flight, work, outcome, lease } = departure;
  // The function may change its arguments.
  const marks = marksFor(site, id, work);
  const startedAt = performance.now();
  let pending: Promise<Result> | undefined;
  try {
    let value: unknown;
    try {
      const invoke = (): unknown => Reflect.apply(work.fn, work.self, work.args);
      value = flight.within(invoke);
    } catch (thrown) {
      return rescue(site, id, { thrown, outcome, startedAt });
    }
    if (isThenable(value)) {
      site.seenPromise = true;
      pending = flight.share(
        settle(site, id, { work, outcome, lease, marks, promise: value, promised: true, startedAt }),
      );
      return pending;
    }
    const computeMs = performance.now() - startedAt;
    save(site, id, { value, work, promised: false, computeMs, marks });
    return computed(value, { promised: false, computeMs, reason: outcome.reason });
  } finally {
    if (pending === undefined) {
      flight.land();
      lease?.release();
    }
  }
}
