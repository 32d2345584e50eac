import type { Backing } from '../calls/context.ts';
import { invalidArgument } from '../common/errors.ts';
import { CHUNK_PREFIX, isChunkId, isItemId, isNoteId, NOTE_PREFIX } from '../common/ids.ts';
import { resetUsage } from '../limits/sizes.ts';
import { type Duration, parseDuration } from '../options/parse.ts';
import { checkOptions } from '../options/rows.ts';
import { nameInRecord, tryHead } from '../records/frame.ts';
import type { RecordHead } from '../records/head.ts';
import { each, step, type Steps } from '../runtime/steps.ts';
import type { Store, StoreEntry } from '../stores/store.ts';
import { isSoLongAgo } from './policy.ts';
import { type AgeSettings, type Maintained, type MaintainedCache, peekAt, recordsOf, Remover } from './records.ts';
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

/** Called after each entry with the number of those that were looked at so far. */
export type OnProgress = (done: number) => void;

const FILTERS = ['name', 'unusedFor'] as const;

/**
 * Removes all entries of a cache, or those of a filter; how many.
 *
 * @throws TypeError (`ERR_INVALID_ARG_VALUE`) for a filter that it does not know: nothing is removed then.
 * @throws StoreError
 */
export function* clear(cache: MaintainedCache, settings: AgeSettings, filter: ClearFilter): Steps<number> {
  return yield* clearRecords(recordsOf(cache, settings), filter);
}

/** A function whose entries are removed. */
export interface ClearedFunction {
  readonly backing: MaintainedCache;
  /** The first 16 hex characters of the digest of its identity. */
  readonly identity: string;
  readonly settings: AgeSettings;
}

/** Removes the entries of a function; how many. @throws StoreError */
export function* clearFunction({ backing, identity, settings }: ClearedFunction): Steps<number> {
  return yield* clearThose(recordsOf(backing, settings), { isOne: (head) => head?.identity === identity });
}

/** As {@link clear} for any records. */
export function* clearRecords(records: Maintained, filter: ClearFilter, onProgress?: OnProgress): Steps<number> {
  const { name, unusedFor } = readFilter(filter);
  if (name === undefined && unusedFor === undefined) return yield* clearAll(records, onProgress);
  const isOne = name === undefined ? undefined : (head: RecordHead | undefined): boolean => head?.name === name;
  return yield* clearThose(records, { unusedFor, isOne, onProgress });
}

function readFilter(filter: ClearFilter): { name: string | undefined; unusedFor: number | undefined } {
  checkOptions(filter, FILTERS, 'clear()');
  // What was meant to be a filter and is not must not remove everything.
  const missing = FILTERS.find((key) => key in filter && filter[key] === undefined);
  if (missing !== undefined)
    throw invalidArgument(`The filter ${missing} of clear() is undefined: leave it out, or say which`);
  const { name, unusedFor } = filter;
  return {
    name: readName(name, 'clear()'),
    unusedFor: unusedFor === undefined ? undefined : parseDuration(unusedFor, 'The filter unusedFor of clear()'),
  };
}

/** A name as records hold it. @throws TypeError (`ERR_INVALID_ARG_VALUE`) for a filter that is no text */
export function readName(name: unknown, owner: string): string | undefined {
  if (name === undefined) return undefined;
  if (typeof name === 'string') return nameInRecord(name);
  throw invalidArgument(`The filter name of ${owner} must be a text`);
}

/** Entries are counted, not the chunks that some have. Notes stay: counts of calls are no entries. */
function* clearAll({ store }: Maintained, onProgress: OnProgress | undefined): Steps<number> {
  let removed = 0;
  let chunks = 0;
  // The store does all of it at once, but does not say how far it is.
  if (onProgress !== undefined)
    yield* each(store.entries(), function* visit({ id }: StoreEntry): Steps<void> {
      if (!isNoteId(id) && (yield* step(store.delete(id))) && isItemId(id)) onProgress(++removed);
    });
  yield* each(store.entries(CHUNK_PREFIX), () => void chunks++);
  const cleared = yield* step<number>(store.clear(NOTE_PREFIX));
  yield* resetUsage(store);
  return removed + Math.max(0, cleared - chunks);
}

interface Wanted {
  /** Ms. Default: any last use. */
  readonly unusedFor?: number | undefined;
  /** By its head, which is undefined for one that cannot be read. Default: any. */
  readonly isOne?: ((head: RecordHead | undefined) => boolean) | undefined;
  readonly onProgress?: OnProgress | undefined;
}

/** Chunks go with their runs, and by themselves where a name or a function goes. */
function* clearThose(records: Maintained, { unusedFor, isOne = () => true, onProgress }: Wanted): Steps<number> {
  const remover = new Remover(records);
  const now = records.clock();
  const suits = (entry: StoreEntry): boolean =>
    unusedFor === undefined || (isItemId(entry.id) && isSoLongAgo(lastUseOf(records, entry), unusedFor, now));
  let removed = 0;
  let done = 0;
  const clearOne = function* clearOne(entry: StoreEntry): Steps<void> {
    const peek = suits(entry) ? yield* peekAt(records, entry.id) : 'absent';
    // It may have been used since it was listed.
    if (peek === 'absent' || (typeof peek === 'object' && !suits(peek))) return;
    const head = peek === 'unreadable' ? undefined : tryHead(peek);
    if (!isOne(head)) return;
    if (isChunkId(entry.id)) yield* remover.record(entry);
    else if ((yield* remover.entry(entry, head?.kind === 'run')) !== undefined) removed++;
  };
  yield* each(records.store.entries(), function* visit(entry: StoreEntry): Steps<void> {
    if (isNoteId(entry.id)) return;
    yield* clearOne(entry);
    if (isItemId(entry.id)) onProgress?.(++done);
  });
  remover.end();
  return removed;
}

/** Removes one entry as it is now, with its chunks; whether there was one. @throws StoreError */
export function* removeEntry(records: Maintained, id: string): Steps<boolean> {
  const remover = new Remover(records);
  const entry = yield* step<StoreEntry | undefined>(records.store.stat(id));
  const freed = entry && (yield* remover.entry(entry, true));
  remover.end();
  return freed !== undefined;
}

/** What `destroy` takes of a cache. */
export interface DestroyedCache {
  readonly store: Store;
  readonly statistics: { reset(): void };
}

/** Removes the store's folder, table or prefix. @throws StoreError */
export function* destroy({ store, statistics }: DestroyedCache): Steps<void> {
  yield* step<void>(store.destroy());
  statistics.reset();
}

/** Writes the last uses and the counts of this thread, removes some of what is old, and releases the store. May be done twice. @throws what the store throws */
export function* close({ store, uses, statistics, ending }: Backing): Steps<void> {
  yield* uses.flush(store);
  yield* statistics.release(store);
  ending();
  yield* step<void>(store.close());
}
