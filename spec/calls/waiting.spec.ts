import { describe, expect, it } from '@jest/globals';
import { existsSync } from 'node:fs';
import process from 'node:process';
import type { CacheEvent } from '../../lib/common/events.ts';
import { lmdbStore } from '../../lib/stores/lmdb/lmdb-store.ts';
import { sqliteStore } from '../../lib/stores/sqlite/sqlite-store.ts';
import { fileStore } from '../../lib/stores/file/file-store.ts';
import { memoryStore } from '../../lib/stores/memory.ts';
import { tiered } from '../../lib/stores/tiered.ts';
import type { Store } from '../../lib/stores/store.ts';
import { TempCache } from '../../lib/temp-cache.ts';
import { defer } from '../../lib/runtime/jobs.ts';
import { takeLease } from '../support/lease.ts';
import { useTempFolders } from '../support/temp-folder.ts';

const newFolder = useTempFolders();
const TTL = 30_000;

interface Kind {
  readonly name: string;
  readonly make: (folder: string) => Store;
}

const kinds: readonly Kind[] = [
  { name: 'fileStore', make: (folder) => fileStore({ path: `${folder}/cache` }) },
  { name: 'sqliteStore', make: (folder) => sqliteStore({ path: `${folder}/cache.sqlite` }) },
  { name: 'lmdbStore', make: (folder) => lmdbStore({ path: `${folder}/cache.lmdb` }) },
  { name: 'memoryStore', make: () => memoryStore() },
  { name: 'memoryStore({ async: true })', make: () => memoryStore({ async: true }) },
  { name: 'tiered', make: () => tiered(memoryStore(), memoryStore({ async: true })) },
];

describe.each(kinds)('Over $name, a call that another holder computes', ({ make }) => {
  function begin() {
    const store = make(newFolder());
    const waits = defer<CacheEvent>();
    const onEvent = (event: CacheEvent): void => void (event.type === 'wait' && waits.settle(event));
    const cache = new TempCache<Store>('spec', { store, onEvent });
    const load = cache.wrap(async (n: number) => n, { name: 'load' });
    return { cache, store, load, waits: waits.promise };
  }

  it('says so after a while, and leaves no trace of it', async () => {
    const { cache, store, load, waits } = begin();
    const item = load.cache.itemFor(1);
    const before = Date.now();
    const lease = await takeLease(store, item.id, TTL);
    const called = load(1);
    const event = await waits;
    expect(event).toEqual({
      type: 'wait',
      id: item.id,
      name: 'load',
      heldBy: store.holder,
      pid: process.pid,
      since: expect.any(Number),
    });
    expect((event as { since: number }).since).toBeGreaterThanOrEqual(before - 1);
    await lease?.release();
    expect(await called).toBe(1);
    const ids: string[] = [];
    for await (const { id } of store.entries()) ids.push(id);
    expect(ids.filter((id) => id.endsWith(item.id.slice(20)))).toEqual([item.id]);
    await cache.close();
  });

  it('ends its wait when it aborts, and computes nothing', async () => {
    const { cache, store, waits } = begin();
    const signals: unknown[] = [];
    const load = cache.wrap(
      async (n: number, { signal }: { signal?: AbortSignal } = {}) => {
        signals.push(signal);
        return n;
      },
      { name: 'load' },
    );
    const { id } = load.cache.itemFor(1, {});
    const lease = await takeLease(store, id, TTL);
    const controller = new AbortController();
    const called = load(1, { signal: controller.signal }).catch((error: unknown) => error);
    await waits;
    const reason = new Error('enough');
    controller.abort(reason);
    expect(await called).toBe(reason);
    await lease?.release();
    expect([await load(1, {}), signals]).toEqual([1, [undefined]]);
    await cache.close();
  });

  it('is explained with who computes it, as long as somebody does', async () => {
    const { cache, store, load } = begin();
    const { id } = load.cache.itemFor(1);
    const lease = await takeLease(store, id, TTL);
    const explained = await load.cache.explain(1);
    expect(explained).toMatchObject({ status: 'miss', computing: { heldBy: store.holder, pid: process.pid } });
    expect(explained.message).toMatch(/\. It is being computed at this moment by this process[^.]*\.$/);
    expect((await load.cache.explain(2)).computing).toBeUndefined();
    await lease?.release();
    expect((await load.cache.explain(1)).computing).toBeUndefined();
    await load(1);
    expect((await load.cache.explain(1)).computing).toBeUndefined();
    await cache.close();
  });

  it('is explained without making a place for records', async () => {
    const folder = newFolder();
    const store = make(folder);
    const cache = new TempCache<Store>('spec', { store });
    await cache.wrap(async () => 1, { name: 'one' }).cache.explain();
    expect(['cache', 'cache.sqlite', 'cache.lmdb'].filter((name) => existsSync(`${folder}/${name}`))).toEqual([]);
    await cache.close();
  });
});
