import { isAbsolute } from 'node:path';

import { invalidArgument } from '../common/errors.ts';
import { recordRemovedFrom, USAGE } from '../limits/sizes.ts';
import { Usage } from '../limits/usage.ts';
import type { Maintained, MaintainedStore } from '../maintenance/records.ts';
import { hasLimit, type Limits } from '../options/limits.ts';
import { cacheRoot, locate } from '../options/location.ts';
import type { Clock } from '../records/freshness.ts';
import { step, type Steps } from '../runtime/steps.ts';
import { boundCalls } from '../stats/stored.ts';
import { FolderView, foldersBelow } from '../stores/file/folder-view.ts';
import { fileStore } from '../stores/file/file-store.ts';
import { checkStore } from '../stores/define-store.ts';
import { storeOfUrl, type StoreUrl } from '../stores/schemes.ts';
import type { Store, StoreEntry, SweepResult, SyncStore } from '../stores/store.ts';
import { usesOf } from '../usage/last-use.ts';

/** The cache that is looked after. */
export interface Source {
  /** Its records. Nothing is ever saved through it. */
  readonly store: SyncStore;
  readonly view: View;
  /** The folder as such; undefined for a store that is none. */
  readonly folder: FolderView | undefined;
  readonly clock: Clock;
}

/** What can be seen of a cache without being a part of it. */
export interface View extends Pick<FolderView, 'exists' | 'ids' | 'peek'> {
  leftovers(): Iterable<{ readonly bytes: number }>;
}

/** Makes nothing on the disk. Reads `$TEMPCACHE_DIR`. @throws TypeError (`ERR_INVALID_ARG_VALUE`) for a name that leaves the root */
export function openSource(nameOrPath: string, clock: Clock): Source {
  const { path, root = path } = locate(nameOrPath);
  const folder = new FolderView({ path, root });
  return { store: fileStore({ path, root }), view: folder, folder, clock };
}

/** The records of a store. @throws TypeError (`ERR_INVALID_ARG_VALUE`) for one that is none, or answers with promises */
export function sourceIn(given: SyncStore | StoreUrl<SyncStore>, clock: Clock): Source {
  const store: Store | undefined = typeof given === 'string' ? storeOfUrl(given) : checkStore(given);
  if (store?.kind !== 'sync') {
    throw invalidArgument('The option store of CacheInspector must be a store that answers at once');
  }
  return { store, view: viewOf(store), folder: undefined, clock };
}

function viewOf(store: SyncStore): View {
  return {
    exists: () => true,
    *ids(prefix): Generator<string, void> {
      for (const { id } of store.entries(prefix)) yield id;
    },
    peek: (id) => store.peek(id),
    leftovers: () => [],
  };
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
  const isCounted = areSizesCounted(store);
  const records = {
    store: ofFolder(store, isCounted),
    clock,
    uses: usesOf(store.scope),
    usage: limits && hasLimit(limits) ? new Usage(limits) : undefined,
    *freed({ entries, bytes }: { readonly entries: number; readonly bytes: number }): Steps<void> {
      if (!isCounted) return;
      try {
        yield* recordRemovedFrom(store, { entries, bytes });
      } catch {
        // What was asked for is done, and the caches that need the counters correct them.
      }
    },
    bound: () => boundCalls(store),
  };
  return isDry ? dryRun(records, () => leftoversIn(view)) : records;
}

/** Sizes are counted by caches with limits alone: where there are none, nothing keeps the counters up. */
function areSizesCounted({ counters }: SyncStore): boolean {
  try {
    return (counters.read(USAGE)['listings'] ?? 0) > 0;
  } catch {
    return false;
  }
}

function ofFolder(store: SyncStore, isCounted: boolean): SyncRecords {
  const { counters } = store;
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
    lease: (id, ttl) => store.lease(id, ttl),
    counters: {
      areInRecords: !isCounted,
      add: (group, deltas) => counters.add(group, deltas),
      read: (group) => counters.read(group),
      reset: (group) => counters.reset(group),
    },
  };
}

function leftoversIn(view: View): SweepResult {
  const found = { leftovers: 0, bytes: 0 };
  for (const { bytes } of view.leftovers()) {
    found.leftovers++;
    found.bytes += bytes;
  }
  return found;
}

/** One cache, as {@link listCaches} finds it. */
export interface CacheFolder {
  /** Relative to the root, with `/` between folders: what `new TempCache(name)` was given. `'.'` for the root itself. */
  readonly name: string;
  /** The absolute path of the folder. */
  readonly path: string;
  /** Why the folder could not be read; whether it is a cache is unknown then. */
  readonly problem?: string;
}

/**
 * All caches below a folder, nested ones too, parents first and by name: each folder that holds records or a count of
 * them, the folder itself included. Links are not followed. Nothing where there is no such folder.
 *
 * @param root an absolute path. Default: {@link cacheRoot}.
 * @throws TypeError (`ERR_INVALID_ARG_VALUE`) for a path that is not absolute
 * @throws UnsafeFolderError for a root that others could have prepared, StoreError
 */
export function listCaches(root: string = cacheRoot()): Iterable<CacheFolder> {
  if (typeof root !== 'string' || !isAbsolute(root)) throw invalidArgument('listCaches() needs an absolute path');
  return cachesBelow(root);
}

function* cachesBelow(root: string): Generator<CacheFolder, void> {
  for (const { names, ...folder } of foldersBelow(root)) yield { name: names.join('/') || '.', ...folder };
}

/** The part of a synchronous store that upkeep asks. */
export type SyncRecords = Extract<MaintainedStore, { kind: 'sync' }>;

/**
 * The same records, of which nothing is removed: what should have been is not shown any more, and nothing else is changed. So
 * upkeep that is carried out over them says what it would do. The ids of what would go are kept in memory, some 100 bytes each.
 *
 * @param leftovers what a sweep would remove
 */
export function dryRun(
  records: Maintained & { readonly store: SyncRecords },
  leftovers: () => SweepResult,
): Maintained {
  const { store } = records;
  const gone = new Set<string>();
  const dry: SyncRecords = {
    kind: 'sync',
    get: (id: string) => (gone.has(id) ? undefined : store.get(id)),
    peek: (id) => (gone.has(id) ? undefined : store.peek(id)),
    stat: (id) => (gone.has(id) ? undefined : store.stat(id)),
    *entries(prefix): Generator<StoreEntry, void> {
      for (const entry of store.entries(prefix)) if (!gone.has(entry.id)) yield entry;
    },
    delete: (id) => dry.stat(id) !== undefined && gone.add(id).has(id),
    clear: () => 0,
    sweep: leftovers,
    touch: () => undefined,
    lease: () => ({ heldBy: '' }),
    // Sizes are not read from them: a listing says what would be left.
    counters: { areInRecords: true, add: () => undefined, read: () => ({}), reset: () => undefined },
  };
  const nothing = (): Steps<void> => step<void>(undefined);
  return { ...records, store: dry, freed: nothing, bound: nothing };
}
