import { Buffer } from 'node:buffer';
import { join } from 'node:path';
import { HEAD_BYTES } from '../store.ts';
import type { PeekedRecord, StoreEntry } from '../store.ts';
import { storeFailure } from './failure.ts';
import { fileSystemOf } from './file-system.ts';
import type { FileSystemFacts } from './file-system.ts';
import { accessTo, contentOf } from './folder-facts.ts';
import type { FolderAccess, FolderContent } from './folder-facts.ts';
import { leftoversIn, writerFilesIn } from './leftovers.ts';
import type { Leftover, WriterFile } from './leftovers.ts';
import { ownFiles, recordsIn } from './listing.ts';
import { checkId } from './names.ts';
import { PrivateFolder } from './private-folder.ts';
import { peekRecord } from './read-record.ts';
import { mayBeShared } from './shared-folder.ts';

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
  readonly #buffer = Buffer.allocUnsafeSlow(HEAD_BYTES);

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

  /** As `peek` of a store; the head is valid until the next call. @throws UnsafeFolderError, StoreError */
  peek(id: string): PeekedRecord | undefined {
    if (!this.exists()) return undefined;
    const path = join(this.path, checkId(id));
    try {
      return peekRecord(path, id, this.#buffer);
    } catch (error) {
      throw storeFailure('read the record', error, { path, id });
    }
  }

  /** What the dead have left, as a sweep would remove it. @throws UnsafeFolderError, StoreError */
  *leftovers(): Generator<Leftover, void> {
    if (this.exists()) yield* leftoversIn(this.path);
  }

  /** Who may do what here. Never throws. */
  access(): FolderAccess {
    return accessTo(this.path);
  }

  /** On what the folder lies, or would lie. Never throws. */
  fileSystem(): FileSystemFacts & { readonly isShared: boolean } {
    return { ...fileSystemOf(this.path), isShared: mayBeShared(this.path) };
  }

  /** What lies here besides the records. @throws StoreError */
  content(): FolderContent {
    try {
      return contentOf(this.path);
    } catch (error) {
      throw storeFailure('list the cache folder', error, { path: this.path });
    }
  }

  /** Temporary files and locks, with what can be said about who made them. @throws StoreError */
  writers(): Iterable<WriterFile> {
    return writerFilesIn(this.path);
  }
}
