import type { StoreEntry } from '../store.ts';
import { leftoversIn } from './leftovers.ts';
import type { Leftover } from './leftovers.ts';
import { ownFiles, recordsIn } from './listing.ts';
import { PrivateFolder } from './private-folder.ts';

/** Where a view looks. */
export interface ViewOptions {
  /** The folder, an absolute path. */
  readonly path: string;
  /** A private folder above it, which is checked too. */
  readonly root?: string | undefined;
}

/** What can be seen in the folder of a cache without being a part of it: nothing is made, nothing is changed. */
export class FolderView {
  readonly path: string;
  readonly root: string | undefined;
  readonly #folder: PrivateFolder;

  constructor({ path, root }: ViewOptions) {
    this.path = path;
    this.root = root;
    this.#folder = new PrivateFolder(path, root);
  }

  /** @throws UnsafeFolderError, StoreError */
  exists(): boolean {
    return this.#folder.exists();
  }

  /** The ids of all records, in no order, by their names alone. @throws UnsafeFolderError, StoreError */
  *ids(prefix = ''): Generator<string, void> {
    if (!this.exists()) return;
    for (const { name, kind } of ownFiles(this.path)) if (kind === 'record' && name.startsWith(prefix)) yield name;
  }

  /** All records with size and last use, in no order. @throws UnsafeFolderError, StoreError */
  *records(): Generator<StoreEntry, void> {
    if (this.exists()) yield* recordsIn(this.path, '');
  }

  /** What the dead have left, as a sweep would remove it. @throws UnsafeFolderError, StoreError */
  *leftovers(): Generator<Leftover, void> {
    if (this.exists()) yield* leftoversIn(this.path);
  }
}
