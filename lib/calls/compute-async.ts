import { clearInterval, setInterval } from 'node:timers';
import { performance } from 'node:perf_hooks';

import type { AsyncLease, SyncLease } from '../stores/store.ts';
import { isThenable } from '../common/thenable.ts';
import type { Flight } from '../runtime/in-flight.ts';
import { save } from './io-async.ts';
import { RENEWAL } from './leases.ts';
import { computed, type NotFound, type Result } from '../records/outcome.ts';
import { marksFor } from './plan-save.ts';
import { reportSkip } from './observe.ts';
import { rescue } from './fallback.ts';
import type { Site, Work } from './context.ts';

/** A computation that may begin. */
export interface Departure {
  readonly flight: Flight;
  readonly work: Work;
  readonly lease: SyncLease | AsyncLease | undefined;
  /** What was found in the place of a value. */
  readonly outcome: NotFound;
}

/** Computes, waits for the value, stores it and gives the lease back. */
export async function computeAsync(site: Site, id: string, departure: Departure): Promise<Result> {
  const { flight, work } = departure;
  const startedAt = performance.now();
  let isPromise = true;
  let marks: Uint8Array | undefined;
  const promise = flight.within(async () => {
    if (hasChanged(work, id)) throw CHANGED;
    // The function may change its arguments.
    marks = marksFor(site, id, work);
    const answer: unknown = Reflect.apply(work.fn, work.self, work.args);
    isPromise = isThenable(answer);
    return answer;
  });
  if (isPromise) site.seenPromise = true;
  return settle(site, id, { ...departure, marks, promise, promised: isPromise, startedAt });
}

/** A computation that has begun. */
export interface Pending extends Omit<Departure, 'flight'> {
  readonly promise: PromiseLike<unknown>;
  /** See {@link marksFor}. */
  readonly marks: Uint8Array | undefined;
  /** Whether the function itself answered with one. */
  readonly promised: boolean;
  readonly startedAt: number;
}

/** As {@link computeAsync} from the moment on when the function has answered with a promise. */
export async function settle(site: Site, id: string, pending: Pending): Promise<Result> {
  const { promise, promised, startedAt, work, lease, outcome, marks } = pending;
  const renewal = lease && setInterval(() => void lease.renew(), RENEWAL).unref();
  try {
    let value: unknown;
    try {
      value = await promise;
    } catch (thrown) {
      if (thrown === CHANGED) throw thrown;
      return rescue(site, id, { thrown, outcome, startedAt });
    }
    const computeMs = performance.now() - startedAt;
    const result = computed(value, { promised, computeMs, reason: outcome.reason });
    if (promised && hasChanged(work, id)) {
      reportSkip(site, id, 'changed');
      return { ...result, changed: true };
    }
    await save(site, id, { value, work, promised, computeMs, marks });
    return result;
  } finally {
    clearInterval(renewal);
    await lease?.release();
  }
}

/**
 * Thrown instead of a value: the caller has changed an argument while the store was asked, so it has another id now. One
 * object, told by its identity: to ask anything else of what a function throws may throw itself.
 */
export const CHANGED: Error = new Error('The arguments have changed while the store was asked');

/** The arguments are the caller's, who may change them while a promise is pending; then the value belongs to no key. */
function hasChanged(work: Work, id: string): boolean {
  return work.isStill?.(id, work) === false;
}
