/**
 * The one prune: of `cache.prune()`, `fn.cache.prune()`, the automatic clean-up, `CacheInspector.prune()` and the command. All
 * judge by one rule with different ages: a record has expired when it has ended for its reader; where the one who prunes is
 * not its reader, when it has ended by itself. The table of `policy.ts` says which age holds for which prune.
 */

import { isChunkId, isItemId, isNoteId } from '../common/ids.ts';
import { checkOptions } from '../options/rows.ts';
import { evictOver } from '../limits/evict.ts';
import { each, step, type Steps } from '../runtime/steps.ts';
import type { StoreEntry, SweepResult } from '../stores/store.ts';
import { ChunkJudge, EntryJudge } from './judge.ts';
import type { Policy, Verdict } from './policy.ts';
import {
  type AgeSettings,
  type Maintained,
  type MaintainedCache,
  type MaintainedStore,
  recordsOf,
  Remover,
} from './records.ts';
import { type PruneFilter, readSuperseded, removeSuperseded, Versions } from './versions.ts';

export type { PruneFilter } from './versions.ts';

/** What `prune` removed. */
export interface PruneResult {
  /** Entries past their age. */
  readonly expired: number;
  /** Damaged entries. */
  readonly corrupt: number;
  /** Entries that were not used for as long as was asked; 0 where nothing was. */
  readonly unused: number;
  /** Entries of code that their function does not have any more, which were not used for long; 0 where they stay. */
  readonly superseded: number;
  /** Entries over a limit. */
  readonly evicted: number;
  /** Files and the like that dead processes have left, and parts of generators' runs that never came to their end. */
  readonly leftovers: number;
  /** Records that the store could not read just now: they stay. */
  readonly unreadable: number;
  /** Bytes of all that was removed. */
  readonly bytes: number;
}

/** What `prune` gives where there was nothing to remove. */
export const NOTHING_PRUNED: PruneResult = {
  expired: 0,
  corrupt: 0,
  unused: 0,
  superseded: 0,
  evicted: 0,
  leftovers: 0,
  unreadable: 0,
  bytes: 0,
};

/** How a prune goes. */
export interface PruneTerms extends Policy {
  /** Ms that the store is asked to sweep at a time. Default: no limit. */
  readonly sweepMs?: number;
  /** Called after each entry with the number of those that were looked at. */
  readonly onProgress?: ((done: number) => void) | undefined;
}

/** What a prune has removed, and how many items and chunks it has left. */
export interface Pruned {
  readonly result: PruneResult;
  readonly left: number;
}

/**
 * Removes what is of no use to the readers of a cache any more, and what is over its limits.
 *
 * @throws TypeError (`ERR_INVALID_ARG_VALUE`) for an option that it does not know: nothing is removed then.
 * @throws StoreError
 */
export function* prune(cache: MaintainedCache, settings: AgeSettings, options: PruneFilter = {}): Steps<PruneResult> {
  checkOptions(options, ['superseded', 'keepVersions'], 'prune()');
  const { maxAge, grace } = settings;
  const policy = { pruner: { by: 'cache', maxAge, grace }, ...readSuperseded(options, 'prune()') } as const;
  return (yield* pruneRecords(recordsOf(cache, settings), policy)).result;
}

/** A function whose entries are pruned. */
export interface PrunedFunction {
  readonly backing: MaintainedCache;
  readonly identity: string;
  readonly settings: AgeSettings;
}

/** As `prune` for the entries of one function alone; leftovers and limits are those of its cache. @throws StoreError */
export function* pruneFunction({ backing, identity, settings }: PrunedFunction): Steps<PruneResult> {
  const { maxAge, grace } = settings;
  const pruner = { by: 'function', maxAge, grace, identity } as const;
  return (yield* pruneRecords(recordsOf(backing, settings), { pruner })).result;
}

/**
 * Removes what a policy says, with what belongs to it; then brings the records under their limits, merges counts of calls and
 * removes what dead writers have left. A record that cannot be read or removed stops nothing.
 *
 * @throws UnsafeFolderError; what the store throws when it cannot list, sweep or evict, and at the end the first failure to remove
 */
export function* pruneRecords(records: Maintained, terms: PruneTerms): Steps<Pruned> {
  const remover = new Remover(records);
  const walk = new Walk(records, terms, remover);
  yield* each(records.store.entries(), (entry) => walk.visit(entry));
  yield* walk.removeSuperseded();
  const { good, ...found } = walk.found;
  const { evicted, bytes } = yield* evictOver(records, records);
  const swept = yield* sweep(records.store, terms.sweepMs);
  yield* records.bound();
  remover.end();
  const leftovers = found.leftovers + swept.leftovers;
  const result = { ...found, evicted, leftovers, bytes: walk.bytes + bytes + swept.bytes };
  return { result, left: good + found.unreadable };
}

/** Goes over all records, one by one. */
class Walk {
  readonly found: Record<Verdict | 'unreadable', number> = {
    good: 0,
    expired: 0,
    corrupt: 0,
    unused: 0,
    superseded: 0,
    leftovers: 0,
    unreadable: 0,
  };
  /** Bytes of all that was removed. */
  bytes = 0;
  readonly #terms: PruneTerms;
  readonly #remover: Remover;
  readonly #entries: EntryJudge;
  readonly #chunks: ChunkJudge;
  readonly #versions: Versions | undefined;
  readonly #records: Maintained;
  #done = 0;

  constructor(records: Maintained, terms: PruneTerms, remover: Remover) {
    this.#terms = terms;
    this.#remover = remover;
    this.#records = records;
    const { superseded } = terms;
    this.#versions = superseded && new Versions(records.clock(), superseded);
    this.#entries = new EntryJudge(records, terms, this.#versions);
    this.#chunks = new ChunkJudge(records, terms);
  }

  *visit(entry: StoreEntry): Steps<void> {
    const { id } = entry;
    if (isNoteId(id)) return;
    yield* isChunkId(id) ? this.#visitChunk(entry) : this.#visitEntry(entry);
    if (isItemId(id)) this.#terms.onProgress?.(++this.#done);
  }

  *removeSuperseded(): Steps<void> {
    if (this.#versions === undefined) return;
    for (const freed of yield* removeSuperseded(this.#records, this.#versions, this.#remover)) {
      this.found.good--;
      this.#count('superseded', freed);
    }
  }

  *#visitChunk(entry: StoreEntry): Steps<void> {
    const verdict = yield* this.#chunks.judge(entry);
    this.#count(verdict, verdict === 'leftovers' ? yield* this.#remover.record(entry) : undefined);
  }

  *#visitEntry(entry: StoreEntry): Steps<void> {
    const judged = yield* this.#entries.judge(entry);
    if (judged === 'absent') return;
    const { verdict, record, isRun = false } = judged;
    this.#count(verdict, record && (yield* this.#remover.judged(record, isRun)));
  }

  /** `freed` is undefined for a record that stays. */
  #count(verdict: Verdict | 'unreadable', freed: number | undefined): void {
    this.found[freed === undefined && verdict !== 'unreadable' ? 'good' : verdict]++;
    this.bytes += freed ?? 0;
  }
}

/** @throws what the store throws */
function* sweep(store: MaintainedStore, ms: number | undefined): Steps<SweepResult> {
  let leftovers = 0;
  let bytes = 0;
  for (;;) {
    const part = yield* step(store.sweep(ms));
    leftovers += part.leftovers;
    bytes += part.bytes;
    if (part.more !== true) return { leftovers, bytes };
  }
}
