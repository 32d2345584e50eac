import { createRequire } from 'node:module';
import process from 'node:process';

import type { DirOptions, DirResult } from 'tmp';

/** The folders that are still to be removed when the process ends. */
const remaining = new Set<() => void>();

/**
 * Makes a fresh, private folder in the temp directory, which is removed by `remove` or when the process ends, but not
 * when a signal kills it.
 */
export function temporaryFolder(): { readonly path: string; readonly remove: () => void } {
  // Loaded when it is first needed: few programs need it, and all would wait for it.
  const { dirSync } = createRequire(import.meta.url)('tmp-promise') as { dirSync: (options: DirOptions) => DirResult };
  const folder = dirSync({ prefix: 'tempcache', unsafeCleanup: true, mode: 0o700 });
  if (remaining.size === 0) process.on('exit', removeAll);
  const remove = (): void => {
    if (!remaining.delete(remove)) return;
    if (remaining.size === 0) process.off('exit', removeAll);
    removeQuietly(folder);
  };
  remaining.add(remove);
  return { path: folder.name, remove };
}

function removeAll(): void {
  for (const remove of remaining) remove();
}

/** A folder that somebody else has removed, or filled with what cannot be removed, must not fail the end of a process. */
function removeQuietly(folder: DirResult): void {
  try {
    folder.removeCallback();
  } catch {
    // What is left lies in the temp folder, where it is cleaned up some day.
  }
}
