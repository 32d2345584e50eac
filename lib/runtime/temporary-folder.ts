import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';

import { dirSync } from 'tmp-promise';

import { onExit } from './on-exit.ts';

/** A folder, and what removes it with all that is in it; that may throw. */
interface Folder {
  readonly path: string;
  readonly remove: () => void;
}

/**
 * Makes a fresh, private folder in the temp directory, which is removed by `remove` or when the process ends, but not
 * when a signal kills it.
 */
export function temporaryFolder(): Folder {
  const folder = makeFolder();
  let isThere = true;
  const remove = (): void => {
    if (!isThere) return;
    isThere = false;
    cancel();
    removeQuietly(folder);
  };
  const cancel = onExit('remove', remove);
  return { path: folder.path, remove };
}

/** By `tmp-promise`; by Node alone in a bundle that is an ES module, where packages that use `require` cannot be loaded. */
function makeFolder(): Folder {
  try {
    const { name, removeCallback } = dirSync({ prefix: 'tempcache', unsafeCleanup: true, mode: 0o700 });
    return { path: name, remove: removeCallback };
  } catch {
    const path = mkdtempSync(join(tmpdir(), `tempcache-${process.pid}-`));
    return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
  }
}

/** A folder that others have removed, or filled with what cannot be removed, must not fail the end of a process. */
function removeQuietly(folder: Folder): void {
  try {
    folder.remove();
  } catch {
    // What is left lies in the temp folder, where it is cleaned up some day.
  }
}
