import { describe, expect, it } from '@jest/globals';
import { readFileSync, writeFileSync } from 'node:fs';
import { entryFiles } from '../support/entry-files.ts';
import { useScripts } from '../support/script-process.ts';
import { useTempFolders } from '../support/temp-folder.ts';

const ROUNDS = 50;
const start = useScripts();
const tempFolder = useTempFolders();

describe('Eight processes that call for one missing value, three times each', () => {
  it.each([
    ['synchronous functions', ['sync'], 'function'],
    ['asynchronous functions', ['async'], 'function'],
    ['functions that answer with promises', ['promise'], 'function'],
    ['an item and functions of all kinds', ['sync', 'async', 'promise'], 'item'],
  ])('through %s compute it once and all have it, round after round', async (_what, kinds, through) => {
    const folder = tempFolder();
    const [path, log] = [`${folder}/cache`, `${folder}/log`];
    writeFileSync(log, '');
    const callers = Array.from({ length: 8 }, (_, n) =>
      start('compute-rounds', [path, log, kinds[n % kinds.length], through]),
    );
    for (const caller of callers) expect(await caller.next()).toBe('ready');
    for (let round = 0; round < ROUNDS; round++) {
      for (const caller of callers) caller.tell(round);
      const answers = (await Promise.all(callers.map(async (caller) => caller.next()))).flat();
      expect(answers).toHaveLength(24);
      expect(answers).toEqual(Array(24).fill(answers[0]));
      expect(answers[0]).toMatchObject({ round });
    }
    const runs = readFileSync(log, 'utf8').trim().split(' ').map(Number);
    expect(runs).toEqual(Array.from({ length: ROUNDS }, (_, round) => round));
    for (const caller of callers) caller.tell('end');
    for (const caller of callers) expect(await caller.ended).toMatchObject({ code: 0, errors: '' });
    expect(entryFiles(path)).toHaveLength(ROUNDS);
  });
});
