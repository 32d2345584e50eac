import { Ledger } from '../limits/usage.ts';
import { dryRun, type SyncRecords } from '../maintenance/dry-run.ts';
import type { Maintained } from '../maintenance/records.ts';
import { hasLimit, type Limits } from '../options/limits.ts';
import { locate } from '../options/location.ts';
import type { Clock } from '../records/freshness.ts';
import { step, type Steps } from '../runtime/steps.ts';
import { compactStatistics } from '../stats/statistics.ts';
import { fileStore } from '../stores/file/file-store.ts';
import { FolderView } from '../stores/file/folder-view.ts';
import type { SweepResult, SyncStore } from '../stores/store.ts';
import { usesOf } from '../usage/last-use.ts';

/** The folder that is looked after. */
export interface Source {
  /** Its records. Nothing is ever saved through it. */
  readonly store: SyncStore;
  /** The folder as such. */
  readonly view: FolderView;
  readonly clock: Clock;
}

/** Makes nothing on the disk. Reads `$TEMPCACHE_DIR`. @throws TypeError (`ERR_INVALID_ARG_VALUE`) for a name that leaves the root */
export function openSource(nameOrPath: string, clock: Clock): Source {
  const location = locate(nameOrPath);
  return { store: fileStore(location), view: new FolderView(location), clock };
}

/** How a folder is looked after. */
export interface UpkeepOptions {
  /** What it is to be brought under. Default: nothing. */
  readonly limits?: Limits;
  /** Whether nothing is changed. Default: false. */
  readonly isDry?: boolean;
}

/** The records of a folder, for upkeep. */
export function recordsIn({ store, view, clock }: Source, { limits, isDry = false }: UpkeepOptions = {}): Maintained {
  let isCounted = true;
  const records = {
    store: ofFolder(store),
    clock,
    uses: usesOf(store.scope),
    ledger: limits && hasLimit(limits) ? new Ledger(limits) : undefined,
    *freed({ entries, bytes }: { readonly entries: number; readonly bytes: number }): Steps<void> {
      // To ask takes as long as to remove, and where no cache keeps a count there is nothing to change.
      if (!isCounted) return;
      try {
        isCounted = (yield* step(store.count({ entries: -entries, bytes: -bytes }))) !== undefined;
      } catch {
        // What was asked for is done, and a count that fails is made anew by the caches that need it.
      }
    },
    compact: (ids: readonly string[]) => compactStatistics(store, ids),
  };
  return isDry ? dryRun(records, () => leftoversIn(view)) : records;
}

/** A count of records is begun by caches with limits alone: where there are none, nothing keeps it up. */
function ofFolder(store: SyncStore): SyncRecords {
  return {
    kind: 'sync',
    get: (id: string) => store.get(id),
    peek: (id) => store.peek(id),
    stat: (id) => store.stat(id),
    touch: (id, at) => store.touch(id, at),
    delete: (id) => store.delete(id),
    entries: (prefix) => store.entries(prefix),
    clear: (keep) => store.clear(keep),
    sweep: () => store.sweep(),
    count: (change) => store.count(change),
    recount(totals): void {
      if (store.count({ entries: 0, bytes: 0 }) !== undefined) store.recount(totals);
    },
  };
}

function leftoversIn(view: FolderView): SweepResult {
  const found = { leftovers: 0, bytes: 0 };
  for (const { bytes } of view.leftovers()) {
    found.leftovers++;
    found.bytes += bytes;
  }
  return found;
}
