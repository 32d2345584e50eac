import { isNoCache } from './no-cache.ts';
import type { Site, Work } from './site.ts';

/** Whether a function answered with a promise, or with anything that `await` waits for. */
export function isThenable(value: unknown): value is PromiseLike<unknown> {
  if (value === null || (typeof value !== 'object' && typeof value !== 'function')) return false;
  return typeof (value as { then?: unknown }).then === 'function';
}

/** Lets callers that ask for the same id meanwhile have the same promise; forgotten when it settles. */
export function shareRun(site: Site, id: string, promise: Promise<unknown>): Promise<unknown> {
  const { shared } = site;
  const forget = (): void => {
    shared.ended++;
    shared.running.delete(id);
  };
  const joined = promise.finally(forget);
  shared.running.set(id, joined);
  return joined;
}

/** The way of a call when the cache is off: the function alone, and what it throws as `NoCache`. */
export function computeOnly({ fn, self, args }: Work): unknown {
  try {
    const value = Reflect.apply(fn, self, args);
    return isThenable(value) ? value.then(undefined, valueOfNoCache) : value;
  } catch (thrown) {
    return valueOfNoCache(thrown);
  }
}

function valueOfNoCache(thrown: unknown): unknown {
  if (isNoCache(thrown)) return thrown.value;
  throw thrown;
}
