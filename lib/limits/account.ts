/** How the sums of a cache with limits are kept, written once for both kinds of store. */

import { setImmediate } from 'node:timers/promises';

import type { Store, StoreEntry, Totals } from '../stores/store.ts';
import type { Ledger } from './usage.ts';
import type { Change, Listing } from './listing.ts';
import { each, step, type Steps } from '../runtime/steps.ts';

/**
 * How a listing goes: at once where the store can; step by step, so that whoever carries it out may pause; or with turns of the
 * event loop in between, where a promise is waited for anyway.
 */
export type Pace = 'at once' | 'in steps' | 'in turns';

/** Entries of a listing between two turns of the event loop: a few milliseconds. */
const TURN = 512;

/** Some members of a store of either kind. */
export type PartOfStore<K extends keyof Store, S extends Store = Store> = S extends Store ? Pick<S, K> : never;

/** Records that have limits. */
export interface Limited {
  readonly store: PartOfStore<'kind' | 'get' | 'peek' | 'stat' | 'touch' | 'delete' | 'entries' | 'count' | 'recount'>;
  readonly ledger: Ledger;
  /** The last uses that this thread has not written yet, in ms since the epoch. */
  readonly uses: { lastUse(id: string): number | undefined };
}

export function isLimited<T extends { readonly ledger: Ledger | undefined }>(
  records: T,
): records is T & { readonly ledger: Ledger } {
  return records.ledger !== undefined;
}

/** Notes what was removed. Never throws: the next listing makes good what is lost here. */
export function* noteRemoved(backing: Limited, { id, entries, bytes }: Change): Steps<void> {
  backing.ledger.change({ id, entries: -entries, bytes: -bytes });
  try {
    yield* tell(backing);
  } catch {
    // The store fails, and has told so or will.
  }
}

/** Tells the others what was changed here, and hears what they have. Where nobody counts, it begins to; but not without a pace. */
export function* tell(backing: Limited, pace?: Pace): Steps<void> {
  const { ledger, store } = backing;
  const change = ledger.tell();
  let answer: Totals | undefined;
  try {
    answer = yield* step(store.count({ entries: change.entries, bytes: change.bytes }));
  } finally {
    ledger.answered(change, answer);
  }
  if (answer === undefined && pace !== undefined && ledger.mayList) yield* list(backing, pace);
}

/** Goes over all that is there; false where that is being done already, and the save need not see to it itself. */
export function* list(backing: Limited, pace: Pace): Steps<boolean> {
  const { ledger, store } = backing;
  const isLong = store.kind === 'async' || pace !== 'at once';
  if (ledger.isListing && isLong) return false;
  const listing = ledger.begin(isLong);
  try {
    if (store.kind === 'sync' && !isLong) for (const entry of store.entries()) listing.take(entry);
    else yield* listSlowly(store, listing, pace);
    yield* step<void>(store.recount(ledger.end(listing)));
    return true;
  } finally {
    ledger.abandon(listing);
  }
}

function* listSlowly(store: Limited['store'], listing: Listing, pace: Pace): Steps<void> {
  let seen = 0;
  yield* each(store.entries(), function* visit(entry: StoreEntry): Steps<void> {
    listing.take(entry);
    if (pace === 'in turns' && ++seen % TURN === 0) yield setImmediate();
  });
}
