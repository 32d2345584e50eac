import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { benchFolder } from './machine.mjs';

/** A file system in memory, where a file costs the same at any time; undefined where there is none. */
export const MEMORY_DISK = existsSync('/dev/shm') ? '/dev/shm' : undefined;

/** Makes a folder for one benchmark. */
export function makeFolder(parent = benchFolder()) {
  return mkdtempSync(join(parent, 'tempcache-bench-'));
}

/** Does work in a folder on the file system in memory, or elsewhere, and removes it. */
export async function inMemoryFolder(work) {
  const folder = makeFolder(MEMORY_DISK);
  try {
    return await work(folder);
  } finally {
    removeFolder(folder);
  }
}

/** Makes a folder in it. */
export function folderIn(folder, name) {
  const path = join(folder, name);
  mkdirSync(path, { recursive: true });
  return path;
}

/** Removes a folder with all that is in it: `rmSync` alone takes ten times as long for a hundred thousand files. */
export function removeFolder(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) removeFolder(path);
    else unlinkSync(path);
  }
  rmSync(folder, { recursive: true, force: true });
}
