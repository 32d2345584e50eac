import { describe, expect, it } from '@jest/globals';
import { useScripts } from '../support/script-process.ts';
import { useTempFolders } from '../support/temp-folder.ts';

const start = useScripts();
const tempFolder = useTempFolders();

describe('Threads that ask for one missing value', () => {
  it.each(['sync', 'async'])('through a function that is %s compute it once, round after round', async (kind) => {
    const script = start('compute-in-threads', [`${tempFolder()}/cache`, kind]);
    for (let round = 0; round < 20; round++) {
      expect(await script.next()).toEqual({ values: Array(15).fill(round * 100), runs: 1 });
    }
    expect(await script.ended).toMatchObject({ code: 0, errors: '' });
  });
});
