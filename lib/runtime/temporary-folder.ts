import { createRequire } from 'node:module';

import type { DirOptions, DirResult } from 'tmp';

import { onExit } from './on-exit.ts';

/**
 * Makes a fresh, private folder in the temp directory, which is removed by `remove` or when the process ends, but not
 * when a signal kills it.
 */
export function temporaryFolder(): { readonly path: string; readonly remove: () => void } {
  // Loaded when it is first needed: few programs need it, and all would wait for it.
  const { dirSync } = createRequire(import.meta.url)('tmp-promise') as { dirSync: (options: DirOptions) => DirResult };
  const folder = dirSync({ prefix: 'tempcache', unsafeCleanup: true, mode: 0o700 });
  let isThere = true;
  const remove = (): void => {
    if (!isThere) return;
    isThere = false;
    cancel();
    removeQuietly(folder);
  };
  const cancel = onExit('remove', remove);
  return { path: folder.name, remove };
}

/** A folder that others have removed, or filled with what cannot be removed, must not fail the end of a process. */
function removeQuietly(folder: DirResult): void {
  try {
    folder.removeCallback();
  } catch {
    // What is left lies in the temp folder, where it is cleaned up some day.
  }
}
