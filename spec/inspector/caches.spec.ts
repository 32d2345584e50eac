import { afterEach, describe, expect, it } from '@jest/globals';
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { listCaches } from '../../lib/inspector/source.ts';
import { cacheRoot } from '../../lib/options/location.ts';
import { TempCache } from '../../lib/temp-cache.ts';
import { useTempFolders } from '../support/temp-folder.ts';

const tempFolder = useTempFolders();
const before = process.env['TEMPCACHE_DIR'];

afterEach(() => {
  if (before === undefined) delete process.env['TEMPCACHE_DIR'];
  else process.env['TEMPCACHE_DIR'] = before;
});

/** A root with these caches in it, each with one entry. */
function rootWith(...names: string[]): string {
  const root = tempFolder();
  for (const name of names) new TempCache(join(root, name)).itemForKey('key').save('value');
  return root;
}

function namesIn(root?: string): string[] {
  return Array.from(listCaches(root), ({ name }) => name);
}

describe('listCaches', () => {
  it('finds all caches, nested ones too, parents first and by name', () => {
    const root = rootWith('b', 'a/z', 'a', 'deep/er/down', 'a/a/a');
    expect([...listCaches(root)]).toEqual(
      ['a', 'a/a/a', 'a/z', 'b', 'deep/er/down'].map((name) => ({ name, path: join(root, name) })),
    );
  });

  it('gives names that open the caches', () => {
    process.env['TEMPCACHE_DIR'] = rootWith('one', 'two/three');
    expect(cacheRoot()).toBe(process.env['TEMPCACHE_DIR']);
    const values = namesIn().map((name) => new TempCache(name).itemForKey('key').load());
    expect(values).toEqual(['value', 'value']);
  });

  it('leaves out folders that hold no records', () => {
    const root = rootWith('cache');
    mkdirSync(join(root, 'empty'));
    mkdirSync(join(root, 'foreign'));
    writeFileSync(join(root, 'foreign', 'readme.txt'), 'hello');
    writeFileSync(join(root, 'file'), '');
    expect(namesIn(root)).toEqual(['cache']);
  });

  it('takes a folder with a record for a cache, whatever else is in it', () => {
    const root = rootWith('cache');
    writeFileSync(join(root, 'cache', 'readme.txt'), 'hello');
    expect(namesIn(root)).toEqual(['cache']);
  });

  it('calls the root itself by a dot when it holds records', () => {
    const root = rootWith('.', 'below');
    expect([...listCaches(root)][0]).toEqual({ name: '.', path: root });
    expect(namesIn(root)).toEqual(['.', 'below']);
  });

  it('follows no links', () => {
    const root = rootWith('cache');
    symlinkSync(join(root, 'cache'), join(root, 'link'));
    symlinkSync(root, join(root, 'round'));
    expect(namesIn(root)).toEqual(['cache']);
  });

  it('finds nothing where there is nothing', () => {
    expect(namesIn(tempFolder())).toEqual([]);
    expect(namesIn(join(tempFolder(), 'absent'))).toEqual([]);
  });

  it('refuses an unsafe root', () => {
    const root = rootWith('cache');
    chmodSync(root, 0o777);
    expect(() => namesIn(root)).toThrow(expect.objectContaining({ code: 'ERR_TEMPCACHE_UNSAFE_FOLDER', path: root }));
    const link = join(tempFolder(), 'link');
    symlinkSync(rootWith('cache'), link);
    expect(() => namesIn(link)).toThrow('it is a symbolic link');
  });

  it('refuses a root that is no absolute path', () => {
    expect(() => listCaches('caches')).toThrow(expect.objectContaining({ code: 'ERR_INVALID_ARG_VALUE' }));
  });
});
