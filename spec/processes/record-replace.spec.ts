import { describe, expect, it } from '@jest/globals';
import { useScripts } from '../support/script-process.ts';
import { useTempFolders } from '../support/temp-folder.ts';

const start = useScripts();
const tempFolder = useTempFolders();

describe('While two processes replace one entry', () => {
  it('a third one always loads a whole value of one of them, and never finds nothing', async () => {
    const path = `${tempFolder()}/cache`;
    const writers = [1, 2].map((writer) => start('record-replace', [path, writer]));
    for (const writer of writers) expect(await writer.next()).toBe('ready');
    const watcher = start('record-watch', [path, { 1: 100, 2: 100 }]);
    const { whole, ...seen } = (await watcher.next()) as { whole: number };
    expect(seen).toEqual({ others: 0, missing: 0, writers: ['1', '2'], told: { hit: whole } });
    for (const writer of writers) writer.tell('stop');
    for (const { ended } of [...writers, watcher]) expect(await ended).toMatchObject({ code: 0, errors: '' });
  });
});
