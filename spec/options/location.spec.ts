import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import * as node from 'node:os';
import { dirname, join } from 'node:path';
import { stubModule } from '../support/stubbed-module.ts';

const os = stubModule('node:os', node);
const { homeIfAny, locate } = await import('../../lib/options/location.ts');
const { homedir, tmpdir } = node;

const REFUSED = expect.objectContaining({ name: 'TypeError', code: 'ERR_INVALID_ARG_VALUE' });

describe('The folder of a cache', () => {
  let environment: NodeJS.ProcessEnv;
  beforeEach(() => {
    environment = { ...process.env };
    delete process.env['TEMPCACHE_DIR'];
  });
  afterEach(() => {
    process.env = environment;
    jest.restoreAllMocks();
  });

  it('lies for a name below a root of the user in the temp folder', () => {
    const root = join(tmpdir(), `tempcache-${process.getuid?.()}`);
    expect(locate('users')).toEqual({ path: join(root, 'users'), root });
    expect(locate('app/users')).toEqual({ path: join(root, 'app', 'users'), root });
    expect(locate('users/')).toEqual(locate('users'));
    expect(locate('app//./users')).toEqual(locate('app/users'));
  });

  it('lies below $TEMPCACHE_DIR where that is given', () => {
    process.env['TEMPCACHE_DIR'] = '/var/cache/mine/';
    expect(locate('users')).toEqual({ path: '/var/cache/mine/users', root: '/var/cache/mine' });
    process.env['TEMPCACHE_DIR'] = '~/caches';
    expect(locate('users')).toEqual({ path: join(homedir(), 'caches/users'), root: join(homedir(), 'caches') });
    process.env['TEMPCACHE_DIR'] = '/';
    expect(locate('users')).toEqual({ path: '/users', root: '/' });
  });

  it('lies in the temp folder where $TEMPCACHE_DIR is empty', () => {
    const { path } = locate('users');
    process.env['TEMPCACHE_DIR'] = '';
    expect(locate('users').path).toBe(path);
  });

  it.each([['caches'], ['./caches'], ['../caches'], ['~other/caches'], [' '], ['/a\0b']])(
    'is refused where $TEMPCACHE_DIR is %j, for it would be another one in each working directory, or none',
    (root) => {
      const assigned = { ...process.env, TEMPCACHE_DIR: root };
      process.env = assigned;
      expect(() => locate('users')).toThrow(REFUSED);
    },
  );

  it('is an absolute path itself, whatever $TEMPCACHE_DIR says', () => {
    process.env['TEMPCACHE_DIR'] = 'relative';
    expect(locate('/srv/cache')).toEqual({ path: '/srv/cache' });
    expect(locate('/srv/x/../cache/')).toEqual({ path: '/srv/cache' });
    expect(locate('~/cache')).toEqual({ path: join(homedir(), 'cache') });
    expect(locate('~')).toEqual({ path: homedir() });
  });

  it.each([[''], [' '], ['\n'], ['.'], ['..'], ['a/..'], ['a/../..'], ['a/../b'], ['a\\..\\b']])(
    'is refused for the name %j, which is no folder below the root',
    (name) => {
      expect(() => locate(name)).toThrow(REFUSED);
    },
  );

  it('is a path from the working directory where the name begins with that, whatever $TEMPCACHE_DIR says', () => {
    process.env['TEMPCACHE_DIR'] = '/var/cache';
    const here = process.cwd();
    expect(locate('./.cache')).toEqual({ path: join(here, '.cache') });
    expect(locate('../.cache/x/')).toEqual({ path: join(dirname(here), '.cache', 'x') });
    expect(locate('./x/../y')).toEqual({ path: join(here, 'y') });
    expect(locate('.cache')).toEqual({ path: '/var/cache/.cache', root: '/var/cache' });
  });

  it.each([
    ['gives none', () => ''],
    ['gives one that is relative', () => 'here'],
    [
      'does not know the user',
      () => {
        throw Object.assign(new Error('uv_os_homedir returned ENOENT'), { name: 'SystemError' });
      },
    ],
  ])('is refused below a home folder where the system %s', (_, answer: () => string) => {
    jest.spyOn(os, 'homedir').mockImplementation(answer);
    expect(homeIfAny()).toBeUndefined();
    const refusal = expect.objectContaining({
      code: 'ERR_INVALID_ARG_VALUE',
      message: expect.stringMatching(/set \$HOME/),
    });
    expect(() => locate('~/x')).toThrow(refusal);
    process.env['TEMPCACHE_DIR'] = '~/c';
    expect(() => locate('x')).toThrow(refusal);
  });

  it('is refused for a name or a path that is longer than file systems take, counted in bytes', () => {
    for (const longest of ['a'.repeat(255), 'ä'.repeat(127), `/srv/${'a/'.repeat(1900)}`]) locate(longest);
    for (const name of ['a'.repeat(300), 'ä'.repeat(128), `a/${'b'.repeat(256)}/c`, `/srv/${'a/'.repeat(2000)}`]) {
      expect(() => locate(name)).toThrow(/is too long/);
      expect(() => locate(name)).toThrow(REFUSED);
    }
  });

  it.each([['a\0b'], ['\0'], ['~other'], ['~other/x'], [undefined], [null], [5], [{}], [['users']], [Symbol('users')]])(
    'is refused for %p',
    (name) => {
      expect(() => locate(name as string)).toThrow(REFUSED);
    },
  );

  it('stays below the root for names that mean something on other systems', () => {
    for (const name of ['C:\\temp', 'C:', '\\\\server\\share', 'CON', '%TEMP%', '$HOME', 'a:b', '-rf', '...', '* ']) {
      expect(locate(name).path).toBe(join(tmpdir(), `tempcache-${process.getuid?.()}`, name));
    }
  });
});
