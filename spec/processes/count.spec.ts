import { describe, expect, it } from '@jest/globals';
import { fileStore } from '../../lib/stores/file/file-store.ts';
import { useScripts } from '../support/script-process.ts';
import { useTempFolders } from '../support/temp-folder.ts';

const start = useScripts();
const tempFolder = useTempFolders();

describe('Four processes that count together', () => {
  it('lose no change', async () => {
    const [path, times] = [`${tempFolder()}/cache`, 3000];
    const store = fileStore({ path });
    store.set('a'.repeat(64), [new Uint8Array(1)], { expiresAt: Infinity });
    store.recount({ entries: 10, bytes: 100 });
    const writers = [1, 2, 3, 4].map(() => start('count-together', [path, times]));
    for (const writer of writers) expect(await writer.next()).toBe('ready');
    for (const writer of writers) writer.tell('go');
    for (const writer of writers) expect(((await writer.next()) as { entries: number }).entries).toBeGreaterThan(times);
    const all = { entries: 10 + 4 * times, bytes: 100 + 2 * times * (times + 1) };
    expect(store.count({ entries: 0, bytes: 0 })).toEqual(all);
    store.close();
  });
});
