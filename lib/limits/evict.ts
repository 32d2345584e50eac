/** How records are brought under their limits, of a cache or of a folder, written once for both kinds of store. */

import type { Events } from '../common/events.ts';
import type { StoreEntry } from '../stores/store.ts';
import { tryHead } from '../records/try-head.ts';
import type { Change } from './listing.ts';
import { removeItem, runsToRemove } from '../runs/items.ts';
import { step, type Steps } from '../runtime/steps.ts';
import { isLimited, list, tell, type Limited, type Pace } from './account.ts';

/** How the limits are held. */
export interface EvictTerms {
  /** Default: none. */
  readonly events?: Pick<Events, 'wants' | 'emit'> | undefined;
  readonly pace: Pace;
  /** The id of an entry that stays whatever happens: the one that was just saved. */
  readonly spare?: string;
}

/** What had to go. */
export interface Evicted {
  /** Entries. */
  readonly evicted: number;
  /** With the chunks of generators' runs. */
  readonly bytes: number;
}

/** Records that may have limits. */
export interface MaybeLimited extends Omit<Limited, 'ledger'> {
  readonly ledger: Limited['ledger'] | undefined;
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
  yield* tell(records);
  return evicted;
}

/** Counts what a save has changed, and evicts what is over the limits now. @throws what the store throws */
export function* keepWithin(records: Limited, change: Change, terms: EvictTerms): Steps<void> {
  const { ledger } = records;
  ledger.change(change);
  // Where saves wait for promises, one does it for all that save meanwhile.
  if (ledger.busy > 0 && terms.pace !== 'at once') return;
  ledger.busy++;
  try {
    do {
      yield* evict(records, terms);
      yield* tell(records, terms.pace);
      // By what the others have told meanwhile.
      yield* evict(records, terms);
    } while (ledger.hasUntold);
  } finally {
    ledger.busy--;
  }
}

/** Evicts until the limits are kept, or nothing is found that could go. */
function* evict(records: Limited, terms: EvictTerms): Steps<Evicted> {
  const { ledger } = records;
  const gone = { evicted: 0, bytes: 0 };
  let listings = 0;
  while (ledger.isOver) {
    if (ledger.isDoubtful && ledger.mayList) yield* list(records, terms.pace);
    if (ledger.candidates.isTimeToLook) yield* protect(records);
    const candidate = ledger.claim();
    if (candidate === undefined) {
      if (++listings > 2 || !ledger.mayList || !(yield* list(records, terms.pace))) break;
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
  const { ledger } = records;
  try {
    const entry = candidate.id === terms.spare ? undefined : yield* stillOld(records, candidate, terms);
    return entry && (yield* remove(records, entry, terms));
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
function* stillOld(records: Limited, { id, lastUsedAt }: StoreEntry, terms: TryTerms): Steps<StoreEntry | undefined> {
  const { ledger, store, uses } = records;
  const entry = yield* step(store.stat(id));
  if (entry === undefined || terms.atAnyRate) return entry;
  const used = Math.max(entry.lastUsedAt, uses.lastUse(id) ?? 0);
  if (!isLater(used, lastUsedAt)) return entry;
  ledger.candidates.putBack({ ...entry, lastUsedAt: used });
  return undefined;
}

function* remove(records: Limited, { id, size }: StoreEntry, { events }: EvictTerms): Steps<number | undefined> {
  const { ledger, store } = records;
  const name = events?.wants('evict') === true ? yield* nameOf(records, id) : undefined;
  const runs = ledger.hasChunks ? yield* runsToRemove(store, id) : [];
  const bytes = yield* removeItem(store, { id, size }, runs);
  if (bytes === undefined) return undefined;
  ledger.change({ id, entries: -1, bytes: -bytes });
  if (name !== undefined) events?.emit({ type: 'evict', id, name });
  return bytes;
}

/** What this thread has used and not written yet would go next by what other processes know: it is written now. */
function* protect({ ledger, store, uses }: Limited): Steps<void> {
  for (const { id, lastUsedAt } of ledger.candidates.next()) {
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
  const glimpse = yield* step(store.peek(id));
  return (glimpse && tryHead(glimpse)?.name) ?? '';
}
