import { createRequire } from 'node:module';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { keyvStore, toKeyv, type KeyvLike, type KeyvStorage } from '../../lib/peers/keyv.ts';
import { memoryStore } from '../../lib/stores/memory.ts';
import type { Store } from '../../lib/stores/store.ts';
import { TempCache } from '../../lib/temp-cache.ts';
import { bytesOf, idOf, idsOf, NEVER } from '../support/store-suite/use-store.ts';
import { useTempFolders } from '../support/temp-folder.ts';
import { testStore } from '../support/test-store.ts';

interface AnyKeyv extends KeyvLike {
  clear(): Promise<void>;
}

/** Specs are compiled where these packages are not installed, too. */
const require = createRequire(import.meta.url);
const { Keyv } = require('keyv') as { Keyv: new (options?: object) => AnyKeyv };

const tempFolder = useTempFolders();

const BARE = { keepsUses: false, runsOut: false };

testStore(
  'keyvStore over a Map',
  () => {
    const keyv = new Keyv();
    return { store: keyvStore(keyv), other: keyvStore(keyv) };
  },
  BARE,
);

testStore(
  'keyvStore over toKeyv',
  () => {
    const store = toKeyv(new TempCache(tempFolder(), { stats: false }));
    const keyv = new Keyv({ store, namespace: 'some' });
    return { store: keyvStore(keyv), other: keyvStore(keyv) };
  },
  BARE,
);

describe('keyvStore', () => {
  it('leaves other keys alone, and takes what is no text for no record', async () => {
    const keyv = new Keyv();
    await keyv.set('other', 'value');
    await keyv.set(idOf(1), 5 as never);
    const store = keyvStore(keyv);
    await store.set(idOf(0), [bytesOf(10)], NEVER);
    expect([await idsOf(store), await store.get(idOf(1))]).toEqual([[idOf(0)], undefined]);
    expect(await store.clear()).toBe(1);
    expect(await keyv.get('other')).toBe('value');
  });

  it('has Keyv drop what has expired', async () => {
    const asked: unknown[] = [];
    const keyv = {
      get: async () => undefined,
      delete: async () => false,
      set: async (...args: unknown[]) => asked.push(args.at(2)),
    };
    const store = keyvStore(keyv);
    await store.set(idOf(0), [bytesOf(1)], NEVER);
    await store.set(idOf(0), [bytesOf(1)], { expiresAt: Date.now() - 5 });
    await store.set(idOf(0), [bytesOf(1)], { expiresAt: Date.now() + 60_000 });
    expect(asked.slice(0, 2)).toEqual([undefined, 1]);
    expect(asked[2]).toBeGreaterThan(1);
  });

  it('caches where nothing can be listed, and says what cannot be done', async () => {
    const rows = new Map<string, unknown>();
    const map = {
      get: (key: string) => rows.get(key),
      set: (key: string, value: unknown) => rows.set(key, value),
      delete: (key: string) => rows.delete(key),
      clear: () => rows.clear(),
    };
    const cache = new TempCache('any', { store: keyvStore(new Keyv({ store: map })), stats: false });
    const square = cache.wrap(async function square(n: number) {
      return n * n;
    });
    expect([await square(4), (await square.cache.run(4)).status]).toEqual([16, 'hit']);
    await expect(cache.clear()).rejects.toThrow(/cannot list its keys/);
  });

  it('fails a save that Keyv has swallowed', async () => {
    const keyv = { get: async () => undefined, delete: async () => false, set: async () => false };
    await expect(keyvStore(keyv).set(idOf(0), [bytesOf(1)], NEVER)).rejects.toThrow(/Keyv did not store it/);
  });

  it.each([undefined, {}, 'keyv', new Map()])('refuses what is no Keyv: %p', (keyv) => {
    expect(() => keyvStore(keyv as never)).toThrow(/needs a Keyv/);
  });
});

type Test = (t: { readonly expect: typeof expect }) => unknown;

async function assertHolds(test: Test): Promise<void> {
  await test({ expect });
}

/** What the suite of Keyv uses of Vitest. */
const runner = {
  it: (title: string, test: Test) => it(title, async () => assertHolds(test)),
  beforeEach,
  afterEach,
};

type Suite = (test: typeof runner, keyv: typeof Keyv, store: () => KeyvStorage) => void;

const suites = require('@keyv/test-suite') as { readonly default: Suite; readonly keyvIteratorTests: Suite };

const STORES: readonly (readonly [string, () => Store | undefined])[] = [
  ['files', () => undefined],
  ['memory', () => memoryStore()],
  ['a store that answers with promises', () => memoryStore({ async: true })],
];

describe.each(STORES)('The suite of Keyv, over %s:', (_name, make) => {
  let cache: TempCache<Store>;
  beforeEach(() => {
    const store = make();
    cache = new TempCache<Store>(tempFolder(), { stats: false, ...(store && { store }) });
  });
  suites.default(runner, Keyv, () => toKeyv(cache));
  suites.keyvIteratorTests(runner, Keyv, () => toKeyv(cache));
});

describe('toKeyv', () => {
  it('leaves other entries of the cache alone, and keeps what has no ttl beyond the maxAge of the cache', async () => {
    const cache = new TempCache('any', { store: memoryStore(), maxAge: 0 });
    cache.itemForKey('own').save(1);
    const keyv = new Keyv({ store: toKeyv(cache) });
    await keyv.set('key', 'value');
    expect(await keyv.get('key')).toBe('value');
    await keyv.clear();
    expect([await keyv.get('key'), cache.with({ maxAge: '1h' }).itemForKey('own').load()]).toEqual([undefined, 1]);
  });
});
