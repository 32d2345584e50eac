import { describe, expect, it } from '@jest/globals';
import { useScripts } from '../support/script-process.ts';
import { useTempFolders } from '../support/temp-folder.ts';

const COUNT = 1000;

describe('A process that makes cached functions for as long as it runs', () => {
  const start = useScripts();
  const newFolder = useTempFolders();

  // What is remembered of each, its counts and its last use, is bounded by number.
  it.each(['wrap', 'cacheResult'])('keeps none of them: %s', async (kind) => {
    const script = start('make-closures', [`${newFolder()}/cache`, kind, COUNT], { execArgv: ['--expose-gc'] });
    const { kept, grown } = (await script.next()) as { kept: number; grown: number };
    expect(kept).toBeLessThan(COUNT / 100);
    expect(grown).toBeLessThan(3000);
    expect(await script.ended).toMatchObject({ code: 0, errors: '' });
  });
});
