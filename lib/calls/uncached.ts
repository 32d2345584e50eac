/** Calls that go without the cache: of a cache that is off, and of a miss that may not begin. */

import { performance } from 'node:perf_hooks';

import { isThenable } from '../common/kind.ts';
import { computed, type NotFound, type Outcome } from '../records/outcome.ts';
import { isNoCache } from './no-cache.ts';
import { observe, observeError, observeMiss } from './observe.ts';
import type { CallContext, Pending } from './context.ts';

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
  const startedAt = performance.now();
  const observed = ({ value, promised }: Outcome): Outcome => {
    const computeMs = performance.now() - startedAt;
    return observe(context, id, computed(value, { promised, computeMs, reason: found.reason }));
  };
  return {
    finish(value, hasThrown) {
      try {
        const outcome = UNCACHED.finish(value, hasThrown);
        if ('hasValue' in outcome) return observed(outcome);
        return outcome.then(observed, (error: unknown) => observeError(context, error));
      } catch (error) {
        return observeError(context, error);
      }
    },
  };
}
