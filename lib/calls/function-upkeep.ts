/** What is done to all the entries of one function, written once for both kinds of store. */

import { isUnsafeFolder } from '../errors.ts';
import { decodeRecord } from '../records/frame.ts';
import { isFresh } from '../records/freshness.ts';
import type { RecordHead } from '../records/head.ts';
import type { Store, StoreEntry } from '../stores/store.ts';
import { isChunkId } from './ids.ts';
import { tryHead } from './item-steps.ts';
import type { PruneResult } from './maintenance.ts';
import { removeChunks } from './recorder.ts';
import { runsToRemove } from './run-items.ts';
import type { Site } from './site.ts';
import { each, step, type Steps } from './steps.ts';

/** What `prune` gives where there was nothing to remove. */
export const NOTHING_PRUNED: PruneResult = { expired: 0, corrupt: 0, evicted: 0, leftovers: 0, bytes: 0 };

/** Removes the entries of a function, told by its identity; how many. @throws StoreError */
export function* clearFunction({ shared: { store }, identity }: Site): Steps<number> {
  let removed = 0;
  yield* each(store.entries(), function* visit({ id }: StoreEntry): Steps<void> {
    if ((yield* headOf(store, id))?.identity !== identity) return;
    if ((yield* step(store.delete(id))) && !isChunkId(id)) removed++;
  });
  return removed;
}

/** Removes those entries of a function that it would not be served any more. @throws StoreError */
export function* pruneFunction(site: Site): Steps<PruneResult> {
  const { shared, identity, settings } = site;
  const { store } = shared;
  const found = { expired: 0, corrupt: 0, bytes: 0 };
  yield* each(store.entries(), function* visit({ id, size }: StoreEntry): Steps<void> {
    // The parts of a generator's run go with it.
    if (isChunkId(id)) return;
    const head = yield* headOf(store, id);
    if (head?.identity !== identity) return;
    const expired = !isFresh(head, settings.maxAge + settings.grace, settings.clock());
    if (!expired && (yield* isWhole(store, id))) return;
    const runs = yield* runsToRemove(site, id);
    if (!(yield* step(store.delete(id)))) return;
    for (const run of runs) yield* removeChunks(store, id, run);
    found[expired ? 'expired' : 'corrupt']++;
    found.bytes += size;
  });
  return { ...NOTHING_PRUNED, ...found };
}

/** The head of a good record; nothing where the store cannot give it, which it may only not do for the moment. */
function* headOf(store: Store, id: string): Steps<RecordHead | undefined> {
  try {
    const glimpse = yield* step(store.peek(id));
    return glimpse && tryHead(glimpse);
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
