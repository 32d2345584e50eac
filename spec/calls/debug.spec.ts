import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import process from 'node:process';
import { debugLogFor } from '../../lib/calls/debug.ts';
import { fileStore } from '../../lib/stores/file/file-store.ts';
import { memoryStore } from '../../lib/stores/memory.ts';
import { TempCache } from '../../lib/index.ts';
import { useTempFolders } from '../support/temp-folder.ts';

const newFolder = useTempFolders();
const before = process.env['TEMPCACHE_DEBUG'];
let lines: string[];

beforeEach(() => {
  lines = [];
  jest.spyOn(process.stderr, 'write').mockImplementation((text) => lines.push(String(text)) > 0);
});

afterEach(() => {
  jest.restoreAllMocks();
  if (before === undefined) delete process.env['TEMPCACHE_DEBUG'];
  else process.env['TEMPCACHE_DEBUG'] = before;
});

describe('$TEMPCACHE_DEBUG', () => {
  it('writes a line for each call: how it came to its value, and what that took', async () => {
    process.env['TEMPCACHE_DEBUG'] = '1';
    const cache = new TempCache('prices', { store: fileStore({ path: `${newFolder()}/cache` }) });
    const price = cache.wrap(function price(n: number) {
      if (n < 0) throw new RangeError('too cheap');
      return 'x'.repeat(n);
    });
    price(1);
    price(1);
    expect(() => price(-1)).toThrow(RangeError);
    const time = '[\\d.]+ ms';
    expect(lines).toEqual([
      expect.stringMatching(
        `^tempcache prices: price miss \\(nothing is stored\\), computed in ${time}, \\d+ bytes\n$`,
      ),
      expect.stringMatching(`^tempcache prices: price hit, loaded in ${time}, saved -?${time}, \\d+ bytes\n$`),
      'tempcache prices: price failed: RangeError: too cheap\n',
    ]);
  });

  it('does so over a store that answers with promises', async () => {
    process.env['TEMPCACHE_DEBUG'] = 'true';
    const cache = new TempCache('far', { store: memoryStore({ async: true }) });
    const load = cache.wrap(async () => 1, { name: 'load' });
    await Promise.all([load(), load()]);
    await cache.close();
    expect(lines.map((line) => line.replaceAll(/[\d.]+ /g, '# '))).toEqual([
      expect.stringMatching(/^tempcache far: load /),
      expect.stringMatching(/^tempcache far: load /),
    ]);
    expect(lines.join('')).toMatch(/coalesced with another call/);
  });

  it('writes nothing for a cache that it does not name', () => {
    const names = ['prices', 'users', 'users of shop', '/tmp/a/users'];
    const namedBy = (asked: string): readonly string[] => {
      process.env['TEMPCACHE_DEBUG'] = asked;
      return names.filter((name) => debugLogFor(name) !== undefined);
    };
    expect(namedBy('')).toEqual([]);
    expect(namedBy('0')).toEqual([]);
    expect(namedBy('*')).toEqual(names);
    expect(namedBy('users')).toEqual(['users']);
    expect(namedBy('prices,users*')).toEqual(['prices', 'users', 'users of shop']);
    expect(namedBy('*users')).toEqual(['users', '/tmp/a/users']);
    expect(namedBy('u*s*p')).toEqual(['users of shop']);
    expect(namedBy('userss*s')).toEqual([]);
  });
});
