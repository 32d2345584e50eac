import { checkId, isChunkId, isItemId, isNoteId, NOTE_MARK } from '../common/ids.ts';
import { invalidArgument, isUnsafeFolder } from '../common/errors.ts';
import { checkOptions, parseDuration, type Duration } from '../options/parse.ts';
import { resetUsage } from '../limits/sizes.ts';
import { readHead } from '../records/frame.ts';
import type { RecordHead } from '../records/head.ts';
import { carryOutSync } from '../runtime/steps.ts';
import type { StoreEntry } from '../stores/store.ts';
import { readName, type EntryFilter } from './entries.ts';
import { Removal, type Doomed } from './removal.ts';
import { lastUseOf, recordsIn, type Source } from './source.ts';
import { isSoLongAgo } from './verdict.ts';

/** Which entries are to go. */
export interface ClearEntriesFilter extends EntryFilter {
  /** Those that were not used for so long. */
  readonly unusedFor?: Duration;
}

/** Told of work that may take long: how many entries were looked at so far. */
export type OnProgress = (done: number) => void;

interface Wanted {
  readonly name: string | undefined;
  /** Ms; for how long at least they were not used. */
  readonly sinceUsed: number;
}

/** Whether there was an entry. @throws TypeError (`ERR_INVALID_ARG_VALUE`) for what is no id; UnsafeFolderError, StoreError */
export function removeEntry(source: Source, id: string): boolean {
  const entry = isItemId(checkId(id)) ? source.store.stat(id) : undefined;
  if (entry === undefined) return false;
  const removal = new Removal(source);
  const removed = removal.entry({ ...entry, isRun: openedOf(source, id)?.head.kind === 'run' });
  removal.settle();
  return removed;
}

/** How many entries went. @throws TypeError (`ERR_INVALID_ARG_VALUE`), UnsafeFolderError, StoreError */
export function clearEntries(source: Source, filter: ClearEntriesFilter, onProgress: OnProgress): number {
  checkOptions(filter, ['name', 'unusedFor'], 'clear()');
  // What was meant to be a filter and is none must not remove everything.
  const missing = Object.entries(filter).find(([, value]) => value === undefined);
  if (missing !== undefined) throw invalidArgument(`The filter ${missing[0]} of clear() is undefined: leave it out`);
  const name = readName(filter.name, 'clear()');
  const { unusedFor } = filter;
  if (name === undefined && unusedFor === undefined) return clearAll(source, onProgress);
  const sinceUsed = unusedFor === undefined ? 0 : parseDuration(unusedFor, 'The filter unusedFor');
  return clearThose(source, { name, sinceUsed }, onProgress);
}

function clearThose(source: Source, wanted: Wanted, onProgress: OnProgress): number {
  const removal = new Removal(source);
  let done = 0;
  for (const doomed of wanted.name === undefined ? unusedEntries(source, wanted) : namedEntries(source, wanted)) {
    if (doomed !== undefined) removal.entry(doomed);
    onProgress(++done);
  }
  removal.settle();
  return removal.entries;
}

/** For each entry that is looked at, what is to go. */
type Sorted = Generator<Doomed | undefined, void>;

/** Opens all records, which tells their last use as well. */
function* namedEntries(source: Source, { name, sinceUsed }: Wanted): Sorted {
  for (const id of source.view.ids()) {
    if (!isItemId(id)) continue;
    const seen = openedOf(source, id);
    if (seen === undefined || seen.head.name !== name || !isUnused(source, seen, sinceUsed)) yield undefined;
    else yield { id, size: seen.size, isRun: seen.head.kind === 'run' };
  }
}

function isUnused(source: Source, entry: StoreEntry, sinceUsed: number): boolean {
  return isSoLongAgo(lastUseOf(source, entry), source.clock(), sinceUsed);
}

/** Opens only what is to go. */
function* unusedEntries(source: Source, { sinceUsed }: Wanted): Sorted {
  for (const entry of recordsIn(source)) {
    const { id, size } = entry;
    if (!isItemId(id)) continue;
    yield isUnused(source, entry, sinceUsed)
      ? { id, size, isRun: openedOf(source, id)?.head.kind === 'run' }
      : undefined;
  }
}

/** Notes stay: what was counted is no entry. The store then removes what was skipped while names went, and leftovers. */
function clearAll(source: Source, onProgress: OnProgress): number {
  let removed = 0;
  for (const id of source.view.ids()) {
    if (isNoteId(id) || !source.store.delete(id) || isChunkId(id)) continue;
    onProgress(++removed);
  }
  const rest = source.store.clear(NOTE_MARK);
  carryOutSync(resetUsage(source.store));
  return removed + rest;
}

/** A good head, valid until the next look, and what the file tells; nothing for a record that cannot be read. @throws UnsafeFolderError */
export function openedOf({ view }: Source, id: string): (StoreEntry & { readonly head: RecordHead }) | undefined {
  try {
    const glimpse = view.glimpse(id);
    return glimpse && { ...glimpse, head: readHead(glimpse.head, id) };
  } catch (error) {
    if (isUnsafeFolder(error)) throw error;
    return undefined;
  }
}
