/** How records are brought under their limits, of a cache or of a folder, written once for both kinds of store. */

import type { Events } from '../common/events.ts';
import type { StoreEntry } from '../stores/store.ts';
import { tryHead } from '../records/frame.ts';
import type { Change } from './listing.ts';
import { removeItem, runsToRemove } from '../runs/items.ts';
import { step, type Steps } from '../runtime/steps.ts';
import { tryAddAndRead, list, type Pace, record } from './account.ts';
import { isLimited, type Limited as LimitedContext, type PartOfStore, type UsageContext } from './sizes.ts';

/** Records that may have limits. */
export interface MaybeLimited extends UsageContext {
  readonly store: PartOfStore<'kind' | 'get' | 'peek' | 'stat' | 'touch' | 'delete' | 'entries' | 'counters' | 'lease'>;
  /** The last uses that this thread has not written yet, in ms since the epoch. */
  readonly uses: { lastUse(id: string): number | undefined };
}

/** Records that have limits. */
type Limited = LimitedContext<MaybeLimited>;

/** How the limits are held. */
export interface EvictTerms {
  /** Default: none. */
  readonly events?: Pick<Events, 'wants' | 'emit'> | undefined;
  readonly pace: Pace;
  /** The id of the entry that was just saved, which stays. */
  readonly spare?: string;
}

/** What had to go. */
export interface Evicted {
  /** Entries. */
  readonly evicted: number;
  /** With the chunks of generators' runs. */
  readonly bytes: number;
}

/**
 * Brings records under their limits, after a listing that makes the count exact; nothing where there are no limits. For
 * `prune`, and for what has removed entries without counting them.
 *
 * @throws what the store throws
 */
export function* evictOver(records: MaybeLimited, { events }: Pick<EvictTerms, 'events'>): Steps<Evicted> {
  if (!isLimited(records)) return { evicted: 0, bytes: 0 };
  const terms: EvictTerms = { events, pace: 'in steps' };
  yield* list(records, terms.pace);
  const evicted = yield* evict(records, terms);
  yield* tryAddAndRead(records);
  return evicted;
}

/** Counts what a save has changed, and evicts what is over the limits now. @throws what the store throws */
export function* keepWithin(records: Limited, change: Change, terms: EvictTerms): Steps<void> {
  const { usage } = records;
  usage.change(change);
  // Where saves wait for promises, one does it for all that save meanwhile.
  if (usage.busy > 0 && terms.pace !== 'at once') return;
  usage.busy++;
  try {
    do {
      yield* evict(records, terms);
      yield* record(records, terms.pace);
      // By what the others have recorded meanwhile.
      yield* evict(records, terms);
    } while (usage.hasUnrecorded);
  } finally {
    usage.busy--;
  }
}

/** Evicts until the limits are kept, or nothing is found that could go. */
function* evict(records: Limited, terms: EvictTerms): Steps<Evicted> {
  const { usage } = records;
  const gone = { evicted: 0, bytes: 0 };
  let listings = 0;
  while (usage.isOver) {
    if (usage.isDoubtful && usage.mayList) yield* list(records, terms.pace);
    if (usage.candidates.isTimeToLook) yield* protect(records);
    const candidate = usage.claim();
    if (candidate === undefined) {
      if (++listings > 2 || !usage.mayList || !(yield* list(records, terms.pace))) break;
      continue;
    }
    const bytes = yield* tryEvict(records, candidate, { ...terms, atAnyRate: listings > 1 });
    if (bytes === undefined) continue;
    listings = 0;
    gone.evicted++;
    gone.bytes += bytes;
  }
  return gone;
}

/** The bytes that became free; undefined where it does not go. */
function* tryEvict(records: Limited, candidate: StoreEntry, terms: TryTerms): Steps<number | undefined> {
  const { usage } = records;
  try {
    const entry = candidate.id === terms.spare ? undefined : yield* stillOld(records, candidate, terms);
    return entry && (yield* remove(records, entry, terms));
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
function* stillOld(records: Limited, { id, lastUsedAt }: StoreEntry, terms: TryTerms): Steps<StoreEntry | undefined> {
  const { usage, store, uses } = records;
  const entry = yield* step(store.stat(id));
  if (entry === undefined || terms.atAnyRate) return entry;
  const used = Math.max(entry.lastUsedAt, uses.lastUse(id) ?? 0);
  if (!isLater(used, lastUsedAt)) return entry;
  usage.candidates.putBack({ ...entry, lastUsedAt: used });
  return undefined;
}

function* remove(records: Limited, { id, size }: StoreEntry, { events }: EvictTerms): Steps<number | undefined> {
  const { usage, store } = records;
  const name = events?.wants('evict') === true ? yield* nameOf(records, id) : undefined;
  const runs = usage.hasChunks ? yield* runsToRemove(store, id) : [];
  const bytes = yield* removeItem(store, { id, size }, runs);
  if (bytes === undefined) return undefined;
  usage.change({ id, entries: -1, bytes: -bytes });
  if (name !== undefined) events?.emit({ type: 'evict', id, name });
  return bytes;
}

/** What this thread has used and not written yet would go next by what other processes know: it is written now. */
function* protect({ usage, store, uses }: Limited): Steps<void> {
  for (const { id, lastUsedAt } of usage.candidates.next()) {
    const used = uses.lastUse(id);
    if (used === undefined || !isLater(used, lastUsedAt)) continue;
    const entry = yield* step(store.stat(id));
    if (entry !== undefined && entry.lastUsedAt < used) yield* step<void>(store.touch(id, used));
  }
}

/** By whole milliseconds: a store may round the time that it is given. */
function isLater(used: number, than: number): boolean {
  return used > Math.ceil(than);
}

function* nameOf({ store }: Limited, id: string): Steps<string> {
  const peeked = yield* step(store.peek(id));
  return (peeked && tryHead(peeked)?.name) ?? '';
}
