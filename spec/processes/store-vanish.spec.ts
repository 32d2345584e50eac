import { describe, expect, it } from '@jest/globals';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { useScripts } from '../support/script-process.ts';
import { useTempFolders } from '../support/temp-folder.ts';

const tempFolder = useTempFolders();
const start = useScripts();

/** Removes a folder for a while, as often as it can; the writers may be quicker than the removal. */
async function removeAgainAndAgain(path: string, ms: number): Promise<number> {
  const end = performance.now() + ms;
  let removed = 0;
  while (performance.now() < end) {
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
    const scripts = [1, 2].map((seed) => start('hammer', [path, seed, root]));
    for (const script of scripts) expect(await script.next()).toBe('ready');
    expect(await removeAgainAndAgain(what === 'root' ? root : path, 1500)).toBeGreaterThan(0);
    for (const script of scripts) script.tell('stop');
    for (const script of scripts) {
      const { failures, rounds } = (await script.next()) as { failures: string[]; rounds: boolean };
      // Three removals in the middle of one save are told to the caller, with the cause; nothing else is.
      expect(failures.filter((failure) => !failure.startsWith('StoreError: Cannot'))).toEqual([]);
      expect(failures.filter((failure) => !failure.includes(': ENOENT'))).toEqual([]);
      expect(rounds).toBe(true);
      expect(await script.ended).toMatchObject({ code: 0 });
    }
  });
});
