import { Buffer } from 'node:buffer';
import { join } from 'node:path';
import { errorCode } from '../../common/errors.ts';
import { HEAD_BYTES, type PeekedRecord } from '../store.ts';
import { isAbsent, storeFailure } from './failure.ts';
import { accessTo, contentOf, fileSystemOf } from './folder-facts.ts';
import type { FileSystemFacts, FolderAccess, FolderContent } from './folder-facts.ts';
import { writerFilesIn, type WriterFile } from './leftovers.ts';
import { direntsIn, idsIn } from './listing.ts';
import { checkId, kindOfName } from './names.ts';
import { PrivateFolder } from './private-folder.ts';
import { peekRecord } from './read-record.ts';
import { mayBeShared } from './writer.ts';

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
  readonly #folder: PrivateFolder;
  readonly #buffer = Buffer.allocUnsafeSlow(HEAD_BYTES);

  constructor({ path, root }: ViewOptions) {
    this.path = path;
    this.#folder = new PrivateFolder(path, root);
  }

  /** @throws UnsafeFolderError, StoreError */
  exists(): boolean {
    return this.#folder.exists();
  }

  /** The ids of all records, in no order, by their names alone. @throws UnsafeFolderError, StoreError */
  ids(prefix?: string): Iterable<string> {
    return this.exists() ? idsIn(this.path, prefix) : [];
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
  *leftovers(): Generator<WriterFile, void> {
    if (!this.exists()) return;
    for (const file of writerFilesIn(this.path)) if (file.isLeft) yield file;
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

/** A folder that holds the records of a cache, or could not be looked into. */
export interface FoundFolder {
  /** The names of the folders that lead to it from the root. */
  readonly names: readonly string[];
  readonly path: string;
  /** Why it could not be looked into. */
  readonly problem?: string;
}

interface Content {
  /** Whether there are records in it, or counters. */
  readonly isCache: boolean;
  readonly folders: readonly string[];
  readonly problem?: string;
}

/**
 * The root and all folders below that hold records, parents first, those of one parent by name. Links are not followed;
 * a folder that vanishes meanwhile is left out.
 *
 * @throws UnsafeFolderError for an unsafe root, StoreError
 */
export function* foldersBelow(root: string): Generator<FoundFolder, void> {
  if (!new PrivateFolder(root, root).exists()) return;
  const waiting: (readonly string[])[] = [[]];
  for (let names = waiting.pop(); names !== undefined; names = waiting.pop()) {
    const path = join(root, ...names);
    const { isCache, folders, problem } = look(path);
    if (problem !== undefined) yield { names, path, problem };
    else if (isCache) yield { names, path };
    for (const name of folders) waiting.push([...names, name]);
  }
}

/** The folders by name, the last one first. */
function look(path: string): Content {
  const folders: string[] = [];
  let isCache = false;
  try {
    for (const entry of direntsIn(path)) {
      if (entry.isDirectory()) folders.push(entry.name);
      else if (!isCache && entry.isFile()) isCache = isOfCache(entry.name);
    }
  } catch (error) {
    if (!isAbsent(error))
      return { isCache, folders: [], problem: `it cannot be listed: ${String(errorCode(error) ?? error)}` };
  }
  return { isCache, folders: folders.sort().reverse() };
}

function isOfCache(name: string): boolean {
  const kind = kindOfName(name);
  return kind === 'record' || kind === 'counters';
}
