import { rmdirSync } from 'node:fs';
import { isAbsolute, relative, resolve, sep } from 'node:path';
import { errorCode, invalidArgument, StoreError } from '../../errors.ts';
import type { Parts, StoreEntry, StoreGlimpse, SweepResult, SyncLease, SyncStore } from '../store.ts';
import { isAbsent, storeFailure } from './failure.ts';
import { FileLeases } from './leases.ts';
import { recordsIn, removeFile, removeOwnFiles } from './listing.ts';
import { checkId, tempName } from './names.ts';
import { PrivateFolder, realPath } from './private-folder.ts';
import { readGlimpse, RecordReader } from './read-record.ts';
import { sweepFolder } from './sweep.ts';
import { replaceFile } from './write-record.ts';
import { writerToken } from './writer.ts';

/** Where a file store lies. */
export interface FileStoreOptions {
  /** The folder, an absolute path. It is made, mode 0700, by the first save or lease. */
  readonly path: string;
  /** A private folder above it, an absolute path: it is made and checked before anything in it is. */
  readonly root?: string | undefined;
}

/**
 * The default store: one file a record, named by its id, replaced atomically, readable by its owner alone.
 *
 * Any number of processes and threads may use one folder, and anybody may remove any of it at any time. Nothing is read from or
 * written to a folder that is a symbolic link, belongs to another user or can be written by others: then every call
 * throws {@link UnsafeFolderError}. Files of other names are never touched, not by `destroy()` either.
 *
 * @throws TypeError (`ERR_INVALID_ARG_VALUE`) for a path that is not absolute, or not below `root`.
 */
export function fileStore(options: FileStoreOptions): SyncStore {
  const path = absolute(options.path, 'path');
  const root = options.root === undefined ? undefined : absolute(options.root, 'root');
  if (root !== undefined && leaves(relative(root, path))) {
    throw invalidArgument(`The folder ${path} of a file store must lie below its root ${root}`);
  }
  return new FileStore(path, root);
}

function absolute(path: unknown, option: string): string {
  if (typeof path === 'string' && isAbsolute(path) && !path.includes('\0')) return resolve(path);
  throw invalidArgument(`The option "${option}" of a file store must be an absolute path, not ${JSON.stringify(path)}`);
}

function leaves(path: string): boolean {
  return path === '..' || path.startsWith(`..${sep}`) || isAbsolute(path);
}

class FileStore implements SyncStore {
  readonly kind = 'sync' as const;
  readonly path: string;
  readonly scope: string;
  readonly holder: string = writerToken();
  readonly #prefix: string;
  readonly #folder: PrivateFolder;
  readonly #reader = new RecordReader();
  readonly #leases: FileLeases;
  #written = 0;
  #closed = false;

  constructor(path: string, root: string | undefined) {
    this.path = path;
    this.scope = realPath(path);
    this.#prefix = path.endsWith(sep) ? path : path + sep;
    this.#folder = new PrivateFolder(path, root);
    this.#leases = new FileLeases(path, this.holder);
  }

  pathOf(id: string): string {
    return this.#prefix + checkId(id);
  }

  get(id: string): Parts | undefined {
    const path = this.pathOf(id);
    if (!this.#isThere()) return undefined;
    try {
      return this.#reader.read(path);
    } catch (error) {
      throw storeFailure('read the record', error, { path, id });
    }
  }

  peek(id: string): StoreGlimpse | undefined {
    const path = this.pathOf(id);
    if (!this.#isThere()) return undefined;
    try {
      return readGlimpse(path, id);
    } catch (error) {
      throw storeFailure('read the record', error, { path, id });
    }
  }

  set(id: string, record: Parts): void {
    const path = this.pathOf(id);
    const temp = this.#prefix + tempName(this.holder, (++this.#written).toString(36));
    this.#inFolder('write the record', { path, id }, () => replaceFile(path, temp, record));
  }

  delete(id: string): boolean {
    const path = this.pathOf(id);
    return this.#isThere() && removeFile(path);
  }

  entries(): Iterable<StoreEntry> {
    return this.#isThere() ? recordsIn(this.path) : [];
  }

  clear(): number {
    if (!this.#isThere()) return 0;
    const count = removeOwnFiles(this.path, ['record']);
    sweepFolder(this.path, this.#leases);
    return count;
  }

  sweep(): SweepResult {
    return this.#isThere() ? sweepFolder(this.path, this.#leases) : { leftovers: 0, bytes: 0 };
  }

  lease(id: string, ttl: number): SyncLease | undefined {
    const path = this.pathOf(id);
    return this.#inFolder('take the lease of', { path, id }, () => this.#leases.take(id, ttl));
  }

  holderOf(id: string): string | undefined {
    const path = this.pathOf(id);
    try {
      return this.#isThere() ? this.#leases.holderOf(id) : undefined;
    } catch (error) {
      throw storeFailure('read the lease of', error, { path, id });
    }
  }

  /** The folder stays where it holds files that are not ours, or somebody goes on writing. */
  destroy(): void {
    for (let round = 0; round < 3 && this.#isThere(); round++) {
      removeOwnFiles(this.path, ['record', 'temp', 'lock']);
      this.#folder.forget();
      if (removeFolder(this.path)) return;
    }
  }

  close(): void {
    this.#closed = true;
    this.#leases.close();
  }

  #isThere(): boolean {
    if (this.#closed)
      throw new StoreError(`The file store ${this.path} is closed: make a new one`, { path: this.path });
    return this.#folder.exists();
  }

  /** Makes the folder when it is missing, before or in the middle of the work, and tries again, ten times at most. */
  #inFolder<T>(what: string, details: { path: string; id: string }, work: () => T): T {
    for (let attempt = 1; ; attempt++) {
      if (!this.#isThere()) this.#folder.make();
      try {
        return work();
      } catch (error) {
        if (attempt === 10 || !isAbsent(error)) throw storeFailure(what, error, details);
        this.#folder.forget();
      }
    }
  }
}

/** Whether it is gone; false where something is left in it. */
function removeFolder(path: string): boolean {
  try {
    rmdirSync(path);
    return true;
  } catch (error) {
    if (isAbsent(error)) return true;
    if (errorCode(error) === 'ENOTEMPTY' || errorCode(error) === 'EEXIST') return false;
    throw storeFailure('remove the cache folder', error, { path });
  }
}
