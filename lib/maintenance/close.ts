import type { Backing } from '../calls/context.ts';
import { step, type Steps } from '../runtime/steps.ts';

/** Writes the last uses and the counts of this thread, and releases the store. May be done twice. @throws what the store throws */
export function* close({ store, uses, statistics }: Backing): Steps<void> {
  yield* uses.flush(store);
  yield* statistics.release(store);
  yield* step<void>(store.close());
}
