/** How a cache with limits lists what there is and counts what it changes, written once for both kinds of store. */

import { isUnsafeFolder } from '../common/errors.ts';
import { USAGE_LEASE } from '../common/ids.ts';
import { each, step, type Steps } from '../runtime/steps.ts';
import { turn } from '../runtime/timers.ts';
import {
  type AsyncLease,
  type HeldLease,
  isHeld,
  LEASE_TTL,
  type StoreEntry,
  type SyncLease,
} from '../stores/store.ts';
import { add, type Change, type Flow, isStill, type Listing, minus, subtract, type Totals } from './listing.ts';
import { addAndRead, type Counted, isSane, type Limited, USAGE } from './sizes.ts';
import type { Usage } from './usage.ts';

/**
 * How a listing goes: at once where the store can; step by step, so that the caller may pause it; or with turns of the
 * event loop in between, where a promise is waited for anyway.
 */
export type Pace = 'at once' | 'in steps' | 'in turns';

/** Entries of a listing between two turns of the event loop: a few milliseconds. */
const TURN = 512;

/** How far the counters may be off, as a part of a limit, where others save and evict while that is found out. */
const TOLERANCE = 0.05;

/** Goes over all that is there; false where that is being done already, and the save need not see to it itself. */
export function* list(context: Limited, pace: Pace): Steps<boolean> {
  const { usage, store } = context;
  const isLong = store.kind === 'async' || pace !== 'at once';
  if (usage.isListing && isLong) return false;
  const before = yield* tryAddAndRead(context);
  const { recorded } = usage;
  const listing = usage.begin(isLong);
  try {
    if (store.kind === 'sync' && !isLong) for (const entry of store.entries()) listing.add(entry);
    else yield* listSlowly(store, listing, pace);
    usage.end(listing, before !== undefined);
    if (before !== undefined) yield* tryCorrect(context, { before, recorded, listing });
    return true;
  } finally {
    usage.abandon(listing);
  }
}

/** As `addAndRead`; undefined also where the store fails to count: what is to go must go all the same. @throws UnsafeFolderError */
export function* tryAddAndRead(context: Limited): Steps<Counted | undefined> {
  try {
    return yield* addAndRead(context);
  } catch (error) {
    if (isUnsafeFolder(error)) throw error;
    return undefined;
  }
}

function* listSlowly(store: Limited['store'], listing: Listing, pace: Pace): Steps<void> {
  let seen = 0;
  yield* each(store.entries(), function* visit(entry: StoreEntry): Steps<void> {
    listing.add(entry);
    if (pace === 'in turns' && ++seen % TURN === 0) yield turn();
  });
}

/** What a listing has found, and what was known when it began. */
interface Finding {
  readonly before: Counted;
  /** The own changes that the counters had. */
  readonly recorded: Flow;
  readonly listing: Listing;
}

/** As `correct`; where the store fails, this process goes by its own listing. @throws UnsafeFolderError */
function* tryCorrect(context: Limited, finding: Finding): Steps<void> {
  try {
    yield* correct(context, finding);
  } catch (error) {
    if (isUnsafeFolder(error)) throw error;
    context.usage.end(finding.listing, false);
  }
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
 * What all processes add is exact. A listing is so only where nothing else happens: each record that others saved meanwhile may
 * be in it or not, and each that they removed too; a folder shows all the old ones first, and none that is new, for one. So the
 * counters are right as long as they differ from the listing by no more than that. Where they are wrong, they are set to the most
 * that there can be: then too much goes, and never too little.
 */
function correctionOf({ limits, recorded }: Usage, now: Counted, finding: Finding): Totals | undefined {
  const { before, listing } = finding;
  if (now.listings !== before.listings) return undefined;
  const others = minus(minus(now, before), minus(recorded, finding.recorded));
  const off = subtract(subtract(listing, listing.changed), before);
  const tolerance = isStill(others) ? 0 : TOLERANCE;
  const entries = excess(off.entries, {
    saved: others.entries + others.removed,
    removed: others.removed,
    tolerance: tolerance === 0 ? 0 : tolerance * limits.maxEntries,
  });
  const bytes = excess(off.bytes, {
    saved: others.bytes + others.removedBytes,
    removed: others.removedBytes,
    tolerance: tolerance === 0 ? 0 : tolerance * limits.maxBytes,
  });
  return before.listings > 0 && entries === 0 && bytes === 0 ? undefined : { entries, bytes };
}

/** What others did meanwhile. */
interface Others {
  readonly saved: number;
  readonly removed: number;
  readonly tolerance: number;
}

function excess(off: number, { saved, removed, tolerance }: Others): number {
  return off >= -removed - tolerance && off <= saved + tolerance ? 0 : off + removed;
}

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
  if (!isKnown && pace !== undefined && context.usage.mayList) yield* list(context, pace);
}
