import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';

import { dirSync } from 'tmp-promise';

import { errorCode, StoreError } from '../common/errors.ts';
import { onExit } from './on-exit.ts';

/** A folder, and what removes it with all that is in it; that may throw. */
interface Folder {
  readonly path: string;
  readonly remove: () => void;
}

/**
 * Makes a fresh, private folder in the temp directory, which is removed by `remove` or when the process ends, but not
 * when a signal kills it.
 *
 * @throws StoreError where there is no temp directory, or none to write to
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
    const path = makeByNode(tmpdir());
    return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
  }
}

function makeByNode(parent: string): string {
  try {
    return mkdtempSync(join(parent, `tempcache-${process.pid}-`));
  } catch (cause) {
    const what = `Cannot make a temporary folder in ${parent}: ${errorCode(cause) ?? String(cause)}`;
    throw new StoreError(`${what}; make sure that this one can be written to, or set TMPDIR to another one`, {
      path: parent,
      cause,
    });
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
