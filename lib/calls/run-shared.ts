import { isThenable } from '../common/thenable.ts';
import { isNoCache } from './no-cache.ts';
import type { Work } from './context.ts';

/** The way of a call when the cache is off: the function alone, and what it throws as `NoCache`. */
export function computeOnly({ fn, self, args }: Work): unknown {
  try {
    const value = Reflect.apply(fn, self, args);
    return isThenable(value) ? settled(value) : value;
  } catch (thrown) {
    return valueOfNoCache(thrown);
  }
}

/** `await`, because the `then` of what is no promise need not return one. */
async function settled(value: PromiseLike<unknown>): Promise<unknown> {
  try {
    return await value;
  } catch (thrown) {
    return valueOfNoCache(thrown);
  }
}

function valueOfNoCache(thrown: unknown): unknown {
  if (isNoCache(thrown)) return thrown.value;
  throw thrown;
}
