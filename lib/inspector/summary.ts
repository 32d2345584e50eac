import { NO_COUNTS, plus, type CallCounts } from '../stats/counters.ts';
import { isChunkId, isNoteId } from '../common/ids.ts';
import { readCalls } from '../stats/stored.ts';
import { carryOutSync } from '../runtime/steps.ts';
import { isUnsafeFolder } from '../common/errors.ts';
import { readHead } from '../records/frame.ts';
import type { StoreGlimpse } from '../stores/store.ts';
import { recordsIn, type Source } from './source.ts';

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
}

interface Sum {
  entries: number;
  bytes: number;
  lastUsedAt: number | undefined;
}

/** Reads no record but those of the counts. @throws UnsafeFolderError, StoreError */
export function summarize(source: Source): CacheSummary {
  const sum = newSum();
  for (const entry of recordsIn(source)) addTo(sum, entry);
  let calls = NO_COUNTS;
  for (const counts of callsByName(source).values()) calls = plus(calls, counts);
  return { ...sum, ...calls };
}

/** Reads the heads of all records. @throws UnsafeFolderError, StoreError */
export function summarizeFunctions(source: Source): FunctionSummary[] {
  const sums = new Map<string, Sum>();
  const calls = callsByName(source);
  for (const name of calls.keys()) sums.set(name, newSum());
  for (const id of source.view.ids()) {
    const glimpse = isNoteId(id) ? undefined : tryPeek(source, id);
    if (glimpse === undefined) continue;
    const name = nameOf(glimpse);
    const sum = sums.get(name) ?? newSum();
    addTo(sum, glimpse);
    sums.set(name, sum);
  }
  return [...sums].map(([name, sum]) => ({ name, ...sum, ...(calls.get(name) ?? NO_COUNTS) }));
}

/** What all processes have counted and written down, by the names of functions. @throws UnsafeFolderError, StoreError */
function callsByName({ store }: Source): Map<string, CallCounts> {
  const calls = new Map<string, CallCounts>();
  for (const { name, identity: _, ...counts } of carryOutSync(readCalls(store))) {
    calls.set(name, plus(calls.get(name) ?? NO_COUNTS, counts));
  }
  return calls;
}

function newSum(): Sum {
  return { entries: 0, bytes: 0, lastUsedAt: undefined };
}

/** Parts of runs count with their bytes alone. */
function addTo(sum: Sum, { id, size, lastUsedAt }: Pick<StoreGlimpse, 'id' | 'size' | 'lastUsedAt'>): void {
  if (isNoteId(id)) return;
  sum.bytes += size;
  if (isChunkId(id)) return;
  sum.entries++;
  sum.lastUsedAt = Math.max(sum.lastUsedAt ?? lastUsedAt, lastUsedAt);
}

function nameOf({ head, id }: StoreGlimpse): string {
  try {
    return readHead(head, id).name;
  } catch {
    return '';
  }
}

/** A record that cannot be read counts with what its file tells. @throws UnsafeFolderError, StoreError */
function tryPeek({ store, view }: Source, id: string): StoreGlimpse | undefined {
  try {
    return view.glimpse(id);
  } catch (error) {
    if (isUnsafeFolder(error)) throw error;
    const entry = store.stat(id);
    return entry && { ...entry, head: new Uint8Array(0) };
  }
}
