import { describe, expect, it } from '@jest/globals';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { TempCache } from '../../../lib/temp-cache.ts';
import { command } from '../../support/command.ts';
import { storeOf } from '../../support/store-of.ts';
import { useTempFolders } from '../../support/temp-folder.ts';

const tempFolder = useTempFolders();

/** A root with a cache of that name, and a path beside it. */
function filled(name: string): { readonly root: string; readonly beside: (file: string) => string } {
  const folder = tempFolder();
  const root = join(folder, 'root');
  const cache = new TempCache(join(root, name), { stats: false });
  for (const n of [1, 2, 3]) cache.cacheResult({ name: 'square' }, (m: number) => m * m, n);
  cache.itemForKey('own').save(1);
  cache.close();
  return { root, beside: (file) => join(folder, file) };
}

describe('tempcache copy', () => {
  it.each(['sqlite', 'lmdb'])('copies a cache into a store and back: %s', async (kind) => {
    const { root, beside } = filled('demo');
    const path = beside(`demo.${kind}`);
    const url = `${kind}:${path}`;
    expect(await command(['copy', 'demo', url, '--dir', root])).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^Copied 4 entries \(.*B\)\.\n$/),
    });
    expect(new TempCache('any', storeOf(path)).itemForKey('own').load()).toBe(1);
    expect(await command(['copy', 'demo', url, '--dir', root])).toMatchObject({
      out: expect.stringMatching(/^Copied 0 entries \(0 B\), 4 kept that were as new\.\n$/),
    });
    expect(await command(['copy', url, 'again', '--dir', root, '-f', 'square', '--json'])).toMatchObject({ code: 0 });
    const { out } = await command(['ls', 'again', '--dir', root, '--json']);
    expect(JSON.parse(out)).toMatchObject({ total: 3 });
  });
});

describe('tempcache export and import', () => {
  it('carry a cache in one file', async () => {
    const { root, beside } = filled('demo');
    const file = beside('demo.tempcache');
    expect(await command(['export', 'demo', file, '--dir', root])).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^Exported 4 entries/),
    });
    expect(await command(['import', file, beside('other')])).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^Imported 4 entries/),
    });
    expect(new TempCache(beside('other')).itemForKey('own').load()).toBe(1);
  });

  it('tell of a file that is no archive, and of a cache that is not there', async () => {
    const { root, beside } = filled('demo');
    writeFileSync(beside('text'), 'some text, and nothing else');
    const failed = (message: RegExp): object => ({ code: 1, out: '', err: expect.stringMatching(message) });
    expect(await command(['import', beside('text'), 'new', '--dir', root])).toEqual(failed(/is no archive/));
    expect(await command(['export', 'none', beside('file'), '--dir', root])).toEqual(
      failed(/There is no cache "none"/),
    );
  });

  it.each([['copy'], ['export'], ['import']])('need two names: %s', async (name) => {
    expect(await command([name, 'one'])).toMatchObject({ code: 2, out: '' });
    expect(await command([name, 'one', 'two', 'three'])).toMatchObject({ code: 2, out: '' });
  });
});
