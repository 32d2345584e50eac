import { afterEach, describe, expect, it } from '@jest/globals';
import { closeSync, openSync, readSync, truncateSync, writeSync } from 'node:fs';
import type { TempCacheOptions } from '../../lib/assemble.ts';
import { fileStore } from '../../lib/stores/file/file-store.ts';
import { LARGE_BYTES } from '../../lib/stores/file/read-record.ts';
import { memoryStore } from '../../lib/stores/memory.ts';
import { TempCache } from '../../lib/temp-cache.ts';
import { useClock } from '../support/clock.ts';
import { bytesOf, summary } from '../support/store-suite/use-store.ts';
import { useMemoryFolders } from '../support/temp-folder.ts';
import { makeTrace } from '../support/trace.ts';

const clock = useClock();
const folder = useMemoryFolders();
const caches: TempCache[] = [];
/** Twice as long as a record has to be. */
const VALUE = Buffer.from(bytesOf(2 * LARGE_BYTES).buffer);

afterEach(() => {
  for (const cache of caches.splice(0)) cache.close();
});

function makeCache(options: TempCacheOptions = {}): TempCache {
  const cache = new TempCache('large', { store: fileStore({ path: `${folder()}/cache` }), ...options });
  caches.push(cache);
  return cache;
}

/** An asynchronous function that gives the value, and how often it ran. */
function makeLoad(): { readonly load: (id: number) => Promise<Buffer>; runs: number } {
  const loaded = {
    runs: 0,
    load: async (_id: number): Promise<Buffer> => {
      loaded.runs++;
      return VALUE;
    },
  };
  return loaded;
}

describe('A hit of a large value', () => {
  const memories = [false, true, { maxBytes: '1MB' }];

  it.each(memories)('comes whole, a copy for each caller, with memory: %j', async (memory) => {
    const loaded = makeLoad();
    const load = makeCache({ memory }).wrap(loaded.load, { name: 'load' });
    await load(1);
    const [first, second, third] = await Promise.all([load(1), load(1), load(1)]);
    first.fill(0);
    expect([second, third, await load(1)].map(summary)).toEqual([VALUE, VALUE, VALUE].map(summary));
    expect(loaded.runs).toBe(1);
  });

  it('lets the event loop run while it is read for an asynchronous function, and for no other', async () => {
    const cache = makeCache();
    const load = cache.wrap(makeLoad().load, { name: 'load' });
    await load(1);
    let isHeldUp = true;
    const turn = setImmediate(() => {
      isHeldUp = false;
    });
    await load(1);
    clearImmediate(turn);
    expect(isHeldUp).toBe(false);
    const loadNow = cache.wrap((_id: number) => VALUE, { name: 'loadNow' });
    loadNow(1);
    expect(summary(loadNow(1))).toBe(summary(VALUE));
  });

  it('over a store that answers with promises is checked in several turns', async () => {
    const cache = new TempCache('large', { store: memoryStore({ async: true }) });
    const load = cache.wrap(makeLoad().load, { name: 'load' });
    await load(1);
    expect(summary(await load(1))).toBe(summary(VALUE));
    await cache.close();
  });

  it('is counted and told as any other', async () => {
    const trace = makeTrace();
    const load = makeCache({ onEvent: trace.onEvent }).wrap(makeLoad().load, { name: 'load' });
    await load(1);
    trace.take();
    await Promise.all([load(1), load(1)]);
    expect(trace.take()).toEqual(['hit', 'hit']);
    expect(load.cache.stats()).toMatchObject({ hits: 2, misses: 1 });
  });
});

describe('A large record that cannot be served', () => {
  it.each([1000, LARGE_BYTES + 1000])('is computed anew, once for all callers: damaged at %i', async (at) => {
    const trace = makeTrace();
    const loaded = makeLoad();
    const load = makeCache({ onEvent: trace.onEvent }).wrap(loaded.load, { name: 'load' });
    await load(1);
    flip(load.cache.itemFor(1).path as string, at);
    trace.take();
    expect((await Promise.all([load(1), load(1), load(1)])).map(summary)).toEqual([VALUE, VALUE, VALUE].map(summary));
    expect(loaded.runs).toBe(2);
    expect(trace.take()).toContain('miss corrupt');
  });

  it('is computed anew when it was cut off', async () => {
    const loaded = makeLoad();
    const load = makeCache().wrap(loaded.load, { name: 'load' });
    await load(1);
    truncateSync(load.cache.itemFor(1).path as string, LARGE_BYTES + 10);
    expect(summary(await load(1))).toBe(summary(VALUE));
    expect(loaded.runs).toBe(2);
  });

  it('is computed anew when it is too old by the time that it was read', async () => {
    const loaded = makeLoad();
    const load = makeCache({ maxAge: 1000 }).wrap(loaded.load, { name: 'load' });
    await load(1);
    const pending = load(1);
    clock.now += 1000;
    await pending;
    expect(loaded.runs).toBe(2);
  });

  it('is computed anew when it is removed before its turn to be read has come', async () => {
    const loaded = makeLoad();
    const load = makeCache().wrap(loaded.load, { name: 'load' });
    await load(1);
    const calls = Array.from({ length: 6 }, async () => load(1));
    load.cache.itemFor(1).delete();
    expect((await Promise.all(calls)).map(summary)).toEqual(calls.map(() => summary(VALUE)));
    expect(loaded.runs).toBe(2);
  });
});

/** Changes one byte of a file. */
function flip(path: string, at: number): void {
  const fd = openSync(path, 'r+');
  const byte = Buffer.alloc(1);
  readSync(fd, byte, 0, 1, at);
  writeSync(fd, Buffer.of((byte[0] as number) ^ 1), 0, 1, at);
  closeSync(fd);
}
