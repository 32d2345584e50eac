import * as fs from 'node:fs';
import { join } from 'node:path';
import type { StoreEntry } from '../store.ts';
import { isAbsent, storeFailure } from './failure.ts';
import { kindOfName } from './names.ts';
import type { FileKind } from './names.ts';

/** One file of ours in the folder. */
export interface OwnFile {
  readonly name: string;
  readonly kind: FileKind;
}

/** All files of ours in a folder, whatever their number in bounded memory; none where there is no folder. */
export function* ownFiles(folder: string): Generator<OwnFile, void> {
  let handle: fs.Dir;
  try {
    handle = fs.opendirSync(folder, { bufferSize: 256 });
  } catch (error) {
    if (isAbsent(error)) return;
    throw storeFailure('list the cache folder', error, { path: folder });
  }
  try {
    for (let entry = next(handle, folder); entry !== null; entry = next(handle, folder)) {
      const kind = kindOfName(entry.name);
      if (kind !== undefined && entry.isFile()) yield { name: entry.name, kind };
    }
  } finally {
    handle.closeSync();
  }
}

function next(handle: fs.Dir, path: string): fs.Dirent | null {
  try {
    return handle.readSync();
  } catch (error) {
    if (isAbsent(error)) return null;
    throw storeFailure('list the cache folder', error, { path });
  }
}

/** All records in a folder; one that vanishes meanwhile is left out. */
export function* recordsIn(folder: string): Generator<StoreEntry, void> {
  for (const { name, kind } of ownFiles(folder)) {
    if (kind !== 'record') continue;
    const stats = statIfAny(join(folder, name));
    if (stats?.isFile() === true) yield { id: name, size: stats.size, lastUsedAt: stats.mtimeMs };
  }
}

export function statIfAny(path: string): fs.Stats | undefined {
  try {
    return fs.lstatSync(path);
  } catch (error) {
    if (isAbsent(error)) return undefined;
    throw storeFailure('look at', error, { path });
  }
}

/** Whether there was a file to remove. */
export function removeFile(path: string): boolean {
  try {
    fs.unlinkSync(path);
    return true;
  } catch (error) {
    if (isAbsent(error)) return false;
    throw storeFailure('remove', error, { path });
  }
}

/**
 * Removes the files of some kinds; how many. Some file systems skip names while others are removed, so it looks again until it
 * finds none, three times at most: a process that goes on writing must not keep us here.
 */
export function removeOwnFiles(folder: string, kinds: readonly FileKind[]): number {
  let removed = 0;
  for (let round = 0; round < 3; round++) {
    const before = removed;
    for (const { name, kind } of ownFiles(folder)) {
      if (kinds.includes(kind) && removeFile(join(folder, name))) removed++;
    }
    if (removed === before) break;
  }
  return removed;
}
