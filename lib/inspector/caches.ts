import { isAbsolute } from 'node:path';
import { invalidArgument } from '../common/errors.ts';
import { cacheRoot } from '../options/location.ts';
import { foldersBelow } from '../stores/file/folder-view.ts';

/** One cache, as {@link listCaches} finds it. */
export interface CacheFolder {
  /** Relative to the root, with `/` between folders: what `new TempCache(name)` was given. `'.'` for the root itself. */
  readonly name: string;
  /** The absolute path of the folder. */
  readonly path: string;
  /** Why the folder could not be looked into; then nobody knows whether it is a cache. */
  readonly problem?: string;
}

/**
 * All caches below a folder, nested ones too, parents first and by name: whatever folder holds records or a count of
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
