/** How a cache with limits finds out what there is, written once for both kinds of store. */

import { setImmediate } from 'node:timers/promises';

import { USAGE_LEASE } from '../common/ids.ts';
import { each, step, type Steps } from '../runtime/steps.ts';
import {
  isHeld,
  LEASE_TTL,
  type AsyncLease,
  type HeldLease,
  type StoreEntry,
  type SyncLease,
} from '../stores/store.ts';
import type { Listing } from './listing.ts';
import { addAndRead, USAGE, type Counted, type Limited } from './sizes.ts';
import { add, isNothing, subtract, type Totals } from './totals.ts';
import type { Usage } from './usage.ts';

/**
 * How a listing goes: at once where the store can; step by step, so that whatever carries it out may pause; or with turns of the
 * event loop in between, where a promise is waited for anyway.
 */
export type Pace = 'at once' | 'in steps' | 'in turns';

/** How a listing is made. */
export interface ListingTerms {
  readonly pace: Pace;
  /** Whether the counters are to be as it finds things, to the last byte. Default: only where they are far off. */
  readonly isExact?: boolean;
}

/** Entries of a listing between two turns of the event loop: a few milliseconds. */
const TURN = 512;

/**
 * How far the counters may be off, as a part of a limit. What all processes add is exact; a listing is not, where others save and
 * evict while it is made. So the counters are corrected only when a listing leaves no doubt that they are wrong.
 */
const TOLERANCE = 0.05;

/** Goes over all that is there; false where that is being done already, and the save need not see to it itself. */
export function* list(context: Limited, terms: ListingTerms): Steps<boolean> {
  const { usage, store } = context;
  const isLong = store.kind === 'async' || terms.pace !== 'at once';
  if (usage.isListing && isLong) return false;
  const before = yield* addAndRead(context);
  const { recorded } = usage;
  const listing = usage.begin(isLong);
  try {
    if (store.kind === 'sync' && !isLong) for (const entry of store.entries()) listing.add(entry);
    else yield* listSlowly(store, listing, terms.pace);
    usage.end(listing, before !== undefined);
    if (before !== undefined) yield* correct(context, { before, recorded, listing, isExact: terms.isExact === true });
    return true;
  } finally {
    usage.abandon(listing);
  }
}

function* listSlowly(store: Limited['store'], listing: Listing, pace: Pace): Steps<void> {
  let seen = 0;
  yield* each(store.entries(), function* visit(entry: StoreEntry): Steps<void> {
    listing.add(entry);
    if (pace === 'in turns' && ++seen % TURN === 0) yield setImmediate();
  });
}

/** What a listing has found, and what was known when it began. */
interface Finding {
  readonly before: Counted;
  /** The own changes that the counters had. */
  readonly recorded: Totals;
  readonly listing: Listing;
  readonly isExact: boolean;
}

/** Corrects the counters where a listing shows that they are wrong; one process at a time, for two would do it twice. */
function* correct(context: Limited, finding: Finding): Steps<void> {
  const { usage, store } = context;
  const seen = yield* addAndRead(context);
  if (seen === undefined || correctionOf(usage, seen, finding) === undefined) return;
  const lease = yield* step<SyncLease | AsyncLease | HeldLease>(store.lease(USAGE_LEASE, LEASE_TTL));
  if (isHeld(lease)) return;
  try {
    const now = yield* addAndRead(context);
    const correction = now && correctionOf(usage, now, finding);
    if (now === undefined || correction === undefined) return;
    yield* step<void>(store.counters.add(USAGE, { ...correction, listings: 1 }));
    usage.correct(add(now, correction));
  } finally {
    yield* step<void>(lease.release());
  }
}

/**
 * What is to be added to the counters; undefined where they are good enough, or others have corrected them meanwhile.
 *
 * What others changed while the listing was made may be in it or not. So the counters may differ from it by that much, and are
 * still right. Where they are wrong, they are set to the most that there can be: then too much goes, and never too little.
 */
function correctionOf(usage: Usage, now: Counted, { before, recorded, listing, isExact }: Finding): Totals | undefined {
  if (now.listings !== before.listings) return undefined;
  const others = subtract(subtract(now, before), subtract(usage.recorded, recorded));
  const off = subtract(subtract(listing, listing.changed), before);
  const { maxEntries, maxBytes } = usage.limits;
  const rough = {
    entries: excessOf(off.entries, others.entries, TOLERANCE * maxEntries),
    bytes: excessOf(off.bytes, others.bytes, TOLERANCE * maxBytes),
  };
  const exact = { entries: excessOf(off.entries, others.entries, 0), bytes: excessOf(off.bytes, others.bytes, 0) };
  return before.listings > 0 && isNothing(isExact ? exact : rough) ? undefined : exact;
}

/** How far the counters are off beyond what others have changed, and what may be. */
function excessOf(off: number, others: number, tolerance: number): number {
  if (off >= Math.min(0, others) - tolerance && off <= Math.max(0, others) + tolerance) return 0;
  return off + Math.max(0, -others);
}
