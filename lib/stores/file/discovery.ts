import * as fs from 'node:fs';
import { join } from 'node:path';
import { errorCode } from '../../common/errors.ts';
import { isAbsent } from './failure.ts';
import { kindOfName } from './names.ts';
import { PrivateFolder } from './private-folder.ts';

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
  if (!new PrivateFolder(root).exists()) return;
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
    const handle = fs.opendirSync(path, { bufferSize: 256 });
    try {
      for (let entry = handle.readSync(); entry !== null; entry = handle.readSync()) {
        if (entry.isDirectory()) folders.push(entry.name);
        else if (!isCache && entry.isFile()) isCache = isOfCache(entry.name);
      }
    } finally {
      handle.closeSync();
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
