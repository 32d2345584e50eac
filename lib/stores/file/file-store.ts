import { dirname, isAbsolute, relative, resolve, sep } from 'node:path';
import { invalidArgument } from '../../common/errors.ts';
import { homeIfAny } from '../../options/location.ts';
import type { SyncStore } from '../store.ts';
import { FolderStore } from './folder-store.ts';
import { realPath } from './private-folder.ts';

/** Where a file store lies. */
export interface FileStoreOptions {
  /** The folder, an absolute path. It is made, mode 0700, by the first save or lease. */
  readonly path: string;
  /**
   * A private folder above it, an absolute path: it is made and checked before anything in it is. Where there is none, the folder
   * is refused when it is opened and holds something, but nothing of a cache.
   */
  readonly root?: string | undefined;
}

/**
 * The default store: one file a record, named by its id, replaced atomically, readable by its owner alone.
 *
 * Any number of processes and threads may use one folder, and anybody may remove any of it at any time. Nothing is read from or
 * written to a folder that is a symbolic link, belongs to another user or can be written by others: then every call
 * throws {@link UnsafeFolderError}. Files of other names are never touched, not by `destroy()` either.
 *
 * @throws TypeError (`ERR_INVALID_ARG_VALUE`) for a path that is not absolute, or not below `root`, and for the root of the file
 * system and the home folder.
 */
export function fileStore(options: FileStoreOptions): SyncStore {
  const path = absolute(options.path, 'path');
  const root = options.root === undefined ? undefined : absolute(options.root, 'root');
  if (root !== undefined && leaves(relative(root, path))) {
    throw invalidArgument(`The folder ${path} of a file store must lie below its root ${root}`);
  }
  const scope = realPath(path);
  const home = homeIfAny();
  if (dirname(scope) === scope || (home !== undefined && scope === realPath(home))) {
    throw invalidArgument(`A cache may not lie in ${path} itself, among all that is there: give a folder below it`);
  }
  return new FolderStore({ path, root, scope });
}

function absolute(path: unknown, option: string): string {
  if (typeof path === 'string' && isAbsolute(path) && !path.includes('\0')) return resolve(path);
  throw invalidArgument(`The option "${option}" of a file store must be an absolute path, not ${JSON.stringify(path)}`);
}

function leaves(path: string): boolean {
  return path === '..' || path.startsWith(`..${sep}`) || isAbsolute(path);
}
