import { describe, expect, it } from '@jest/globals';
import { join } from 'node:path';
import { TempCache } from '../../lib/temp-cache.ts';
import { command } from '../support/command.ts';
import { storeOf } from '../support/store-of.ts';
import { useTempFolders } from '../support/temp-folder.ts';

const tempFolder = useTempFolders();

/** A store with some entries, and the id of one. */
function filled(kind: string): { readonly url: string; readonly id: string } {
  const path = join(tempFolder(), `cache.${kind}`);
  const cache = new TempCache('any', storeOf(path));
  const square = cache.wrap(function square(n: number) {
    return n * n;
  });
  for (const n of [1, 2, 3, 3]) square(n);
  const { id } = square.cache.itemFor(3);
  cache.close();
  return { url: `${kind}:${path}`, id };
}

async function json(argv: readonly string[]): Promise<unknown> {
  const { out } = await command([...argv, '--json']);
  return JSON.parse(out) as unknown;
}

describe.each(['sqlite', 'lmdb'])('The command with --store %s:', (kind) => {
  it('lists, shows and removes entries', async () => {
    const { url, id } = filled(kind);
    expect(await json(['ls', '--store', url])).toMatchObject({ cache: url, total: 3 });
    expect(await json(['show', id.slice(0, 12), '--store', url])).toMatchObject({ value: 9 });
    expect(await json(['stats', '--store', url])).toMatchObject({
      functions: [{ name: 'square', hits: 1, misses: 3 }],
    });
    expect(await json(['verify', '--store', url])).toMatchObject({ damaged: 0 });
    expect(await command(['rm', id, '--store', url])).toMatchObject({ code: 0, out: 'Removed 1 entry.\n' });
    expect(await json(['prune', '--store', url])).toMatchObject({ expired: 0 });
    expect(await command(['clear', '--yes', '--store', url])).toMatchObject({ code: 0, out: 'Removed 2 entries.\n' });
    expect(await json(['ls', url])).toMatchObject({ total: 0 });
  });

  it('says where it does not go', async () => {
    const { url } = filled(kind);
    for (const argv of [
      ['doctor', '--store', url],
      ['path', '--store', url],
      ['ls', 'demo', '--store', url],
    ]) {
      expect(await command(argv)).toMatchObject({ code: 2, out: '' });
    }
  });
});

describe('The command', () => {
  it.each([
    [['ls', '--store', 'redis://localhost'], /works on stores with sqlite: or lmdb:, not on "redis:\/\/localhost"/],
    [['ls', '--store', 'demo'], /--store needs a URL such as sqlite:.\/file, not "demo"/],
    [['show', 'abcd', '-c', 'demo', '--store', 'sqlite:x'], /Give the name of a cache or --store/],
  ])('refuses %p', async (argv, message) => {
    expect(await command(argv)).toEqual({ code: 2, out: '', err: expect.stringMatching(message) });
  });
});
