/** Which records nobody can use any more, and how they go. */

import { Buffer } from 'node:buffer';

import { isUnsafeFolder } from '../common/errors.ts';
import { decodeRecord } from '../records/frame.ts';
import type { RecordHead } from '../records/head.ts';
import type { Store, StoreEntry, StoreGlimpse } from '../stores/store.ts';
import { ChunkJudge, isLost, type ChunkTerms } from './chunks.ts';
import { tryHead } from '../records/try-head.ts';
import { isChunkId, isNoteId } from '../common/ids.ts';
import { take } from '../calls/put.ts';
import { bytesOfChunks, runsToRemove } from '../runs/items.ts';
import type { Shared } from '../calls/context.ts';
import { each, step, type Steps } from '../runtime/steps.ts';

/** What is pruned. */
export interface PruneTerms extends ChunkTerms {
  /** Whether nobody wants a record any more. */
  readonly isOld: (head: RecordHead) => boolean;
}

/** What was removed, and what was seen. */
export interface Pruned {
  readonly expired: number;
  readonly corrupt: number;
  readonly leftovers: number;
  readonly bytes: number;
  /** Items and chunks that are still there. */
  readonly left: number;
}

type Verdict = 'good' | 'expired' | 'corrupt' | 'leftovers';

/** Removes what is old or corrupt, with what belongs to it. @throws StoreError */
export function* pruneEntries(shared: Shared, terms: PruneTerms): Steps<Pruned> {
  const found = { good: 0, expired: 0, corrupt: 0, leftovers: 0 };
  const chunks = new ChunkJudge(shared.store, terms);
  let bytes = 0;
  yield* each(shared.store.entries(), function* visit(entry: StoreEntry): Steps<void> {
    if (isNoteId(entry.id)) return;
    const { verdict, freed } = yield* isChunkId(entry.id)
      ? pruneChunk(shared, entry, chunks)
      : pruneItem(shared, entry, terms);
    found[verdict]++;
    bytes += freed;
  });
  const { good, ...removed } = found;
  return { ...removed, bytes, left: good };
}

interface Outcome {
  readonly verdict: Verdict;
  /** Bytes. */
  readonly freed: number;
}

const KEPT: Outcome = { verdict: 'good', freed: 0 };

function* pruneChunk({ store }: Shared, entry: StoreEntry, chunks: ChunkJudge): Steps<Outcome> {
  const verdict = yield* chunks.judge(entry);
  if (verdict === 'good' || !(yield* step(store.delete(entry.id)))) return KEPT;
  return { verdict, freed: entry.size };
}

function* pruneItem(shared: Shared, entry: StoreEntry, terms: PruneTerms): Steps<Outcome> {
  const glimpse = yield* tryPeek(shared.store, entry.id);
  if (glimpse === undefined) return KEPT;
  const head = tryHead(glimpse);
  const verdict = head === undefined ? judgeUnreadable(entry, terms) : yield* judge(shared.store, head, terms);
  if (verdict === 'good') return KEPT;
  const freed = yield* remove(shared, glimpse, head?.kind === 'run');
  return freed === undefined ? KEPT : { verdict, freed };
}

function judgeUnreadable(entry: StoreEntry, terms: PruneTerms): Verdict {
  return isLost(entry, terms) ? 'corrupt' : 'good';
}

function* judge(store: Store, head: RecordHead, terms: PruneTerms): Steps<Verdict> {
  const { identity, headsAlone } = terms;
  if (identity !== undefined && head.identity !== identity) return 'good';
  if (terms.isOld(head)) return 'expired';
  return headsAlone === true || (yield* isWhole(store, head.id)) ? 'good' : 'corrupt';
}

/** Removes a record, unless another one has taken its place meanwhile, and its chunks; how many bytes that freed. */
function* remove(shared: Shared, { id, head, size }: StoreGlimpse, isRun: boolean): Steps<number | undefined> {
  const { store } = shared;
  const runs = isRun ? yield* runsToRemove({ shared }, id) : [];
  const chunks = yield* bytesOfChunks(store, id, runs);
  const now = yield* tryPeek(store, id);
  if (now === undefined || now.size !== size || Buffer.compare(now.head, head) !== 0) return undefined;
  return (yield* take(shared, id, runs)) ? size + chunks : undefined;
}

/** What the store cannot give is left alone: it may only be unreadable for the moment. */
export function* tryPeek(store: Store, id: string): Steps<StoreGlimpse | undefined> {
  try {
    return yield* step(store.peek(id));
  } catch (error) {
    if (isUnsafeFolder(error)) throw error;
    return undefined;
  }
}

/** Whether all of a record is there, or it has gone meanwhile, or cannot be read for the moment. */
function* isWhole(store: Store, id: string): Steps<boolean> {
  let parts;
  try {
    parts = yield* step(store.get(id));
  } catch (error) {
    if (isUnsafeFolder(error)) throw error;
    return true;
  }
  try {
    if (parts !== undefined) decodeRecord(parts, id);
    return true;
  } catch {
    return false;
  }
}
