import { describe, expect, it } from '@jest/globals';
import { setTimeout } from 'node:timers/promises';
import { useScripts } from '../support/script-process.ts';
import { useTempFolders } from '../support/temp-folder.ts';

const start = useScripts();
const tempFolder = useTempFolders();

describe('While two processes replace one entry', () => {
  it('a third one always loads a whole value of one of them, and never finds nothing', async () => {
    const path = `${tempFolder()}/cache`;
    const writers = [1, 2].map((writer) => start('record-replace', [path, writer]));
    for (const writer of writers) expect(await writer.next()).toBe('ready');
    const watcher = start('record-watch', [path]);
    expect(await watcher.next()).toBe('ready');
    await setTimeout(2000);
    watcher.tell('stop');
    const seen = (await watcher.next()) as { whole: number };
    for (const writer of writers) {
      writer.tell('stop');
      expect(await writer.next()).toBeGreaterThan(10);
    }
    expect(seen).toEqual({
      whole: expect.any(Number),
      others: 0,
      missing: 0,
      writers: [1, 2],
      told: { hit: seen.whole },
    });
    expect(seen.whole).toBeGreaterThan(10);
    for (const { ended } of [...writers, watcher]) expect(await ended).toMatchObject({ code: 0, errors: '' });
  });
});
