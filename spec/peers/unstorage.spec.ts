import { createRequire } from 'node:module';
import { describe, expect, it } from '@jest/globals';
import { tempcacheDriver, type UnstorageDriver } from '../../lib/peers/unstorage.ts';
import { memoryStore } from '../../lib/stores/memory.ts';
import type { Store } from '../../lib/stores/store.ts';
import { TempCache } from '../../lib/temp-cache.ts';
import { useClock } from '../support/clock.ts';
import { useTempFolders } from '../support/temp-folder.ts';

/** What is used of a storage. */
interface Storage {
  setItem(key: string, value: unknown, options?: object): Promise<void>;
  getItem(key: string): Promise<unknown>;
  setItemRaw(key: string, value: unknown): Promise<void>;
  getItemRaw(key: string): Promise<unknown>;
  hasItem(key: string): Promise<boolean>;
  removeItem(key: string): Promise<void>;
  getMeta(key: string): Promise<object>;
  getKeys(base?: string): Promise<string[]>;
  clear(base?: string): Promise<void>;
  mount(base: string, driver: UnstorageDriver): Storage;
}

/** Specs are compiled where this package is not installed, too. */
const require = createRequire(import.meta.url);
const { createStorage } = require('unstorage') as { createStorage: (options?: object) => Storage };

const tempFolder = useTempFolders();
const clock = useClock();

const STORES: readonly (readonly [string, () => Store | undefined])[] = [
  ['files', () => undefined],
  ['memory', () => memoryStore()],
  ['a store that answers with promises', () => memoryStore({ async: true })],
];

describe.each(STORES)('A storage of unstorage over %s', (_name, make) => {
  const open = (): { readonly storage: Storage; readonly cache: TempCache<Store> } => {
    const store = make();
    const cache = new TempCache<Store>(tempFolder(), { stats: false, ...(store && { store }) });
    return { storage: createStorage({ driver: tempcacheDriver(cache) }), cache };
  };

  it('keeps items, raw ones too', async () => {
    const { storage } = open();
    expect([await storage.getItem('a:b'), await storage.hasItem('a:b'), await storage.getItemRaw('a:b')]).toEqual([
      null,
      false,
      null,
    ]);
    await storage.setItem('a:b', 5);
    await storage.setItem('a:c', 'text');
    await storage.setItemRaw('raw', new Uint8Array([1, 2, 3]));
    expect([await storage.getItem('a:b'), await storage.getItem('a:c')]).toEqual([5, 'text']);
    expect(await storage.getItemRaw('raw')).toEqual(new Uint8Array([1, 2, 3]));
    expect(await storage.hasItem('a:b')).toBe(true);
    await storage.removeItem('a:b');
    expect(await storage.getItem('a:b')).toBeNull();
  });

  it('lists and clears by the beginnings of keys, and leaves other entries of the cache alone', async () => {
    const { storage, cache } = open();
    await cache.itemForKey('own').save(1);
    for (const key of ['a:1', 'a:2', 'b:1']) await storage.setItem(key, key);
    expect((await storage.getKeys()).toSorted((one, other) => one.localeCompare(other))).toEqual(['a:1', 'a:2', 'b:1']);
    expect(await storage.getKeys('b')).toEqual(['b:1']);
    await tempcacheDriver(cache).clear('a');
    expect(await storage.getKeys()).toEqual(['b:1']);
    await storage.clear();
    expect([await storage.getKeys(), await cache.itemForKey('own').load()]).toEqual([[], 1]);
  });

  it('can be mounted', async () => {
    const { cache } = open();
    const storage = createStorage().mount('cache', tempcacheDriver(cache));
    await storage.setItem('cache:a', 1);
    await storage.setItem('elsewhere', 2);
    expect([await storage.getItem('cache:a'), await storage.getKeys('cache')]).toEqual([1, ['cache:a']]);
    expect(await tempcacheDriver(cache).getKeys()).toEqual(['a']);
  });

  it('ends items by their ttl, in seconds, and by nothing else', async () => {
    const { storage } = open();
    await storage.setItem('short', 1, { ttl: 10 });
    await storage.setItem('long', 2);
    expect(await storage.getMeta('long')).toMatchObject({ mtime: new Date(clock.now) });
    clock.now += 9999;
    expect(await storage.getItem('short')).toBe(1);
    clock.now += 30 * 86_400_000;
    expect([await storage.getItem('short'), await storage.getItem('long')]).toEqual([null, 2]);
  });
});
