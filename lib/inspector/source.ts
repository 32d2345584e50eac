import { usesOf } from '../usage/last-use.ts';
import { locate } from '../options/location.ts';
import type { Clock } from '../records/freshness.ts';
import { fileStore } from '../stores/file/file-store.ts';
import { FolderView } from '../stores/file/folder-view.ts';
import type { StoreEntry, SyncStore } from '../stores/store.ts';

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

/** All records in no order, with the uses by this very thread that are not written yet. @throws UnsafeFolderError, StoreError */
export function* recordsIn(source: Source): Generator<StoreEntry, void> {
  for (const entry of source.view.records()) {
    const lastUsedAt = lastUseOf(source, entry);
    yield lastUsedAt === entry.lastUsedAt ? entry : { ...entry, lastUsedAt };
  }
}

/** Ms since the epoch. */
export function lastUseOf({ store }: Source, { id, lastUsedAt }: Pick<StoreEntry, 'id' | 'lastUsedAt'>): number {
  return Math.max(lastUsedAt, usesOf(store.scope).lastUse(id) ?? 0);
}
