/** The entries of a cache and what became of its calls, written once for both kinds of store. */

import { isItemId, isNoteId } from '../common/ids.ts';
import { parseChoice } from '../options/parse.ts';
import { checkOptions } from '../options/rows.ts';
import { tryHead } from '../records/frame.ts';
import { each, step, type Steps } from '../runtime/steps.ts';
import type { Store, StoreEntry } from '../stores/store.ts';
import { combine, NO_COUNTS, plus, type CallCounts } from './counters.ts';
import { CALLS, readCalls, sumUp, type FunctionCounts } from './stored.ts';
import type { ThreadStats } from './thread-stats.ts';

/** The entries and calls of all functions of one name. */
export interface NamedStats extends CallCounts {
  /** An empty text for items that no function made. */
  readonly name: string;
  readonly entries: number;
  /** Bytes of these entries. */
  readonly bytes: number;
}

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

/** The statistics of a cache whose store is not to be looked at. */
export const NO_STATS: CacheStats = {
  ...NO_COUNTS,
  entries: 0,
  bytes: 0,
  oldest: undefined,
  newest: undefined,
  functions: [],
};

/** What statistics need to know of a cache. */
export interface StatsContext {
  readonly store: Store;
  /** What is counted here: of all caches over these records that keep it in the store, or of this cache alone. */
  readonly statistics: ThreadStats;
  /** Whether counts of calls are kept in the store. */
  readonly keepsStats: boolean;
}

/** What of the counts is wanted. */
export interface StatsOptions {
  /** `'process'`: what this thread of this process has counted, from its start or the last reset. Default: all processes. */
  readonly since?: 'process';
}

/** Whether the counts of this thread alone are wanted. @throws TypeError (`ERR_INVALID_ARG_VALUE`) */
function isOfThisThread(options: StatsOptions): boolean {
  checkOptions(options, ['since'], 'stats()');
  return (
    options.since !== undefined && parseChoice(options.since, ['process'], 'The option since of stats()') === 'process'
  );
}

/** @throws StoreError, TypeError */
export function* cacheStats(context: StatsContext, options: StatsOptions = {}): Steps<CacheStats> {
  const calls = yield* callsIn(context, options);
  const found = new EntryTotals();
  yield* each(context.store.entries(), function* visit(entry: StoreEntry): Steps<void> {
    if (isNoteId(entry.id)) return;
    const peeked = yield* step(context.store.peek(entry.id));
    if (peeked !== undefined) found.add(entry, tryHead(peeked));
  });
  const all = calls.reduce<CallCounts>(plus, NO_COUNTS);
  const { entries, bytes, oldest, newest } = found;
  return { entries, bytes, oldest, newest, ...combine((count) => all[count]), functions: found.with(calls) };
}

/** What became of the calls of one function, whichever version of the cache object made them. @throws StoreError */
export function* functionStats(
  context: StatsContext,
  {
    name,
    identity,
    options = {},
  }: { readonly name: string; readonly identity: string; readonly options?: StatsOptions },
): Steps<CallCounts> {
  const own = (yield* callsIn(context, options)).find((counts) => counts.name === name && counts.identity === identity);
  return combine((count) => own?.[count] ?? 0);
}

/** Resets all that was counted, but for what other threads have not written yet. @throws StoreError */
export function* resetStats({ store, statistics, keepsStats }: StatsContext): Steps<void> {
  if (keepsStats) {
    yield* statistics.flush(store);
    yield* step<void>(store.counters.reset(CALLS));
  }
  statistics.reset();
}

function* callsIn({ store, statistics, keepsStats }: StatsContext, options: StatsOptions): Steps<FunctionCounts[]> {
  if (isOfThisThread(options)) return sumUp(statistics.sinceStart());
  if (!keepsStats) return sumUp(statistics.unwritten());
  yield* statistics.flush(store);
  const written = yield* readCalls(store);
  return sumUp([...written, ...statistics.unwritten()]);
}

/** Counts entries, in all and by the names of functions. The parts of generators' runs are bytes, and no entries. */
class EntryTotals {
  entries = 0;
  bytes = 0;
  oldest: number | undefined;
  newest: number | undefined;
  readonly #byName = new Map<string, { entries: number; bytes: number }>();

  /** `head` is undefined for a record that cannot be read: it has no name. */
  add({ id, size }: StoreEntry, head: ReturnType<typeof tryHead>): void {
    const entries = isItemId(id) ? 1 : 0;
    this.entries += entries;
    this.bytes += size;
    if (head === undefined) return;
    const { name, createdAt } = head;
    if (entries === 1) {
      this.oldest = Math.min(this.oldest ?? createdAt, createdAt);
      this.newest = Math.max(this.newest ?? createdAt, createdAt);
    }
    const named = this.#byName.get(name) ?? { entries: 0, bytes: 0 };
    named.entries += entries;
    named.bytes += size;
    this.#byName.set(name, named);
  }

  /** The entries of each name beside the calls of it, ordered by name. */
  with(calls: readonly FunctionCounts[]): NamedStats[] {
    const names = new Set([...this.#byName.keys(), ...calls.map(({ name }) => name)]);
    const all = [...names].map((name) => ({
      name,
      ...(this.#byName.get(name) ?? { entries: 0, bytes: 0 }),
      ...calls.filter((counts) => counts.name === name).reduce<CallCounts>(plus, NO_COUNTS),
    }));
    return all.sort((one, other) => (one.name < other.name ? -1 : 1));
  }
}
