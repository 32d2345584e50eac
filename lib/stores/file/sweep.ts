import { join } from 'node:path';
import type { SweepResult } from '../store.ts';
import { isAbsent, storeFailure } from './failure.ts';
import type { FileLeases } from './leases.ts';
import { isLeftBehind } from './leftovers.ts';
import { ownFiles, removeFile, statIfAny } from './listing.ts';
import { writerOfTemp } from './names.ts';
import { stateOfWriter } from './writer.ts';

/** Removes the temporary files and leases of the dead, and nothing of the living. */
export function sweepFolder(folder: string, leases: FileLeases): SweepResult {
  let leftovers = 0;
  let bytes = 0;
  for (const { name, kind } of ownFiles(folder)) {
    if (kind === 'record' || kind === 'count') continue;
    const path = join(folder, name);
    const size = statIfAny(path)?.size ?? 0;
    const removed = kind === 'temp' ? sweepTemp(name, path) : sweepLock(name, { path, leases });
    if (!removed) continue;
    leftovers++;
    bytes += size;
  }
  return { leftovers, bytes };
}

function sweepTemp(name: string, path: string): boolean {
  const state = stateOfWriter(writerOfTemp(name));
  if (state === 'alive') return false;
  const stats = statIfAny(path);
  return stats !== undefined && isLeftBehind(state, Date.now() - stats.mtimeMs) && removeFile(path);
}

function sweepLock(name: string, { path, leases }: { path: string; leases: FileLeases }): boolean {
  try {
    return leases.sweep(name);
  } catch (error) {
    if (isAbsent(error)) return false;
    throw storeFailure('remove the lease', error, { path });
  }
}
