/** What is told of calls and entries, written once for both kinds of store. */

import type { StoreEntry } from '../stores/store.ts';
import { combine, NO_COUNTS, plus, type CallCounts } from './counts.ts';
import { Census, type NamedStats } from './census.ts';
import { tryHead } from '../records/try-head.ts';
import { isNoteId } from '../common/ids.ts';
import { readNotes, resetStatistics } from './statistics.ts';
import { sumUp, type FunctionCounts } from './statistics-note.ts';
import type { Backing, CallContext } from '../calls/context.ts';
import { each, step, type Steps } from '../runtime/steps.ts';

/** The entries of a cache and what became of calls, over all processes. */
export interface CacheStats extends CallCounts {
  /** Entries, expired ones too. */
  readonly entries: number;
  /** Bytes of all entries. */
  readonly bytes: number;
  /** When the oldest entry was saved, ms since the epoch; undefined where there is none. */
  readonly oldest: number | undefined;
  /** When the newest entry was saved, ms since the epoch; undefined where there is none. */
  readonly newest: number | undefined;
  /** The same by the names of functions, in their order. Entries that cannot be read have no name and count above alone. */
  readonly functions: readonly NamedStats[];
}

/** What a cache tells that is not to look. */
export const NO_STATS: CacheStats = {
  ...NO_COUNTS,
  entries: 0,
  bytes: 0,
  oldest: undefined,
  newest: undefined,
  functions: [],
};

/** @throws StoreError */
export function* cacheStats(backing: Backing): Steps<CacheStats> {
  const found = new Census();
  yield* each(backing.store.entries(), function* visit(entry: StoreEntry): Steps<void> {
    if (isNoteId(entry.id)) return;
    const glimpse = yield* step(backing.store.peek(entry.id));
    if (glimpse !== undefined) found.add(entry, tryHead(glimpse));
  });
  const calls = yield* allCounts(backing);
  const all = calls.reduce<CallCounts>(plus, NO_COUNTS);
  return { ...found.totals, ...combine((count) => all[count]), functions: found.with(calls) };
}

/** What became of the calls of one function, whichever version of the cache object made them. @throws StoreError */
export function* functionStats({ backing, name, identity }: CallContext): Steps<CallCounts> {
  const own = (yield* allCounts(backing)).find((counts) => counts.name === name && counts.identity === identity);
  return combine((count) => own?.[count] ?? 0);
}

/** Forgets all that was counted. @throws StoreError */
export function* resetStats({ store, statistics, keepsStats }: Backing): Steps<void> {
  if (keepsStats) yield* resetStatistics(store);
  statistics.forget();
}

function* allCounts({ store, statistics, keepsStats }: Backing): Steps<FunctionCounts[]> {
  if (!keepsStats) return statistics.with([]);
  const { base, notes } = yield* readNotes(store);
  return sumUp([...(typeof base === 'object' ? base.functions : []), ...statistics.with(notes)]);
}
