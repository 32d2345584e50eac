import { describe, expect, it } from '@jest/globals';
import { join } from 'node:path';
import { useScripts } from '../support/script-process.ts';
import { useTempFolders } from '../support/temp-folder.ts';

type Ids = Readonly<Record<string, string>>;

describe('A second process', () => {
  const start = useScripts();
  const folder = useTempFolders();

  it('gives calls the same ids, and other ids to a function that was edited', async () => {
    const processes = [start('function-ids', [false]), start('function-ids', [false]), start('function-ids', [true])];
    const [first, second, edited] = (await Promise.all(processes.map((script) => script.next()))) as [Ids, Ids, Ids];
    expect(second).toEqual(first);
    expect(new Set(Object.values(first)).size).toBe(Object.keys(first).length);
    const changed = Object.keys(first).filter((name) => edited[name] !== first[name]);
    expect(changed).toEqual(['load', 'deps']);
  });

  it('is served what the first has computed', async () => {
    const path = join(folder(), 'cache');
    const first = (await start('cached-load', [path, 7]).next()) as { pid: number };
    const second = await start('cached-load', [path, 7]).next();
    const value = { user: 7, by: first.pid };
    expect(first).toMatchObject({ value, again: value, events: ['miss', 'save', 'hit'] });
    expect(second).toMatchObject({ value, again: value, events: ['hit', 'hit'] });
  });
});
