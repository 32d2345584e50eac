import { describe, expect, it } from '@jest/globals';
import { join } from 'node:path';
import { CacheInspector } from '../../lib/inspector/inspector.ts';
import { mapStore } from '../../lib/stores/map-store.ts';
import { memoryStore } from '../../lib/stores/memory.ts';
import { sqliteStore } from '../../lib/stores/sqlite/sqlite-store.ts';
import type { SyncStore } from '../../lib/stores/store.ts';
import { TempCache } from '../../lib/temp-cache.ts';
import { countTo } from '../support/inspected.ts';
import { useTempFolders } from '../support/temp-folder.ts';

const tempFolder = useTempFolders();

const STORES: readonly (readonly [string, () => SyncStore])[] = [
  ['memory', memoryStore],
  ['a map', () => mapStore(new Map())],
  ['SQLite', () => sqliteStore({ path: join(tempFolder(), 'cache.sqlite') })],
];

describe.each(STORES)('An inspector of a store: %s', (_name, make) => {
  it('tells what is in it, reads, verifies and removes', () => {
    const store = make();
    let now = Date.now();
    const cache = new TempCache('any', { store, stats: false, maxAge: '1h' });
    const square = cache.wrap(function square(n: number) {
      return n * n;
    });
    for (let n = 0; n < 5; n++) square(n);
    const run = cache.wrap(countTo, { name: 'countTo' });
    expect([...run(1500)]).toHaveLength(1500);
    const inspector = new CacheInspector('any', { store, clock: () => now });
    expect([inspector.exists(), inspector.summary().entries]).toEqual([true, 6]);
    expect(inspector.functions().map(({ name, entries }) => [name, entries])).toEqual(
      expect.arrayContaining([
        ['square', 5],
        ['countTo', 1],
      ]),
    );
    const { id } = square.cache.itemFor(3);
    expect([...inspector.entries({ name: 'square' })].map((entry) => entry.id)).toContain(id);
    expect([inspector.find(id.slice(0, 12)), inspector.load(id)]).toEqual([[id], 9]);
    expect(inspector.load(run.cache.itemFor(1500).id)).toHaveLength(1500);
    expect(inspector.verify()).toMatchObject({ damaged: 0 });
    store.set(id, [new Uint8Array(500)], { expiresAt: Infinity });
    expect(inspector.verify()).toMatchObject({ damaged: 1 });
    now += 7_200_000;
    expect(inspector.prune({ dryRun: true, olderThan: '1h' })).toMatchObject({ expired: 5, corrupt: 1 });
    expect([inspector.remove(id), inspector.remove(id)]).toEqual([true, false]);
    expect(inspector.prune({ olderThan: '1h' })).toMatchObject({ expired: 5, corrupt: 0 });
    square(1);
    expect([inspector.clear({ name: 'square' }), inspector.summary().entries]).toEqual([1, 0]);
  });
});

describe('An inspector of a store', () => {
  it('takes a URL, and looks at no folder', () => {
    const url = `sqlite:${join(tempFolder(), 'cache.sqlite')}` as const;
    new TempCache('any', { store: url }).itemForKey(1).save('value');
    using inspector = new CacheInspector('any', { store: url });
    expect([inspector.summary().entries, inspector.path, inspector.name]).toEqual([1, '', 'any']);
    expect(() => inspector.diagnose()).toThrow(/looks at the folder of a cache, and this one lies in a store/);
  });

  it.each([
    [memoryStore({ async: true }), /must be a store that answers at once/],
    [new Map(), /use mapStore/],
    ['redis://host', /import 'tempcache\/redis' first/],
  ])('refuses %p', (store, message) => {
    expect(() => new CacheInspector('any', { store: store as never })).toThrow(message);
  });
});
