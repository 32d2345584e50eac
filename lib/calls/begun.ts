/** What a call comes to before its function is called, and how that is called; calls that go without the cache. */

import { isThenable } from '../common/kind.ts';
import { ABSENT, computed, type NotFound, type Outcome } from '../records/outcome.ts';
import { isNoCache } from './no-cache.ts';
import { observe, observeError, observeMiss, observeSkip } from './observe.ts';
import { computing } from '../runtime/shared-time.ts';
import type { Begun, Call, CallContext, Pending } from './context.ts';

/** A way to a value: from where it is stored, or computed whatever is stored. */
export type Way = (context: CallContext, id: string, call: Call) => Begun;

/** Calls the function of a call. Those of synchronous cached functions are called by themselves, a frame nearer to their caller. */
export function carryThrough(begun: Begun, call: Call): Outcome | Promise<Outcome> {
  if (!('finish' in begun)) return begun;
  const own = begun.call ?? call;
  return begun.traced === undefined ? callFor(begun, own) : begun.traced.trace(callFor, begun, own);
}

function callFor(pending: Pending, { fn, self, args }: Call): Outcome | Promise<Outcome> {
  let value: unknown;
  let hasThrown = false;
  try {
    value = Reflect.apply(fn, self, args);
  } catch (thrown) {
    value = thrown;
    hasThrown = true;
  }
  return pending.finish(value, hasThrown);
}

/**
 * Thrown instead of a value: an argument has changed while the call waited, so it has another id now. One object, told by its
 * identity: to ask anything else of what a function throws may throw itself.
 */
export const CHANGED: Error = new Error('The arguments have changed while the call waited');

/** How often a call begins anew. More often only the arguments change of which a key gives another value each time. */
const MOST_RESTARTS = 3;

/** How a call begins anew. */
interface Restart {
  readonly call: Call;
  readonly way: Way;
  /** Whether it has waited too long for another, so that its arguments need not have changed. */
  readonly isLate?: boolean;
}

/** Begins a call anew after it has waited, under the key that its arguments have by then. */
export function beginAgain(
  context: CallContext,
  id: string,
  { call, way, isLate = false }: Restart,
): Outcome | Promise<Outcome> {
  const restarts = (call.restarts ?? 0) + (isLate ? 0 : 1);
  const now = restarts > MOST_RESTARTS ? undefined : idNow(id, call);
  const pending = now === undefined ? uncachedMiss(context, id, ABSENT) : way(context, now, { ...call, restarts });
  if (now === undefined) observeSkip(context, id, 'changed');
  return carryThrough(pending, call);
}

/** The id that a call has by now; undefined where its arguments cannot be keyed any more. */
function idNow(id: string, call: Call): string | undefined {
  try {
    return call.idOf?.(call) ?? id;
  } catch {
    return undefined;
  }
}

/** For a cache that is off: the function alone, and what it throws as `NoCache`. */
export const UNCACHED: Pending = {
  finish(value, hasThrown) {
    if (hasThrown) return rescueUncached(value);
    return isThenable(value) ? finishUncached(value) : uncached(value);
  },
};

/** `await`, because the `then` of what is no promise need not return one. */
async function finishUncached(answered: PromiseLike<unknown>): Promise<Outcome> {
  try {
    return uncached(await answered);
  } catch (thrown) {
    return rescueUncached(thrown);
  }
}

function rescueUncached(thrown: unknown): Outcome {
  if (isNoCache(thrown)) return uncached(thrown.value);
  throw thrown;
}

function uncached(value: unknown): Outcome {
  return computed(value, { promised: false, computeMs: 0, reason: undefined });
}

/** For a miss that may not begin: the function is called without the cache, for this caller alone. */
export function uncachedMiss(context: CallContext, id: string, found: NotFound): Pending {
  observeMiss(context, id, found);
  const stop = computing.begin();
  const observed = ({ value, promised }: Outcome): Outcome =>
    observe(context, id, computed(value, { promised, computeMs: stop(), reason: found.reason }));
  const failed = (error: unknown): never => {
    stop();
    return observeError(context, error);
  };
  return {
    finish(value, hasThrown) {
      try {
        const outcome = UNCACHED.finish(value, hasThrown);
        return 'hasValue' in outcome ? observed(outcome) : outcome.then(observed, failed);
      } catch (error) {
        return failed(error);
      }
    },
  };
}
