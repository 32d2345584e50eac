import { describe, expect, it } from '@jest/globals';
import { renameSync, rmSync } from 'node:fs';
import { useScripts } from '../support/script-process.ts';
import { useTempFolders } from '../support/temp-folder.ts';

const start = useScripts();
const tempFolder = useTempFolders();

/** What one process saw. */
interface Report {
  readonly failures: readonly string[];
  readonly told: Readonly<Record<string, number>>;
}

/** Four processes that call while something is done to their folder again and again. */
async function callWhile(disturb: (path: string, round: number) => void): Promise<readonly Report[]> {
  const path = `${tempFolder()}/cache`;
  const callers = Array.from({ length: 4 }, () => start('record-call', [path]));
  for (const caller of callers) expect(await caller.next()).toBe('ready');
  for (let round = 0; round < 60; round++) {
    disturb(path, round);
    // One of them, another one each time, has called all there is once more: so the others are anywhere.
    const caller = callers[round % callers.length];
    caller?.tell('go on');
    await caller?.next();
  }
  for (const caller of callers) caller.tell('stop');
  const reports = (await Promise.all(callers.map(async (caller) => caller.next()))) as Report[];
  for (const caller of callers) expect(await caller.ended).toMatchObject({ code: 0, errors: '' });
  return reports;
}

/** Does something that the callers may be too quick for: a file more in the folder, or no folder at the moment. */
function unless(code: string, change: () => void): void {
  try {
    change();
  } catch (error) {
    if ((error as { code?: string }).code !== code) throw error;
  }
}

describe('While the folder is removed again and again', () => {
  it('every call of four processes gives the right value', async () => {
    const reports = await callWhile((path) =>
      unless('ENOTEMPTY', () => rmSync(path, { recursive: true, force: true })),
    );
    for (const { failures, told } of reports) {
      expect(failures).toEqual([]);
      expect(told).not.toHaveProperty('corrupt');
    }
    // Each of their 30 entries was computed more than once, by whichever of them: it was gone meanwhile.
    const misses = reports.reduce((sum, { told }) => sum + (told['miss'] ?? 0), 0);
    expect(misses).toBeGreaterThan(30);
  });
});

describe('While the folder is renamed away again and again', () => {
  it('every call of four processes gives the right value', async () => {
    const reports = await callWhile((path, round) => unless('ENOENT', () => renameSync(path, `${path}-${round}`)));
    for (const { failures, told } of reports) {
      expect(failures).toEqual([]);
      expect(told).not.toHaveProperty('corrupt');
    }
  });
});
