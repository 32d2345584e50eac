import { isChunkId, isNoteId } from '../common/ids.ts';
import { tryHead } from '../records/frame.ts';
import type { RecordHead } from '../records/head.ts';
import { each, step, type Steps } from '../runtime/steps.ts';
import { NO_COUNTS, plus, type CallCounts } from '../stats/counters.ts';
import type { StoreEntry } from '../stores/store.ts';
import { DAY } from './policy.ts';
import { type Maintained, peekAt } from './records.ts';
import { Versions } from './versions.ts';
import { lastUseOf } from '../usage/last-use.ts';

/** A cache in all. */
export interface CacheSummary extends CallCounts {
  readonly entries: number;
  /** Bytes of all records; what the cache keeps for itself is left out. */
  readonly bytes: number;
  /** Ms since the epoch; undefined where there are no entries. Coarse. */
  readonly lastUsedAt: number | undefined;
}

/** All entries of the functions of one name. */
export interface FunctionSummary extends CacheSummary {
  /** An empty text for items that no function made, and for records whose heads cannot be read. */
  readonly name: string;
  /** Entries of code that the function does not have any more, and that were not used for a day: `prune` can remove them. */
  readonly superseded: number;
}

/** What was counted of the calls of functions, for each by its name. */
export type NamedCounts = Iterable<CallCounts & { readonly name: string }>;

interface Size {
  entries: number;
  bytes: number;
  lastUsedAt: number | undefined;
}

const EMPTY: Size = { entries: 0, bytes: 0, lastUsedAt: undefined };

/** Reads no record. @throws UnsafeFolderError, StoreError */
export function* summarize(records: Maintained, counts: NamedCounts): Steps<CacheSummary> {
  const size = { ...EMPTY };
  yield* each(records.store.entries(), (entry) => add(size, entry, records));
  return { ...size, ...[...counts].reduce<CallCounts>(plus, NO_COUNTS) };
}

/** Reads the heads of the records of these ids. @throws UnsafeFolderError, StoreError */
export function* summarizeFunctions(
  records: Maintained,
  ids: Iterable<string>,
  counts: NamedCounts,
): Steps<FunctionSummary[]> {
  const calls = new Map<string, CallCounts>();
  for (const { name, ...own } of counts) calls.set(name, plus(calls.get(name) ?? NO_COUNTS, own));
  const sizes = new Map<string, Size>();
  const versions = new Versions(records.clock(), { unusedFor: DAY });
  for (const id of ids) {
    const found = isNoteId(id) ? undefined : yield* entryAt(records, id);
    if (found === undefined) continue;
    const size = sizes.get(found.name) ?? { ...EMPTY };
    add(size, found.entry, records);
    sizes.set(found.name, size);
    versions.add(found.head, lastUseOf(records, found.entry));
  }
  const superseded = versions.countByName();
  return [...new Set([...calls.keys(), ...sizes.keys()])].map((name) => ({
    name,
    superseded: superseded.get(name) ?? 0,
    ...(sizes.get(name) ?? EMPTY),
    ...(calls.get(name) ?? NO_COUNTS),
  }));
}

interface Found {
  readonly entry: StoreEntry;
  readonly head: RecordHead | undefined;
  readonly name: string;
}

/** An entry or chunk with the name of its function. One that cannot be read counts with what the store says of it. */
function* entryAt(records: Maintained, id: string): Steps<Found | undefined> {
  const peek = yield* peekAt(records, id);
  if (typeof peek === 'object') {
    const head = tryHead(peek);
    return { entry: peek, head, name: head?.name ?? '' };
  }
  const entry = peek === 'absent' ? undefined : yield* step<StoreEntry | undefined>(records.store.stat(id));
  return entry && { entry, head: undefined, name: '' };
}

/** Chunks of runs count with their bytes alone. */
function add(size: Size, entry: StoreEntry, records: Maintained): void {
  if (isNoteId(entry.id)) return;
  size.bytes += entry.size;
  if (isChunkId(entry.id)) return;
  const lastUsedAt = lastUseOf(records, entry);
  size.entries++;
  size.lastUsedAt = Math.max(size.lastUsedAt ?? lastUsedAt, lastUsedAt);
}
