import { describe, expect, it } from '@jest/globals';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { useScripts } from '../support/script-process.ts';
import { useTempFolders } from '../support/temp-folder.ts';

const tempFolder = useTempFolders();
const start = useScripts();

/** Removes a folder as often as it can until the work has ended; the writers may be quicker than the removal. */
async function removeUntil(work: Promise<unknown>, path: string): Promise<number> {
  const state = { isOver: false };
  void work.finally(() => (state.isOver = true)).catch(() => undefined);
  let removed = 0;
  while (!state.isOver) {
    try {
      rmSync(path, { recursive: true, force: true });
      removed++;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOTEMPTY') throw error;
    }
    await new Promise(setImmediate);
  }
  return removed;
}

describe('Stores of two processes', () => {
  it.each(['folder', 'root'])('go on while their %s is removed again and again', async (what) => {
    const root = join(tempFolder(), 'root');
    const path = join(root, 'folder');
    const scripts = [1, 2].map((seed) => start('hammer', [path, seed, { root, rounds: 500 }]));
    const said = Promise.all(scripts.map(async (script) => script.next()));
    expect(await removeUntil(said, what === 'root' ? root : path)).toBeGreaterThan(0);
    for (const failures of (await said) as string[][]) {
      // Three removals in the middle of one save are told to the caller, with the cause; nothing else is.
      expect(failures.filter((failure) => !failure.startsWith('StoreError: Cannot'))).toEqual([]);
      expect(failures.filter((failure) => !failure.includes(': ENOENT'))).toEqual([]);
    }
    for (const { ended } of scripts) expect(await ended).toMatchObject({ code: 0 });
  });
});
