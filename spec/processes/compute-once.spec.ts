import { describe, expect, it } from '@jest/globals';
import { writeFileSync } from 'node:fs';
import { entryFiles } from '../support/entry-files.ts';
import { expectOneRunEachRound } from '../support/rounds.ts';
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
    await expectOneRunEachRound(callers, { log, rounds: ROUNDS });
    expect(entryFiles(path)).toHaveLength(ROUNDS);
  });
});
