import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { existsSync, lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { memoryStore } from '../../lib/stores/memory.ts';
import { TempCache } from '../../lib/temp-cache.ts';
import { useTempFolders } from '../support/temp-folder.ts';

const REFUSED = expect.objectContaining({ name: 'TypeError', code: 'ERR_INVALID_ARG_VALUE' });

describe('A new TempCache', () => {
  const folder = useTempFolders();
  const environment = process.env;
  beforeEach(() => {
    process.env = { ...environment, TEMPCACHE_DIR: join(folder(), 'root') };
  });
  afterEach(() => {
    process.env = environment;
  });

  it('creates nothing until something is saved or computed', () => {
    const root = process.env['TEMPCACHE_DIR'] as string;
    const cache = new TempCache('users');
    cache.wrap(() => 1, { name: 'load' });
    cache.itemForKey(1).tryLoad();
    expect([[...cache.items()], cache.clear(), cache.prune().bytes, cache.itemForKey(1).delete()]).toEqual([
      [],
      0,
      0,
      false,
    ]);
    cache.destroy();
    cache.close();
    expect(existsSync(root)).toBe(false);
    const other = new TempCache('users');
    other.itemForKey(1).save(1);
    expect(readdirSync(root)).toEqual(['users']);
    for (const path of [root, join(root, 'users')]) expect(lstatSync(path).mode & 0o777).toBe(0o700);
    expect(lstatSync(other.itemForKey(1).path as string).mode & 0o777).toBe(0o600);
  });

  it('is called tempcache and lives 7 days where nothing is said', () => {
    const cache = new TempCache();
    expect([cache.name, cache.maxAge]).toEqual(['tempcache', 604_800_000]);
    expect(cache.path).toBe(join(process.env['TEMPCACHE_DIR'] as string, 'tempcache'));
  });

  it('has the name as it was given, and the path of the folder', () => {
    const path = folder();
    expect(new TempCache(path)).toMatchObject({ name: path, path });
    expect(new TempCache('app/users')).toMatchObject({ name: 'app/users' });
    expect(new TempCache('users', { store: memoryStore() })).toMatchObject({ name: 'users', path: undefined });
  });

  it('reads the environment once, when it is made', () => {
    const cache = new TempCache('users');
    const { path } = cache;
    process.env['TEMPCACHE_DIR'] = folder();
    process.env['TEMPCACHE_MODE'] = 'off';
    cache.itemForKey(1).save(1);
    expect(cache.itemForKey(1).path).toBe(join(path as string, cache.itemForKey(1).id));
    expect(cache.with({ mode: 'readonly' }).itemForKey(1).load()).toBe(1);
  });

  it('keeps caches of nested names apart', () => {
    const [outer, inner] = [new TempCache('app'), new TempCache('app/users')];
    outer.itemForKey(1).save('outer');
    inner.itemForKey(1).save('inner');
    expect([outer.clear(), inner.itemForKey(1).load()]).toEqual([1, 'inner']);
    outer.itemForKey(1).save('outer');
    outer.destroy();
    expect([outer.itemForKey(1).exists(), inner.itemForKey(1).load()]).toEqual([false, 'inner']);
  });

  it('shares its entries with every other of the same folder', () => {
    const [a, b] = [new TempCache('users'), new TempCache(join(process.env['TEMPCACHE_DIR'] as string, 'users'))];
    a.itemForKey({ id: 1 }).save('value');
    expect(b.itemForKey({ id: 1 }).load()).toBe('value');
    expect(b.clear()).toBe(1);
    expect(a.itemForKey({ id: 1 }).exists()).toBe(false);
  });

  it('shares no entry with one of another salt', () => {
    const [a, b] = [new TempCache('users', { salt: 'a' }), new TempCache('users', { salt: 'b' })];
    a.itemForKey(1).save('a');
    expect(b.itemForKey(1).exists()).toBe(false);
    expect([...b.items()]).toHaveLength(1);
  });

  it.each([[''], ['.'], ['..'], ['a/../../x'], ['a\0b'], ['~other'], [5], [null], [{ maxAge: '1h' }]])(
    'is refused with the name %p, with a store of its own or none',
    (name) => {
      expect(() => new TempCache(name as string)).toThrow(REFUSED);
      if (typeof name === 'string' && name !== '' && !name.includes('\0')) return;
      expect(() => new TempCache(name as string, { store: memoryStore() })).toThrow(REFUSED);
    },
  );

  it.each([
    [{ maxAge: 'soon' }, /maxAge/],
    [{ maxAge: -1 }, /maxAge/],
    [{ maxAge: null }, /maxAge/],
    [{ serializer: 'json' }, /serializer/],
    [{ serializer: {} }, /serializer/],
    [{ salt: 5 }, /salt/],
    [{ mode: 'none' }, /mode of TempCache must be one of on, off, readonly, refresh; it is "none"/],
    [{ onEvent: 'log' }, /onEvent/],
    [{ store: {} }, /store/],
    [{ store: 'redis' }, /store/],
    [{ store: { kind: 'sync' } }, /store/],
    [{ store: null }, /store/],
    [
      { maxage: 5 },
      'TempCache has no option "maxage"; did you mean "maxAge"? It knows maxAge, serializer, types, mode, maxEntryBytes, ' +
        'staleWhileRevalidate, staleIfError, waitTimeout, computeTimeout, captures, env, files, validate, cacheErrors, toStored, fromStored, warnings, salt, onEvent, maxEntries, maxBytes, memory, stats, store',
    ],
    [{ staleWhileRevalidate: -1 }, /staleWhileRevalidate/],
    [{ staleIfError: 'yes' }, /staleIfError/],
    [{ waitTimeout: true }, /waitTimeout/],
    [{ waitTimeout: Number.NaN }, /waitTimeout/],
    [{ computeTimeout: 0 }, /computeTimeout of TempCache must be more than 0 ms/],
    [{ memory: 'yes' }, 'The option memory of TempCache must be true, false or an object; it is "yes"'],
    [{ memory: null }, 'The options of memory must be an object; they are null'],
    [{ memory: { maxEntries: 0 } }, /maxEntries of memory must be/],
    [{ memory: { maxBytes: 'much' } }, /maxBytes of memory must be/],
    [{ memory: { maxAge: -1 } }, /maxAge of memory must be/],
    [{ memory: { share: 1 } }, /share of memory must be true or false; it is 1/],
    [{ memory: { size: 1 } }, 'memory has no option "size"; it knows maxEntries, maxBytes, maxAge, share'],
    [{ maxEntries: 0 }, /maxEntries of TempCache must be a whole number of 1 or more, or Infinity; it is 0/],
    [{ maxEntries: 1.5 }, /maxEntries/],
    [{ maxEntries: '10' }, /maxEntries/],
    [{ maxBytes: 0 }, /maxBytes of TempCache must be more than 0/],
    [{ maxBytes: 'much' }, /maxBytes/],
    [{ maxEntryBytes: -1 }, /maxEntryBytes/],
    [{ stats: 'yes' }, /stats of TempCache must be true or false; it is "yes"/],
    [null, /must be an object/],
    ['1h', /must be an object/],
    [[], /must be an object/],
  ])('is refused with the options %p', (options, message) => {
    expect(() => new TempCache('users', options as object)).toThrow(REFUSED);
    expect(() => new TempCache('users', options as object)).toThrow(message);
  });

  it('leaves its options as they are, and does not look at them again', () => {
    const options = { maxAge: '1h', salt: 'a', mode: 'on' as 'on' | 'off' };
    const cache = new TempCache('users', Object.freeze({ ...options }));
    const mutable = new TempCache('users', options);
    Object.assign(options, { maxAge: 1, salt: 'b', mode: 'off' });
    mutable.itemForKey(1).save(1);
    expect(mutable.maxAge).toBe(3_600_000);
    expect(cache.itemForKey(1).load()).toBe(1);
  });
});

describe('$TEMPCACHE_MODE', () => {
  const environment = process.env;
  afterEach(() => {
    process.env = environment;
  });

  const cacheStore = memoryStore();

  function withMode(mode: string): TempCache {
    process.env = { ...environment, TEMPCACHE_MODE: mode };
    return new TempCache('users', { store: cacheStore, mode: 'on' });
  }

  it('decides over the options of the cache, of with() and of functions', () => {
    const cache = withMode('off');
    process.env = environment;
    let calls = 0;
    const count = cache.wrap(() => ++calls, { name: 'count', mode: 'on' });
    const again = cache.with({ mode: 'refresh' }).wrap(() => ++calls, { name: 'again', mode: 'on' });
    expect([count(), count(), again(), again(), cache.cacheResult(count)]).toEqual([1, 2, 3, 4, 5]);
    expect(cache.with({ mode: 'on' }).itemForKey(1).trySave(1)).toBe(false);
    expect([...new TempCache('users', { store: cacheStore }).items()]).toEqual([]);
  });

  it('is refused when it is no mode, and so is a wrong option that it would decide over', () => {
    expect(() => withMode('none')).toThrow(
      /^\$TEMPCACHE_MODE must be one of on, off, readonly, refresh; it is "none"$/,
    );
    expect(() => withMode('ON')).toThrow(REFUSED);
    process.env = { ...environment, TEMPCACHE_MODE: 'off' };
    expect(() => new TempCache('users', { mode: 'none' as 'on' })).toThrow(/The option mode/);
  });

  it('is nothing when it is empty', () => {
    const cache = withMode('');
    cache.itemForKey(1).save(1);
    expect(cache.itemForKey(1).load()).toBe(1);
  });
});
