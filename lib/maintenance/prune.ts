/** How a cache is cleaned up when somebody asks for it, written once for both kinds of store. */

import { isFresh, isOutdated } from '../records/freshness.ts';
import type { RecordHead } from '../records/head.ts';
import type { Store, SweepResult } from '../stores/store.ts';
import { evictOver } from '../limits/evict.ts';
import { pruneEntries, type Pruned } from './prune-entries.ts';
import type { Settings } from '../calls/settings.ts';
import type { Shared, Site } from '../calls/context.ts';
import { boundCalls } from '../stats/stored.ts';
import { step, type Steps } from '../runtime/steps.ts';

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

/** What `prune` gives where there was nothing to remove. */
export const NOTHING_PRUNED: PruneResult = { expired: 0, corrupt: 0, evicted: 0, leftovers: 0, bytes: 0 };

/** Removes what nobody can use any more, and what is over the limits. @throws StoreError */
export function* prune(shared: Shared, settings: Settings): Steps<PruneResult> {
  const { clock } = settings;
  const isOld = (head: RecordHead): boolean => isOutdated(head, settings.maxAge + settings.grace, clock());
  const pruned = yield* pruneEntries(shared, { clock, isOld });
  return yield* cleanUp(shared, settings, { pruned });
}

/**
 * Removes those entries of a function that it would not be served any more; for the rest it does as that of the cache.
 *
 * @throws StoreError
 */
export function* pruneFunction({ shared, identity, settings }: Site): Steps<PruneResult> {
  const { clock } = settings;
  const isOld = (head: RecordHead): boolean => !isFresh(head, settings.maxAge + settings.grace, clock());
  const pruned = yield* pruneEntries(shared, { clock, isOld, identity });
  return yield* cleanUp(shared, settings, { pruned });
}

/** What was pruned already, and in what pieces to go on. */
interface CleaningTerms {
  readonly pruned: Pruned;
  /** Ms that the store is asked to sweep at a time. Default: no limit. */
  readonly ms?: number;
}

/** What is done once all entries were looked at: brings the cache under its limits, bounds counts, removes leftovers. @throws StoreError */
export function* cleanUp(shared: Shared, settings: Settings, { pruned, ms }: CleaningTerms): Steps<PruneResult> {
  const { expired, corrupt } = pruned;
  const { evicted, bytes } = yield* evictOver(shared, settings);
  yield* boundCalls(shared.store);
  const swept = yield* sweep(shared.store, ms);
  const leftovers = pruned.leftovers + swept.leftovers;
  return { expired, corrupt, evicted, leftovers, bytes: pruned.bytes + bytes + swept.bytes };
}

function* sweep(store: Store, ms: number | undefined): Steps<SweepResult> {
  let leftovers = 0;
  let bytes = 0;
  for (;;) {
    const part = yield* step(store.sweep(ms));
    leftovers += part.leftovers;
    bytes += part.bytes;
    if (part.more !== true) return { leftovers, bytes };
  }
}
