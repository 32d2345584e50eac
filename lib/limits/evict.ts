/** How a cache is brought under its limits, written once for both kinds of store. */

import type { Events } from '../common/events.ts';
import type { StoreEntry } from '../stores/store.ts';
import { tryHead } from '../records/try-head.ts';
import type { Change } from './listing.ts';
import { removeChunks, runsToRemove } from '../runs/items.ts';
import type { Settings } from '../calls/settings.ts';
import type { Backing } from '../calls/context.ts';
import { step, type Steps } from '../runtime/steps.ts';
import { isLimited, list, tell, type Limited, type Pace } from './account.ts';

/** How the limits are held. */
export interface EvictTerms {
  readonly events: Events;
  readonly pace: Pace;
  /** The id of an entry that stays whatever happens: the one that was just saved. */
  readonly spare?: string;
}

/** What had to go. */
export interface Evicted {
  readonly entries: number;
  /** With the chunks of generators' runs. */
  readonly bytes: number;
}

/**
 * Brings a cache under its limits, after a listing that makes the count exact; nothing where there are no limits. For
 * `prune`, and for whatever has removed entries without counting them.
 *
 * @throws what the store throws
 */
export function* evictOver(backing: Backing, { events }: Settings): Steps<{ evicted: number; bytes: number }> {
  if (!isLimited(backing)) return { evicted: 0, bytes: 0 };
  const terms: EvictTerms = { events, pace: 'in steps' };
  yield* list(backing, terms.pace);
  const { entries, bytes } = yield* evict(backing, terms);
  yield* tell(backing);
  return { evicted: entries, bytes };
}

/** Notes what a save has changed, and evicts what is over the limits now. @throws what the store throws */
export function* keepWithin(backing: Limited, change: Change, terms: EvictTerms): Steps<void> {
  const { ledger } = backing;
  ledger.change(change);
  // Where saves wait for promises, one does it for all that save meanwhile.
  if (ledger.busy > 0 && terms.pace !== 'at once') return;
  ledger.busy++;
  try {
    do {
      yield* evict(backing, terms);
      yield* tell(backing, terms.pace);
      // By what the others have told meanwhile.
      yield* evict(backing, terms);
    } while (ledger.hasUntold);
  } finally {
    ledger.busy--;
  }
}

/** Evicts until the limits are kept, or nothing is found that could go. */
function* evict(backing: Limited, terms: EvictTerms): Steps<Evicted> {
  const { ledger } = backing;
  const evicted = { entries: 0, bytes: 0 };
  let listings = 0;
  while (ledger.isOver) {
    if (ledger.isDoubtful && ledger.mayList) yield* list(backing, terms.pace);
    if (ledger.candidates.isTimeToLook) yield* protect(backing);
    const candidate = ledger.claim();
    if (candidate === undefined) {
      if (++listings > 2 || !ledger.mayList || !(yield* list(backing, terms.pace))) break;
      continue;
    }
    const bytes = yield* tryEvict(backing, candidate, { ...terms, atAnyRate: listings > 1 });
    if (bytes === undefined) continue;
    listings = 0;
    evicted.entries++;
    evicted.bytes += bytes;
  }
  return evicted;
}

/** The bytes that became free; undefined where it does not go. */
function* tryEvict(backing: Limited, candidate: StoreEntry, terms: TryTerms): Steps<number | undefined> {
  const { ledger } = backing;
  try {
    const entry = candidate.id === terms.spare ? undefined : yield* stillOld(backing, candidate, terms);
    return entry && (yield* remove(backing, entry, terms));
  } finally {
    ledger.settle(candidate);
  }
}

interface TryTerms extends EvictTerms {
  /**
   * Whether it goes although it was used since the listing: where all are used all the time, or the store keeps times too
   * coarsely to see what goes first.
   */
  readonly atAnyRate: boolean;
}

/** It as it is now; undefined where it is gone, or was used later than the listing knew: then its turn comes later. */
function* stillOld(backing: Limited, { id, lastUsedAt }: StoreEntry, terms: TryTerms): Steps<StoreEntry | undefined> {
  const { ledger, store, uses } = backing;
  const entry = yield* step(store.stat(id));
  if (entry === undefined || terms.atAnyRate) return entry;
  const used = Math.max(entry.lastUsedAt, uses.lastUse(id) ?? 0);
  if (!isLater(used, lastUsedAt)) return entry;
  ledger.candidates.putBack({ ...entry, lastUsedAt: used });
  return undefined;
}

function* remove(backing: Limited, { id, size }: StoreEntry, { events }: EvictTerms): Steps<number | undefined> {
  const { ledger, store } = backing;
  const name = events.wants('evict') ? yield* nameOf(backing, id) : undefined;
  const runs = ledger.hasChunks ? yield* runsToRemove(backing.store, id) : [];
  if (!(yield* step(store.delete(id)))) return undefined;
  let bytes = size;
  for (const run of runs) bytes += yield* removeChunks(store, id, run);
  ledger.change({ id, entries: -1, bytes: -bytes });
  if (name !== undefined) events.emit({ type: 'evict', id, name });
  return bytes;
}

/** What this process has used and not told yet would go next by what the others know: it is told now. */
function* protect({ ledger, store, uses }: Limited): Steps<void> {
  for (const { id, lastUsedAt } of ledger.candidates.next()) {
    const used = uses.lastUse(id);
    if (used === undefined || !isLater(used, lastUsedAt)) continue;
    const entry = yield* step(store.stat(id));
    if (entry !== undefined && entry.lastUsedAt < used) yield* step<void>(store.touch(id, used));
  }
}

/** By whole milliseconds: a store may round the time that it was told. */
function isLater(used: number, than: number): boolean {
  return used > Math.ceil(than);
}

function* nameOf({ store }: Backing, id: string): Steps<string> {
  const glimpse = yield* step(store.peek(id));
  return (glimpse && tryHead(glimpse)?.name) ?? '';
}
