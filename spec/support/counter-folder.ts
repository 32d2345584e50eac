import { afterEach, beforeEach } from '@jest/globals';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { FileCounters } from '../../lib/stores/file/counters.ts';
import type { HeldLease, SyncLease } from '../../lib/stores/store.ts';
import { useTempFolders } from './temp-folder.ts';

/** A folder in which there may be counters. */
export interface CounterFolder {
  readonly path: string;
  /** The path of a file in it. */
  at(name: string): string;
  /** The names of its files. */
  names(): string[];
  /** Counters over it, as another process would have; closed when the spec is over. */
  begin(): FileCounters;
  /** Ms since the epoch. */
  now: number;
  /** Whether another process moves its files. */
  isLeased: boolean;
}

/** Makes a fresh folder for every spec. */
export function useCounterFolders(): CounterFolder {
  const tempFolder = useTempFolders();
  const open: FileCounters[] = [];
  let temps = 0;
  const folder = {
    path: '',
    now: 0,
    isLeased: false,
    at: (name: string) => join(folder.path, name),
    names: () => readdirSync(folder.path).sort(),
    begin() {
      const made = new FileCounters({
        path: folder.path,
        isThere: () => existsSync(folder.path),
        tempPath: () => folder.at(`temp-${++temps}`),
        lease,
        clock: () => folder.now,
      });
      open.push(made);
      return made;
    },
  };
  const lease = (): SyncLease | HeldLease => {
    if (folder.isLeased) return { heldBy: 'another' };
    folder.isLeased = true;
    return { id: '', takenOver: false, renew: () => true, release: () => void (folder.isLeased = false) };
  };
  beforeEach(() => {
    Object.assign(folder, { path: tempFolder(), isLeased: false, now: Date.now() });
  });
  afterEach(() => {
    for (const one of open.splice(0)) one.close();
  });
  return folder;
}
