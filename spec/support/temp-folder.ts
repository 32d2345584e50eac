import { afterEach } from '@jest/globals';
import { existsSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Makes folders below the temp folder that are gone after the spec. */
export function useTempFolders(): () => string {
  return useFoldersIn(tmpdir());
}

/** As {@link useTempFolders}, in memory where the system has a place for it: for specs that write tens of megabytes. */
export function useMemoryFolders(): () => string {
  return useFoldersIn(existsSync('/dev/shm') ? '/dev/shm' : tmpdir());
}

function useFoldersIn(parent: string): () => string {
  const folders: string[] = [];
  afterEach(() => {
    for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
  });
  return () => {
    const folder = mkdtempSync(join(realpathSync(parent), 'tempcache-spec-'));
    folders.push(folder);
    return folder;
  };
}
