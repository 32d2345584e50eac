/** How entries are removed that may still be good, written once for both kinds of store. */

import { invalidArgument } from '../common/errors.ts';
import { checkOptions, parseDuration, type Duration } from '../options/parse.ts';
import { nameInRecord } from '../records/frame.ts';
import type { RecordHead } from '../records/head.ts';
import type { Store, StoreEntry } from '../stores/store.ts';
import { recordRemoved } from '../limits/account.ts';
import { isLimited, resetUsage } from '../limits/sizes.ts';
import { tryHead } from '../records/try-head.ts';
import { CHUNK_MARK, isChunkId, isNoteId, NOTE_MARK } from '../common/ids.ts';
import { take } from '../calls/put.ts';
import { runsToRemove } from '../runs/items.ts';
import type { Settings } from '../calls/settings.ts';
import type { Shared, Site } from '../calls/context.ts';
import { each, step, type Steps } from '../runtime/steps.ts';
import { lastUseOf } from '../usage/last-use.ts';

/** Which entries `clear` removes: those that are all that is said. Nothing said: all. */
export interface ClearFilter {
  /** Those of the functions of this name; an empty text for items that no function made. */
  readonly name?: string;
  /**
   * Those that were not used, nor saved, for so long. Last uses by other processes are known to a minute; where one uses over
   * 1,000 entries in a minute, in a cache without limits, to an hour.
   */
  readonly unusedFor?: Duration;
}

const FILTERS = ['name', 'unusedFor'] as const;

/**
 * Removes all entries, or those of a filter; how many.
 *
 * @throws TypeError (`ERR_INVALID_ARG_VALUE`) for a filter that it does not know: nothing is removed then.
 * @throws StoreError
 */
export function* clear(shared: Shared, settings: Settings, filter: ClearFilter): Steps<number> {
  const { name, unusedFor } = readFilter(filter);
  if (name === undefined && unusedFor === undefined) return yield* clearAll(shared.store);
  const now = settings.clock();
  return yield* clearThose(shared, {
    suits: (entry) => unusedFor === undefined || isUnused(shared, entry, now - unusedFor),
    isOne: name === undefined ? undefined : (head) => head.name === name,
  });
}

/** Chunks go with their runs. A last use in the future is that of a clock which is a little ahead: it is now. */
function isUnused(shared: Shared, entry: StoreEntry, limit: number): boolean {
  return !isChunkId(entry.id) && Math.min(Math.floor(lastUseOf(shared, entry)), shared.base.clock()) <= limit;
}

/** Removes the entries of a function, told by its identity; how many. @throws StoreError */
export function* clearFunction({ shared, identity }: Site): Steps<number> {
  return yield* clearThose(shared, { suits: () => true, isOne: (head) => head.identity === identity });
}

function readFilter(filter: ClearFilter): { name: string | undefined; unusedFor: number | undefined } {
  checkOptions(filter, FILTERS, 'clear()');
  // What was meant to be a filter and is not must not remove everything.
  const missing = FILTERS.find((key) => key in filter && filter[key] === undefined);
  if (missing !== undefined)
    throw invalidArgument(`The filter ${missing} of clear() is undefined: leave it out, or say which`);
  const { name, unusedFor } = filter;
  if (name !== undefined && typeof name !== 'string')
    throw invalidArgument('The filter name of clear() must be a text');
  return {
    name: name === undefined ? undefined : nameInRecord(name),
    unusedFor: unusedFor === undefined ? undefined : parseDuration(unusedFor, 'The filter unusedFor of clear()'),
  };
}

/** Items are counted, not the chunks that some have. */
function* clearAll(store: Store): Steps<number> {
  let chunks = 0;
  yield* each(store.entries(CHUNK_MARK), () => void chunks++);
  const removed = yield* step<number>(store.clear(NOTE_MARK));
  yield* resetUsage(store);
  return Math.max(0, removed - chunks);
}

interface Wanted {
  /** What is told from a listing alone. */
  readonly suits: (entry: StoreEntry) => boolean;
  /** By its head; undefined for any, also one that cannot be read. */
  readonly isOne: ((head: RecordHead) => boolean) | undefined;
}

function* clearThose(shared: Shared, { suits, isOne }: Wanted): Steps<number> {
  const { store } = shared;
  let removed = 0;
  yield* each(store.entries(), function* visit(entry: StoreEntry): Steps<void> {
    if (isNoteId(entry.id) || !suits(entry)) return;
    const glimpse = yield* step(store.peek(entry.id));
    const head = glimpse && tryHead(glimpse);
    if (isOne !== undefined && (head === undefined || !isOne(head))) return;
    if (isChunkId(entry.id)) yield* clearChunk(shared, entry);
    else if (yield* clearItem(shared, entry.id, head?.kind === 'run')) removed++;
  });
  return removed;
}

function* clearItem(shared: Shared, id: string, isRun: boolean): Steps<boolean> {
  return yield* take(shared, id, isRun ? yield* runsToRemove({ shared }, id) : []);
}

function* clearChunk(shared: Shared, { id, size }: StoreEntry): Steps<void> {
  const removed = yield* step(shared.store.delete(id));
  if (removed && isLimited(shared)) yield* recordRemoved(shared, { id, entries: 0, bytes: size });
}

/** Removes the store's folder, table or prefix. @throws StoreError */
export function* destroy({ store, statistics }: Shared): Steps<void> {
  yield* step<void>(store.destroy());
  statistics.reset();
}
