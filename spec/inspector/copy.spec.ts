import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { copyEntries, exportEntries, importEntries } from '../../lib/inspector/copy.ts';
import { fileStore } from '../../lib/stores/file/file-store.ts';
import { mapStore } from '../../lib/stores/map-store.ts';
import { memoryStore } from '../../lib/stores/memory.ts';
import { sqliteStore } from '../../lib/stores/sqlite/sqlite-store.ts';
import type { Store } from '../../lib/stores/store.ts';
import { TempCache } from '../../lib/temp-cache.ts';
import { useClock } from '../support/clock.ts';
import { countTo } from '../support/inspected.ts';
import { idOf, idsOf, NEVER } from '../support/store-suite/use-store.ts';
import { useTempFolders } from '../support/temp-folder.ts';

const tempFolder = useTempFolders();
const clock = useClock();

/** Five entries of one function, one of another, one run with parts, and counters. */
async function fill(store: Store): Promise<void> {
  const cache = new TempCache<Store>('any', { store, maxAge: '1h' });
  for (let n = 0; n < 5; n++) await cache.cacheResult({ name: 'square' }, (m: number) => m * m, n);
  await cache.itemForKey('large').save('x'.repeat(200_000), { maxAge: '30m' });
  const run = cache.wrap(countTo, { name: 'countTo' });
  for await (const _ of run(2500)) continue;
}

const ALL = { copied: 7, kept: 0, damaged: 0 };

const TARGETS: readonly (readonly [string, () => Store])[] = [
  ['files', () => fileStore({ path: join(tempFolder(), 'cache') })],
  ['SQLite', () => sqliteStore({ path: join(tempFolder(), 'cache.sqlite') })],
  ['a store that answers with promises', () => memoryStore({ async: true })],
  ['a map', () => mapStore(new Map())],
];

/** That a cache over it serves all, with the ages that they have. */
async function expectAllIn(store: Store): Promise<void> {
  const cache = new TempCache<Store>('any', { store, maxAge: '1h', stats: false });
  const square = cache.wrap((m: number) => m * m, { name: 'square' });
  clock.now += 1000;
  expect(await square.cache.run(4)).toMatchObject({ value: 16, status: 'hit', age: 1000 });
  expect(await cache.itemForKey('large').info()).toMatchObject({
    createdAt: clock.now - 1000,
    expiresAt: clock.now + 1_799_000,
  });
  let sum = 0;
  for await (const n of cache.wrap(countTo, { name: 'countTo' })(2500)) sum += n;
  expect(sum).toBe((2500 * 2499) / 2);
  clock.now -= 1000;
}

describe.each(TARGETS)('Entries, to and from %s,', (_name, make) => {
  it('are copied with their times and parts', async () => {
    const [source, target] = [memoryStore(), make()];
    await fill(source);
    expect(await copyEntries(source, target)).toMatchObject(ALL);
    await expectAllIn(target);
    const back = memoryStore();
    expect(await copyEntries(target, back)).toMatchObject(ALL);
    await expectAllIn(back);
  });

  it('go into an archive and out of it', async () => {
    const [source, target] = [make(), make()];
    await fill(source);
    const path = join(tempFolder(), 'archive');
    const { bytes, ...report } = await exportEntries(source, path);
    expect([report, statSync(path).mode & 0o777, readdirSync(join(path, '..'))]).toEqual([ALL, 0o600, ['archive']]);
    expect(bytes).toBeGreaterThan(200_000);
    expect(await importEntries(path, target)).toEqual({ ...ALL, bytes });
    await expectAllIn(target);
    expect(await importEntries(path, target)).toMatchObject({ copied: 0, kept: 7 });
  });
});

describe('copyEntries', () => {
  it('copies those of one name, and tells how far it has come', async () => {
    const [source, target] = [memoryStore(), memoryStore()];
    await fill(source);
    const done: number[] = [];
    expect(await copyEntries(source, target, { name: 'countTo', onProgress: (n) => done.push(n) })).toMatchObject({
      copied: 1,
    });
    expect([done, (await idsOf(target)).length]).toEqual([[1, 2, 3, 4, 5, 6, 7], 4]);
    expect(await copyEntries(source, target, { name: '' })).toMatchObject({ copied: 1 });
  });

  it('leaves what is newer in the target, and replaces what is older or damaged', async () => {
    const [source, target] = [memoryStore(), memoryStore()];
    const open = (store: Store): TempCache<Store> => new TempCache<Store>('any', { store, stats: false });
    for (const key of [1, 2, 3]) await open(source).itemForKey(key).save('source');
    clock.now -= 1000;
    await open(target).itemForKey(1).save('older');
    clock.now += 2000;
    await open(target).itemForKey(2).save('newer');
    target.set(open(target).itemForKey(3).id, [new Uint8Array(500)], NEVER);
    expect(await copyEntries(source, target)).toMatchObject({ copied: 2, kept: 1 });
    const values = [1, 2, 3].map((key) => open(target).itemForKey(key).load());
    expect(values).toEqual(['source', 'newer', 'source']);
  });

  it('leaves out what is damaged, a run with its parts', async () => {
    const source = memoryStore();
    await fill(source);
    source.set(idOf(1), [new Uint8Array(600)], NEVER);
    const [chunk] = (await idsOf(source)).filter((id) => id.startsWith('0000'));
    source.delete(chunk ?? '');
    const target = memoryStore();
    expect(await copyEntries(source, target)).toMatchObject({ copied: 6, damaged: 1 });
    expect(await idsOf(target)).toHaveLength(6);
  });

  it('refuses one store twice, and unknown options', async () => {
    const map = new Map();
    await expect(copyEntries(mapStore(map), mapStore(map))).rejects.toThrow(/needs two stores/);
    await expect(copyEntries(memoryStore(), memoryStore(), { names: 'a' } as never)).rejects.toThrow(
      /has no option "names"/,
    );
  });
});

describe('importEntries', () => {
  it.each([
    ['cut off', (bytes: Buffer) => bytes.subarray(0, -1), /was cut off/],
    ['cut off in a record', (bytes: Buffer) => bytes.subarray(0, 300), /is damaged|was cut off/],
    ['no archive', () => Buffer.from('some text that is long enough'), /is no archive of tempcache/],
    ['empty', () => Buffer.alloc(0), /was cut off/],
  ])('refuses a file that is %s', async (_what, change, message) => {
    const source = memoryStore();
    await fill(source);
    const path = join(tempFolder(), 'archive');
    await exportEntries(source, path);
    writeFileSync(path, change(readFileSync(path)));
    const refused = expect.objectContaining({ code: 'ERR_TEMPCACHE_STORE', message: expect.stringMatching(message) });
    await expect(importEntries(path, memoryStore())).rejects.toThrow(refused);
  });

  it('leaves out records that are damaged', async () => {
    const source = memoryStore();
    await fill(source);
    const path = join(tempFolder(), 'archive');
    await exportEntries(source, path);
    const bytes = readFileSync(path);
    bytes[300] = (bytes[300] ?? 0) ^ 1;
    writeFileSync(path, bytes);
    expect(await importEntries(path, memoryStore())).toMatchObject({ damaged: 1 });
  });
});

describe('exportEntries', () => {
  it('leaves the older file, and no other, where it fails', async () => {
    const folder = tempFolder();
    const path = join(folder, 'archive');
    writeFileSync(path, 'older');
    const store = mapStore({
      get: () => {
        throw new Error('gone');
      },
      set: () => 0,
      delete: () => true,
      keys: () => [idOf(1)],
    });
    await expect(exportEntries(store, path)).rejects.toThrow(/gone/);
    expect([readFileSync(path, 'utf8'), readdirSync(folder)]).toEqual(['older', ['archive']]);
    await expect(exportEntries(memoryStore(), join(folder, 'no', 'archive'))).rejects.toThrow(/ENOENT/);
  });
});
