import { ChunkJudge } from '../maintenance/chunks.ts';
import { isChunkId, isNoteId } from '../common/ids.ts';
import type { PruneResult } from '../maintenance/prune.ts';
import { boundCalls } from '../stats/stored.ts';
import { carryOutSync } from '../runtime/steps.ts';
import { readLimits, type Limits } from '../options/limits.ts';
import { checkOptions, parseDuration, type Duration, type Size } from '../options/parse.ts';
import type { StoreEntry } from '../stores/store.ts';
import type { OnProgress } from './clearing.ts';
import { Census, evictOver, isLimited } from './eviction.ts';
import { Removal } from './removal.ts';
import { recordsIn, type Source } from './source.ts';
import { judge, type Ages, type Reason } from './verdict.ts';

/** What is to go besides what nobody can use any more. */
export interface PruneOptions {
  /** Entries that were saved so long ago. Default: none. */
  readonly older?: Duration;
  /** Entries that were not used for so long. Default: none. */
  readonly unused?: Duration;
  /** Then entries go until the rest takes at most so many bytes, the least recently used first. Default: no limit. */
  readonly maxBytes?: Size;
  /** Then entries go until at most so many are left, the least recently used first. Default: no limit. */
  readonly maxEntries?: number;
  /** Whether it is only to be told what would go. Default: false. */
  readonly dryRun?: boolean;
  /** Called after each entry with the number of those that were looked at. */
  readonly onProgress?: OnProgress;
}

/** What has gone, or would. */
export interface PruneReport extends PruneResult {
  /** Entries that were not used for as long as was asked. */
  readonly unused: number;
}

interface Terms {
  readonly ages: Ages;
  readonly limits: Limits;
  readonly isDry: boolean;
  readonly onProgress: OnProgress;
}

const PRUNE_OPTIONS = ['older', 'unused', 'maxBytes', 'maxEntries', 'dryRun', 'onProgress'];

/** @throws TypeError (`ERR_INVALID_ARG_VALUE`), UnsafeFolderError, StoreError */
export function prune(source: Source, options: PruneOptions): PruneReport {
  const terms = readTerms(options);
  const removal = new Removal(source, terms.isDry);
  const census = isLimited(terms.limits) ? new Census() : undefined;
  const found = removeUseless(source, terms, { removal, census });
  // A part that was looked at before its run went is still counted there.
  const evicted = evictOver(source, { ...terms, removal, census: removal.parts === 0 ? census : undefined });
  const swept = terms.isDry ? leftovers(source) : source.store.sweep();
  if (!terms.isDry) carryOutSync(boundCalls(source.store));
  removal.settle();
  return { ...found, evicted, leftovers: found.leftovers + swept.leftovers, bytes: removal.bytes + swept.bytes };
}

function readTerms(options: PruneOptions): Terms {
  checkOptions(options, PRUNE_OPTIONS, 'prune()');
  const { older = Infinity, unused = Infinity, dryRun = false, onProgress = () => undefined } = options;
  return {
    ages: {
      sinceSaved: parseDuration(older, 'The option older'),
      sinceUsed: parseDuration(unused, 'The option unused'),
    },
    limits: readLimits(options),
    isDry: dryRun,
    onProgress,
  };
}

interface Books {
  readonly removal: Removal;
  /** Takes what stays, where that is to be known. */
  readonly census: Census | undefined;
}

function removeUseless(source: Source, { ages, onProgress }: Terms, { removal, census }: Books) {
  const found: Record<Reason | 'leftovers', number> = { expired: 0, corrupt: 0, unused: 0, leftovers: 0 };
  const parts = new ChunkJudge(source.store, { clock: source.clock });
  let done = 0;
  for (const entry of recordsIn(source)) {
    if (isNoteId(entry.id)) continue;
    const isPart = isChunkId(entry.id);
    const { reason, isRun } = isPart ? judgePart(parts, entry) : judge(source, entry, ages);
    if (reason === undefined) census?.take(entry, true);
    else if (isPart ? removal.record(entry.id, entry.size) : removal.entry({ ...entry, isRun })) found[reason]++;
    if (!isPart) onProgress(++done);
  }
  return found;
}

function judgePart(parts: ChunkJudge, entry: StoreEntry): { reason?: 'leftovers'; isRun: false } {
  return carryOutSync(parts.judge(entry)) === 'good' ? { isRun: false } : { reason: 'leftovers', isRun: false };
}

function leftovers({ view }: Source): { leftovers: number; bytes: number } {
  const sum = { leftovers: 0, bytes: 0 };
  for (const { bytes } of view.leftovers()) {
    sum.leftovers++;
    sum.bytes += bytes;
  }
  return sum;
}
