import { describe, expect, it } from '@jest/globals';
import { join } from 'node:path';
import { memoryStore } from '../../lib/stores/memory.ts';
import { schemeOf } from '../../lib/options/location.ts';
import { pathOfUrl, registerScheme, storeOfUrl } from '../../lib/stores/schemes.ts';
import { sqliteStore } from '../../lib/stores/sqlite/sqlite-store.ts';
import { TempCache } from '../../lib/temp-cache.ts';
import { useTempFolders } from '../support/temp-folder.ts';

const tempFolder = useTempFolders();

describe('The option store', () => {
  it('takes the URL of a store whose entry was imported', () => {
    const path = join(tempFolder(), 'cache.sqlite');
    const url = `sqlite:${path}` as const;
    new TempCache('one', { store: url }).itemForKey(1).save('value');
    const cache = new TempCache('other', { store: url });
    expect([cache.itemForKey(1).load(), cache.path]).toEqual(['value', undefined]);
    expect([...sqliteStore({ path }).entries()]).toHaveLength(1);
  });

  it.each([
    ['redis://localhost', /store "redis:\/\/localhost" is not known: import 'tempcache\/redis' first/],
    ['constructor:x', /is not known: no store has such URLs; there are sqlite, lmdb/],
    ['cache', /option store of TempCache must be a store/],
    ['', /option store of TempCache must be/],
  ])('refuses the text %p', (url, message) => {
    const wrong = expect.objectContaining({
      name: 'TypeError',
      code: 'ERR_INVALID_ARG_VALUE',
      message: expect.stringMatching(message),
    });
    expect(() => new TempCache('one', { store: url as never })).toThrow(wrong);
  });
});

describe('registerScheme', () => {
  it('has URLs lead to a store', () => {
    const store = memoryStore();
    const urls: string[] = [];
    registerScheme('spec', (url) => {
      urls.push(url);
      return store;
    });
    expect([storeOfUrl('SPEC://a/b'), urls]).toEqual([store, ['SPEC://a/b']]);
  });
});

describe('A URL', () => {
  it.each([
    ['sqlite:./a', 'sqlite', './a'],
    ['sqlite:a b', 'sqlite', 'a b'],
    ['sqlite:/a:b', 'sqlite', '/a:b'],
    ['sqlite:///a', 'sqlite', '/a'],
    ['lmdb:~/a', 'lmdb', '~/a'],
    [String.raw`sqlite:C:\a`, 'sqlite', String.raw`C:\a`],
  ])('%s has its scheme and path', (url, scheme, path) => {
    expect([schemeOf(url), pathOfUrl(url)]).toEqual([scheme, path]);
  });

  it.each(['a', '', './a:b', '/a:b', String.raw`C:\a`, ':a'])('is not %p', (text) => {
    expect(schemeOf(text)).toBeUndefined();
  });
});
