/** A part of a prune, for the end of a process: it needs no more of the package than a miss does. */

import { performance } from 'node:perf_hooks';

import { isItemId } from '../common/ids.ts';
import { tryHead } from '../records/frame.ts';
import { carryOutSync } from '../runtime/steps.ts';
import type { SyncStore } from '../stores/store.ts';
import { hasExpired, type Pruner } from './policy.ts';
import { type AgeSettings, type MaintainedCache, recordsOf, Remover } from './records.ts';

/** A cache in whose store a part of the records is looked at. */
export interface Sliced extends Omit<MaintainedCache, 'store'> {
  readonly store: SyncStore;
  readonly base: AgeSettings;
}

/** Which records, and why they go. */
export interface Slice {
  /** All ids. */
  readonly ids: Iterable<string>;
  /** How many are passed over: those that the slice before has left. */
  readonly from: number;
  /** Ms that it takes, but for one record, where it has come to `least` by then. */
  readonly ms: number;
  /** How many records are looked at, if there are so many. */
  readonly least: number;
  readonly pruner: Pruner;
}

/**
 * Removes what has expired among the next items, as far as the time goes; how many ids the next slice passes over, or undefined
 * where there are no more. Where the time is over before it comes to the next item, it begins anew. @throws what the store throws
 */
export function pruneSlice(cache: Sliced, { ids, from, ms, least, pruner }: Slice): number | undefined {
  const end = performance.now() + ms;
  let passed = 0;
  let looks = 0;
  let isOver = false;
  for (const id of ids) {
    if (isOver) return passed < from ? 0 : passed;
    if (passed < from || !isItemId(id)) {
      passed++;
    } else {
      looks++;
      if (!removeIfExpired(cache, id, pruner)) passed++;
    }
    isOver = (passed < from || looks >= least) && performance.now() >= end;
  }
  return undefined;
}

/** Whether it is gone. Nothing comes between the look and the removal, so the record is not compared once more. */
function removeIfExpired(cache: Sliced, id: string, pruner: Pruner): boolean {
  const { store, base, usage } = cache;
  const peek = store.peek(id);
  if (peek === undefined) return true;
  const head = tryHead(peek);
  if (head === undefined || !hasExpired(head, pruner, base.clock())) return false;
  const isRun = head.kind === 'run';
  if (!isRun && usage === undefined) return store.delete(id);
  return carryOutSync(new Remover(recordsOf(cache, base)).entry(peek, isRun)) !== undefined;
}
