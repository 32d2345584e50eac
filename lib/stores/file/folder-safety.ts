/** What makes a folder unsafe, and what to do about it. */

import { lstatSync, type Dirent, type Stats } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { UnsafeFolderError } from '../../common/errors.ts';
import { isAbsent, storeFailure } from './failure.ts';
import { direntsIn, ownFiles } from './listing.ts';
import { kindOfName } from './names.ts';

/** How many names are looked at to find out whether a folder is that of a cache. */
const MOST_NAMES = 1000;

/**
 * Whether there is a folder, and a safe one; false where there is nothing.
 *
 * @param hasName whether the cache has a name below the root, and not a path
 * @throws UnsafeFolderError, StoreError
 */
export function isSafeFolder(path: string, hasName: boolean): boolean {
  const stats = lstatIfAny(path);
  if (stats === undefined) return false;
  const fault = faultOf(stats, path, hasName);
  if (fault === undefined) return true;
  throw unsafe(path, fault);
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

function lstatIfAny(path: string): Stats | undefined {
  try {
    return lstatSync(path, { throwIfNoEntry: false });
  } catch (error) {
    if (isAbsent(error)) return undefined;
    throw storeFailure('look at the cache folder', error, { path });
  }
}

/** What is wrong and what to do. */
function faultOf(stats: Stats, path: string, hasName: boolean): string | undefined {
  const another = hasName ? 'set TEMPCACHE_DIR to a folder of your own' : 'use a folder of your own';
  if (stats.isSymbolicLink()) return `it is a symbolic link; name the folder that it leads to, or ${another}`;
  if (!stats.isDirectory()) return `it is not a folder; remove it, or ${another}`;
  const inside = `${hasName ? 'set TEMPCACHE_DIR to' : 'use'} ${below(path)}`;
  return accessFaultOf(stats, path, { inside, another });
}

/** On Windows, where a temp folder is private to its user, owner and mode say nothing. */
function accessFaultOf(
  { uid, mode }: Stats,
  path: string,
  { inside, another }: { readonly inside: string; readonly another: string },
): string | undefined {
  const user = process.geteuid?.();
  if (user === undefined) return undefined;
  const isOpen = (mode & 0o022) !== 0;
  if (uid !== user) {
    // Root can change results wherever it is, and may have made the folder for us: the volume of a container.
    const cure = uid === 0 && isOpen ? inside : another;
    return `it belongs to another user (uid ${uid}, not ${user}), who could change results; ${cure}`;
  }
  if (!isOpen) return undefined;
  const octal = (mode & 0o7777).toString(8).padStart(4, '0');
  return `others can write to it (mode ${octal}) and could change results; run \`chmod go-w ${path}\`, or ${inside}`;
}

function below(path: string): string {
  return `a folder below it, such as ${join(path, 'tempcache')}`;
}
