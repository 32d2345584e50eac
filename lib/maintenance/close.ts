import type { Backing } from '../calls/context.ts';
import { step, type Steps } from '../runtime/steps.ts';

/** Writes down what this thread has noted, and releases the store. May be done twice. @throws what the store throws */
export function* close({ store, uses, statistics }: Backing): Steps<void> {
  yield* uses.flush(store);
  yield* statistics.detach(store);
  yield* step<void>(store.close());
}
