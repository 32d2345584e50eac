/** Calls that go without the cache: of a cache that is off, and of a miss that may not begin. */

import { isThenable } from '../common/kind.ts';
import { computing } from '../runtime/shared-time.ts';
import { computed, type NotFound, type Outcome } from '../records/outcome.ts';
import { isNoCache } from './no-cache.ts';
import { observe, observeError, observeMiss } from './observe.ts';
import type { CallContext } from './context.ts';

/** A function that is to be called next, by the code that has this, and what to do with what comes of it. */
export interface Pending {
  /** To be told the value that the function has answered with, or has thrown. @throws as the call itself */
  finish(value: unknown, hasThrown: boolean): Outcome | Promise<Outcome>;
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
  const begun = computing.begin();
  const observed = ({ value, promised }: Outcome): Outcome => {
    const computeMs = computing.end(begun);
    return observe(context, id, computed(value, { promised, computeMs, reason: found.reason }));
  };
  const failed = (error: unknown): never => {
    computing.end(begun);
    return observeError(context, error);
  };
  return {
    finish(value, hasThrown) {
      let outcome: Outcome | Promise<Outcome>;
      try {
        outcome = UNCACHED.finish(value, hasThrown);
      } catch (error) {
        return failed(error);
      }
      return 'hasValue' in outcome ? observed(outcome) : outcome.then(observed, failed);
    },
  };
}
