/** What makes a folder unsafe, and what to do about it. */

import type { Dirent, Stats } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { UnsafeFolderError } from '../../common/errors.ts';
import { direntsIn, ownFiles, statIfAny } from './listing.ts';
import { kindOfName } from './names.ts';

/** How many names are looked at to find out whether a folder is that of a cache. */
const MOST_NAMES = 1000;

/** The bits of a mode that let the group or all others write. */
const OTHERS_WRITE = 0o022;

/**
 * Whether there is a folder, and a safe one; false where there is nothing.
 *
 * @param hasName whether the cache has a name below the root, and not a path
 * @throws UnsafeFolderError, StoreError
 */
export function isSafeFolder(path: string, hasName: boolean): boolean {
  const stats = statIfAny(path);
  if (stats === undefined) return false;
  // On Windows, where a temp folder is private to its user, owner and mode say nothing.
  const user = process.geteuid?.();
  const isPrivate = user === undefined || (stats.uid === user && (stats.mode & OTHERS_WRITE) === 0);
  if (stats.isDirectory() && isPrivate) return true;
  throw unsafe(path, faultOf(stats, path, hasName));
}

function unsafe(path: string, fault: string): UnsafeFolderError {
  return new UnsafeFolderError(`The cache folder ${path} is not safe to use: ${fault}`, { path });
}

/**
 * What to throw for a folder that was given by its path and may be somebody's documents: there is something in it, and nothing of
 * ours among the first {@link MOST_NAMES}. Undefined for any other. What begins with a dot says nothing: the empty root of a volume
 * has it as well.
 */
export function foreignFault(path: string): UnsafeFolderError | undefined {
  let foreign: string | undefined;
  let names = 0;
  try {
    for (const entry of direntsIn(path)) {
      if (kindOfName(entry.name) !== undefined) return undefined;
      if (++names > MOST_NAMES) break;
      const saysNothing = entry.name.startsWith('.') || entry.name === 'lost+found';
      if (foreign === undefined && !saysNothing && !isCache(path, entry)) foreign = entry.name;
    }
  } catch {
    // It may not be listed, or is gone: whatever is done with it says so.
    return undefined;
  }
  if (foreign === undefined) return undefined;
  return unsafe(path, `it holds ${JSON.stringify(foreign)} and nothing of a cache; use ${below(path)}`);
}

/** Whether it is a folder in which there is something of ours: caches may lie in each other. */
function isCache(parent: string, entry: Dirent): boolean {
  if (!entry.isDirectory()) return false;
  for (const _ of ownFiles(join(parent, entry.name))) return true;
  return false;
}

/** What is wrong and what to do. */
function faultOf(stats: Stats, path: string, hasName: boolean): string {
  const { uid, mode } = stats;
  const another = hasName ? 'set TEMPCACHE_DIR to a folder of your own' : 'use a folder of your own';
  if (stats.isSymbolicLink()) return `it is a symbolic link; name the folder that it leads to, or ${another}`;
  if (!stats.isDirectory()) return `it is not a folder; remove it, or ${another}`;
  const inside = `${hasName ? 'set TEMPCACHE_DIR to' : 'use'} ${below(path)}`;
  const user = process.geteuid?.();
  if (uid !== user) {
    // Root can change results wherever it is, and may have made the folder for us: the volume of a container.
    const cure = uid === 0 && (mode & OTHERS_WRITE) !== 0 ? inside : another;
    return `it belongs to another user (uid ${uid}, not ${user}), who could change results; ${cure}`;
  }
  const octal = (mode & 0o7777).toString(8).padStart(4, '0');
  return `others can write to it (mode ${octal}) and could change results; run \`chmod go-w ${path}\`, or ${inside}`;
}

function below(path: string): string {
  return `a folder below it, such as ${join(path, 'tempcache')}`;
}
