/** What is done to all the items of a store, written once for both kinds of store. */

import { invalidArgument, isUnsafeFolder } from '../errors.ts';
import { checkOptions } from '../options.ts';
import { decodeRecord } from '../records/frame.ts';
import { isOutdated } from '../records/freshness.ts';
import type { Parts, Store, StoreEntry } from '../stores/store.ts';
import { ChunkJudge } from './chunk-upkeep.ts';
import { isChunkId, isNoteId, NOTE_MARK } from './ids.ts';
import { tryHead } from './item-steps.ts';
import type { Settings } from './settings.ts';
import type { Shared } from './site.ts';
import { each, step, type Steps } from './steps.ts';

/** Which entries `clear` removes. */
export interface ClearFilter {
  /** Those of the function of this name. */
  readonly name?: string;
}

/** What `prune` removed. */
export interface PruneResult {
  /** Entries past their age. */
  readonly expired: number;
  /** Entries that could not be read. */
  readonly corrupt: number;
  /** Entries over a limit. */
  readonly evicted: number;
  /** Files and the like that dead processes have left, and parts of generators' runs that never came to their end. */
  readonly leftovers: number;
  /** Bytes of all these. */
  readonly bytes: number;
}

/**
 * Removes all entries, or those of one function; how many.
 *
 * @throws TypeError (`ERR_INVALID_ARG_VALUE`) for a filter that it does not know: nothing is removed then.
 * @throws StoreError
 */
export function* clear({ store }: Shared, filter: ClearFilter): Steps<number> {
  checkOptions(filter, ['name'], 'clear()');
  const { name } = filter;
  if ('name' in filter && typeof name !== 'string') throw invalidArgument('The filter name of clear() must be a text');
  if (name === undefined) return yield* clearAll(store);
  let removed = 0;
  yield* each(store.entries(), function* visit({ id }: StoreEntry): Steps<void> {
    if (isNoteId(id)) return;
    const glimpse = yield* step(store.peek(id));
    if (glimpse === undefined || tryHead(glimpse)?.name !== name) return;
    if ((yield* step(store.delete(id))) && !isChunkId(id)) removed++;
  });
  return removed;
}

/** Items are counted, not the chunks that some have. */
function* clearAll(store: Store): Steps<number> {
  let chunks = 0;
  // oxlint-disable-next-line require-yield
  yield* each(store.entries(), function* visit({ id }: StoreEntry): Steps<void> {
    if (isChunkId(id)) chunks++;
  });
  return Math.max(0, (yield* step<number>(store.clear(NOTE_MARK))) - chunks);
}

/** Removes what nobody can use any more. @throws StoreError */
export function* prune({ store }: Shared, settings: Settings): Steps<PruneResult> {
  const found = { expired: 0, corrupt: 0, evicted: 0, leftovers: 0, bytes: 0 };
  const chunks = new ChunkJudge(store, settings);
  yield* each(store.entries(), function* visit({ id, size }: StoreEntry): Steps<void> {
    if (isNoteId(id)) return;
    const isChunk = isChunkId(id);
    const verdict = isChunk ? yield* chunks.judge(id) : inspect(yield* tryGet(store, id), { id, settings, chunks });
    if (verdict === 'good' || !(yield* step(store.delete(id)))) return;
    // A chunk that goes with its item is nothing of its own.
    if (!isChunk || verdict === 'leftovers') found[verdict]++;
    found.bytes += size;
  });
  const { leftovers, bytes } = yield* step(store.sweep());
  return { ...found, leftovers: found.leftovers + leftovers, bytes: found.bytes + bytes };
}

/** Removes the store's folder, table or prefix. @throws StoreError */
export function* destroy({ store }: Shared): Steps<void> {
  yield* step<void>(store.destroy());
}

/** A record that the store cannot give is left alone: it may only be unreadable for the moment. */
function* tryGet(store: Store, id: string): Steps<Parts | undefined> {
  try {
    return yield* step<Parts | undefined>(store.get(id));
  } catch (error) {
    if (isUnsafeFolder(error)) throw error;
    return undefined;
  }
}

interface Inspection {
  readonly id: string;
  readonly settings: Settings;
  readonly chunks: ChunkJudge;
}

function inspect(parts: Parts | undefined, { id, settings, chunks }: Inspection): 'good' | 'expired' | 'corrupt' {
  if (parts === undefined) return 'good';
  try {
    const { head } = decodeRecord(parts, id);
    if (!isOutdated(head, settings.maxAge + settings.grace, settings.clock())) return 'good';
    if (head.kind === 'run') chunks.expired(id);
    return 'expired';
  } catch {
    return 'corrupt';
  }
}
