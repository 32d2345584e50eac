/** How a cache is brought under its limits, written once for both kinds of store. */

import type { Events } from '../common/events.ts';
import type { StoreEntry } from '../stores/store.ts';
import { tryHead } from '../records/try-head.ts';
import type { Change } from './listing.ts';
import { removeChunks, runsToRemove } from '../runs/items.ts';
import type { Settings } from '../calls/settings.ts';
import type { Shared } from '../calls/context.ts';
import { step, type Steps } from '../runtime/steps.ts';
import { record } from './account.ts';
import { list, type Pace } from './list.ts';
import { isLimited, type Limited as LimitedContext } from './sizes.ts';

/** A cache that has limits. */
type Limited = LimitedContext<Shared>;

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
export function* evictOver(shared: Shared, { events }: Settings): Steps<{ evicted: number; bytes: number }> {
  if (!isLimited(shared)) return { evicted: 0, bytes: 0 };
  const terms: EvictTerms = { events, pace: 'in steps' };
  yield* list(shared, terms.pace);
  const { entries, bytes } = yield* evict(shared, terms);
  yield* record(shared);
  return { evicted: entries, bytes };
}

/** Notes what a save has changed, and evicts what is over the limits now. @throws what the store throws */
export function* keepWithin(shared: Limited, change: Change, terms: EvictTerms): Steps<void> {
  const { usage } = shared;
  usage.change(change);
  // Where saves wait for promises, one does it for all that save meanwhile.
  if (usage.busy > 0 && terms.pace !== 'at once') return;
  usage.busy++;
  try {
    do {
      yield* evict(shared, terms);
      yield* record(shared, terms.pace);
      // By what the others have recorded meanwhile.
      yield* evict(shared, terms);
    } while (usage.hasUnrecorded);
  } finally {
    usage.busy--;
  }
}

/** Evicts until the limits are kept, or nothing is found that could go. */
function* evict(shared: Limited, terms: EvictTerms): Steps<Evicted> {
  const { usage } = shared;
  const evicted = { entries: 0, bytes: 0 };
  let listings = 0;
  while (usage.isOver) {
    if (usage.isDoubtful && usage.mayList) yield* list(shared, terms.pace);
    if (usage.candidates.isTimeToLook) yield* protect(shared);
    const candidate = usage.claim();
    if (candidate === undefined) {
      if (++listings > 2 || !usage.mayList || !(yield* list(shared, terms.pace))) break;
      continue;
    }
    const bytes = yield* tryEvict(shared, candidate, { ...terms, atAnyRate: listings > 1 });
    if (bytes === undefined) continue;
    listings = 0;
    evicted.entries++;
    evicted.bytes += bytes;
  }
  return evicted;
}

/** The bytes that became free; undefined where it does not go. */
function* tryEvict(shared: Limited, candidate: StoreEntry, terms: TryTerms): Steps<number | undefined> {
  const { usage } = shared;
  try {
    const entry = candidate.id === terms.spare ? undefined : yield* stillOld(shared, candidate, terms);
    return entry && (yield* remove(shared, entry, terms));
  } finally {
    usage.release(candidate);
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
function* stillOld(shared: Limited, { id, lastUsedAt }: StoreEntry, terms: TryTerms): Steps<StoreEntry | undefined> {
  const { usage, store, uses } = shared;
  const entry = yield* step(store.stat(id));
  if (entry === undefined || terms.atAnyRate) return entry;
  const used = Math.max(entry.lastUsedAt, uses.lastUse(id) ?? 0);
  if (!isLater(used, lastUsedAt)) return entry;
  usage.candidates.putBack({ ...entry, lastUsedAt: used });
  return undefined;
}

function* remove(shared: Limited, { id, size }: StoreEntry, { events }: EvictTerms): Steps<number | undefined> {
  const { usage, store } = shared;
  const name = events.wants('evict') ? yield* nameOf(shared, id) : undefined;
  const runs = usage.hasChunks ? yield* runsToRemove({ shared }, id) : [];
  if (!(yield* step(store.delete(id)))) return undefined;
  let bytes = size;
  for (const run of runs) bytes += yield* removeChunks(store, id, run);
  usage.change({ id, entries: -1, bytes: -bytes });
  if (name !== undefined) events.emit({ type: 'evict', id, name });
  return bytes;
}

/** What this process has used and not told yet would go next by what the others know: it is told now. */
function* protect({ usage, store, uses }: Limited): Steps<void> {
  for (const { id, lastUsedAt } of usage.candidates.next()) {
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

function* nameOf({ store }: Shared, id: string): Steps<string> {
  const glimpse = yield* step(store.peek(id));
  return (glimpse && tryHead(glimpse)?.name) ?? '';
}
