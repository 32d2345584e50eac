import { describe, expect, it } from '@jest/globals';
import { TempCache } from '../../lib/temp-cache.ts';
import { useScripts } from '../support/script-process.ts';
import { useTempFolders } from '../support/temp-folder.ts';

const start = useScripts();
const tempFolder = useTempFolders();

describe('A process that keeps values in memory', () => {
  it('never serves one that another process has replaced or removed before', async () => {
    const path = `${tempFolder()}/cache`;
    const item = new TempCache(path).itemForKey('key');
    const reader = start('memory-read', [path]);
    expect(await reader.next()).toBe('ready');
    for (let round = 0; round < 300; round++) {
      if (round % 7 === 0) item.delete();
      else item.save(round);
      const expected = round % 7 === 0 ? 'absent' : round;
      reader.tell(round % 20 === 19 ? 60 : 0);
      expect(await reader.next()).toEqual([expected, expected, expected]);
    }
    reader.tell('stop');
    expect(await reader.ended).toMatchObject({ code: 0, errors: '' });
  });
});
