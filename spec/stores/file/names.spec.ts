import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { mkdirSync, symlinkSync } from 'node:fs';
import * as node from 'node:os';
import { join } from 'node:path';
import { breakerName, kindOfName, leaseName, tempName, writerOfTemp } from '../../../lib/stores/file/names.ts';
import { writerToken } from '../../../lib/stores/file/writer.ts';
import { idOf, NEVER } from '../../support/store-suite/use-store.ts';
import { stubModule } from '../../support/stubbed-module.ts';
import { useTempFolders } from '../../support/temp-folder.ts';

const os = stubModule('node:os', node);
const { fileStore } = await import('../../../lib/stores/file/file-store.ts');
const { TempCache } = await import('../../../lib/temp-cache.ts');

const tempFolder = useTempFolders();

afterEach(() => {
  jest.restoreAllMocks();
});

describe('Names of files', () => {
  it('tell what they stand for', () => {
    const lease = leaseName(idOf(0));
    const breaker = breakerName(lease, writerToken());
    expect(kindOfName(idOf(0))).toBe('record');
    expect(kindOfName(tempName(writerToken(), 'z1'))).toBe('temp');
    expect(kindOfName(tempName(writerToken(), 'owner'))).toBe('temp');
    expect([lease, breaker, breakerName(breaker, 'x')].map(kindOfName)).toEqual(['lock', 'lock', 'lock']);
  });

  it('tell the writer of a temporary file', () => {
    const writer = writerToken();
    expect(writerOfTemp(tempName(writer, 'z1'))).toBe(`${writer}-z1`);
    expect(writerOfTemp(idOf(0))).toBe('');
  });

  it('differ for breakers of different locks or holders', () => {
    const names = [breakerName('a', 'b'), breakerName('a', 'c'), breakerName('c', 'b'), breakerName('a\nb', '')];
    expect(new Set(names).size).toBe(4);
  });
});

describe('The path of a record', () => {
  it('lies in the folder', () => {
    const path = tempFolder();
    expect(fileStore({ path }).pathOf(idOf(0))).toBe(join(path, idOf(0)));
  });

  const noIds = [
    '',
    'a',
    '../x',
    `../${idOf(0)}`,
    `${idOf(0)}\n`,
    `${idOf(0)}\0`,
    idOf(0).toUpperCase(),
    `${idOf(0)}0`,
  ];

  it.each([...noIds, undefined, 7, {}])('is refused for anything but an id: %j', (id) => {
    const store = fileStore({ path: join(tempFolder(), 'folder') });
    const refusal = expect.objectContaining({ name: 'TypeError', code: 'ERR_INVALID_ARG_VALUE' });
    const calls = ['pathOf', 'get', 'peek', 'delete'] as const;
    for (const call of calls) expect(() => store[call](id as string)).toThrow(refusal);
    expect(() => store.set(id as string, [], NEVER)).toThrow(refusal);
    expect(() => store.lease(id as string, 1000)).toThrow(refusal);
  });
});

describe('The folder of a file store', () => {
  it.each(['', 'relative', './relative', '~/home', '/nul\0', undefined, 7])(
    'is refused unless absolute: %j',
    (path) => {
      const refusal = expect.objectContaining({ name: 'TypeError', code: 'ERR_INVALID_ARG_VALUE' });
      expect(() => fileStore({ path: path as string })).toThrow(refusal);
      if (path !== undefined) expect(() => fileStore({ path: '/tmp/x', root: path as string })).toThrow(refusal);
    },
  );

  it.each(['/tmp', '/tmp/roots', '/tmp/root/../x', '/'])('is refused unless it is below its root: %s', (path) => {
    expect(() => fileStore({ path, root: '/tmp/root' })).toThrow(/must lie below its root/);
  });

  it('may be the root itself, or have a name that begins with two dots', () => {
    expect(fileStore({ path: '/tmp/root/', root: '/tmp/root' }).path).toBe('/tmp/root');
    expect(fileStore({ path: '/tmp/root/..x/./y', root: '/tmp/root' }).scope).toBe('/tmp/root/..x/y');
  });

  it('is not the root of the file system, nor the home folder, in whatever way it is spelled', () => {
    const base = tempFolder();
    const home = join(base, 'home');
    mkdirSync(home);
    symlinkSync(home, join(base, 'link'));
    symlinkSync('/', join(base, 'root'));
    jest.spyOn(os, 'homedir').mockReturnValue(join(base, 'link'));
    const refusal = expect.objectContaining({ name: 'TypeError', code: 'ERR_INVALID_ARG_VALUE' });
    for (const path of [home, `${home}/`, `${home}/../home`, `${base}/link`, '/', '//', '/tmp/..', `${base}/root`]) {
      expect(() => fileStore({ path })).toThrow(refusal);
      expect(() => new TempCache(path)).toThrow(refusal);
    }
    for (const path of ['~', '~/', '~/x/..']) expect(() => new TempCache(path)).toThrow(refusal);
    expect(() => fileStore({ path: home, root: base })).toThrow(refusal);
    expect(new TempCache('~/cache').path).toBe(join(base, 'link', 'cache'));
  });

  it('has one scope for all ways to its folder, whether it is there or not', () => {
    const real = join(tempFolder(), 'real');
    mkdirSync(real);
    symlinkSync(real, join(real, '..', 'link'));
    const scopes = ['real', 'link', 'real/../link'].map(
      (way) => fileStore({ path: join(real, '..', way, 'cache') }).scope,
    );
    expect(scopes).toEqual([join(real, 'cache'), join(real, 'cache'), join(real, 'cache')]);
  });
});
