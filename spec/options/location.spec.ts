import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { locate } from '../../lib/options/location.ts';

const REFUSED = expect.objectContaining({ name: 'TypeError', code: 'ERR_INVALID_ARG_VALUE' });

describe('The folder of a cache', () => {
  let environment: NodeJS.ProcessEnv;
  beforeEach(() => {
    environment = { ...process.env };
    delete process.env['TEMPCACHE_DIR'];
  });
  afterEach(() => {
    process.env = environment;
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

  it.each([[''], [' '], ['\n'], ['.'], ['./'], ['..'], ['../x'], ['a/..'], ['a/../..'], ['a/../b'], ['a\\..\\b']])(
    'is refused for the name %j, which is no folder below the root',
    (name) => {
      expect(() => locate(name)).toThrow(REFUSED);
    },
  );

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
