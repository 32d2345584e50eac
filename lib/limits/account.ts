/** How a cache with limits keeps account of what it changes, written once for both kinds of store. */

import type { Steps } from '../runtime/steps.ts';
import { list, type Pace } from './list.ts';
import type { Change } from './listing.ts';
import { addAndRead, isSane, type Limited } from './sizes.ts';

/** Records what was removed. Never throws: the next listing makes good what is lost here. */
export function* recordRemoved(context: Limited, { id, entries, bytes }: Change): Steps<void> {
  context.usage.change({ id, entries: -entries, bytes: -bytes });
  try {
    yield* record(context);
  } catch {
    // The store fails, and has reported so or will.
  }
}

/** Adds own changes to the counters, and reads them. Where they know nothing a listing is made, but not without a pace. */
export function* record(context: Limited, pace?: Pace): Steps<void> {
  const counted = yield* addAndRead(context);
  const isKnown = counted !== undefined && isSane(counted);
  if (!isKnown && pace !== undefined && context.usage.mayList) yield* list(context, { pace });
}
