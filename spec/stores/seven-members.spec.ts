import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { setImmediate } from 'node:timers/promises';
import { defineStore } from '../../lib/stores/define-store.ts';
import type { Store } from '../../lib/stores/store.ts';
import { TempCache } from '../../lib/temp-cache.ts';
import type { TempCacheOptions } from '../../lib/assemble.ts';
import { bareStore, bareStoreLater, laterMembers, makeTables, type Tables } from '../support/bare-store.ts';
import { defer } from '../support/deferred.ts';
import { makeTrace } from '../support/trace.ts';

let tables = makeTables();
let now = 0;

beforeEach(() => {
  tables = makeTables();
  now = 1_790_000_000_000;
  jest.spyOn(Date, 'now').mockImplementation(() => now);
});

afterEach(() => {
  jest.restoreAllMocks();
});

/** Those of some keys that have a value; a dash for each that has none. */
async function keysOf(cache: TempCache<Store>, keys: string): Promise<string> {
  let kept = '';
  for (const key of keys) kept += await cache.itemForKey(key).tryLoad('-');
  return kept;
}

describe.each([
  ['at once', (made: Tables): Store => bareStore(made)],
  ['later', (made: Tables): Store => bareStoreLater(made)],
])('A cache over seven members that answer %s', (_name, make) => {
  const open = (options: TempCacheOptions<Store> = {}): TempCache<Store> =>
    new TempCache<Store>('seven', { ...options, store: make(tables) });

  it('computes once for all processes, and serves what is stored', async () => {
    const trace = makeTrace();
    const caches = [open({ onEvent: trace.onEvent }), open({ onEvent: trace.onEvent })];
    let calls = 0;
    const load = async (id: number): Promise<object> => ({ id, calls: ++calls });
    const values = await Promise.all(
      caches.flatMap((cache) => [cache.cacheResult(load, 1), cache.cacheResult(load, 1)]),
    );
    expect([values, calls]).toEqual([Array.from({ length: 4 }, () => ({ id: 1, calls: 1 })), 1]);
    expect(await open().cacheResult(load, 1)).toEqual({ id: 1, calls: 1 });
  });

  it('takes turns by the leases of the store', async () => {
    const lease = await make(tables).lease(open().itemForKey(1).id, 1000);
    const trace = makeTrace();
    const cache = open({ waitTimeout: 5, onEvent: trace.onEvent });
    expect(await cache.itemForKey(1).loadOrSave(async () => 'mine')).toBe('mine');
    now += 1001;
    expect(await cache.itemForKey(1).delete()).toBe(true);
    await cache.itemForKey(1).loadOrSave(async () => 'taken over');
    expect(trace.take()).toEqual(['miss absent', 'save', 'takeover', 'miss absent', 'save']);
    expect('renew' in lease && (await lease.renew())).toBe(false);
  });

  it('evicts by the last save', async () => {
    const cache = open({ maxEntries: 3 });
    for (const key of 'abcde') {
      now += 1000;
      await cache.itemForKey(key).save(key);
    }
    const kept = await keysOf(cache, 'abcde');
    expect(kept).toBe('--cde');
  });

  it('spares an old entry that was saved anew, by whichever process', async () => {
    const cache = open({ maxEntries: 3 });
    for (const key of 'abc') {
      now += 1000;
      await cache.itemForKey(key).save(key);
    }
    now += 1000;
    await open().itemForKey('a').save('a');
    for (const key of 'd') {
      now += 1000;
      await cache.itemForKey(key).save(key);
    }
    const kept = await keysOf(cache, 'abcd');
    expect(kept).toBe('a-cd');
  });

  it('tells of entries, and removes the expired, the unused and all', async () => {
    const cache = open({ maxAge: '1h' });
    await cache.itemForKey(1).save('one');
    now += 1_800_000;
    await cache.itemForKey(2).save('two');
    expect(await cache.itemForKey(1).info()).toMatchObject({ createdAt: now - 1_800_000, lastUsedAt: now - 1_800_000 });
    expect((await cache.stats()).entries).toBe(2);
    now += 1_900_000;
    expect(await cache.prune()).toMatchObject({ expired: 1, corrupt: 0 });
    expect(await cache.clear({ unusedFor: '1h' })).toBe(0);
    now += 3_600_000;
    expect(await cache.clear({ unusedFor: '1h' })).toBe(1);
    await cache.itemForKey(3).save('three');
    expect(await cache.clear()).toBe(1);
    await cache.destroy();
    expect(tables.rows).toEqual([]);
  });

  it('stores the run of a generator, in as many parts as it takes', async () => {
    const cache = open({ stats: false });
    let runs = 0;
    const count = cache.wrap(
      async function* count(to: number) {
        runs++;
        for (let n = 0; n < to; n++) yield n;
      },
      { name: 'count' },
    );
    for (let round = 0; round < 2; round++) {
      let sum = 0;
      for await (const n of count(2500)) sum += n;
      expect(sum).toBe((2500 * 2499) / 2);
    }
    expect([runs, tables.rows.length]).toEqual([1, 4]);
    expect(await cache.clear()).toBe(1);
    expect(tables.rows).toEqual([]);
  });

  it('counts calls over all processes', async () => {
    const load = (): number => 1;
    const cache = open();
    for (let call = 0; call < 3; call++) await cache.cacheResult(load);
    await cache.close();
    expect(await open().stats()).toMatchObject({ hits: 2, misses: 1, entries: 1 });
  });

  it('keeps values in memory for a second without a look', async () => {
    const cache = open({ memory: true });
    await cache.itemForKey(1).save('old');
    expect(await cache.itemForKey(1).load()).toBe('old');
    await open().itemForKey(1).save('new');
    expect(await cache.itemForKey(1).load()).toBe('old');
    now += 1000;
    expect(await cache.itemForKey(1).load()).toBe('new');
  });
});

describe('A store whose answers come late', () => {
  it('may be closed while it is asked: the call ends', async () => {
    const answer = defer<undefined>();
    const store = defineStore({ ...laterMembers(tables), get: async () => answer.promise });
    const cache = new TempCache('late', { store, stats: false });
    const load = async (): Promise<string> => 'computed';
    const call = cache.cacheResult(load);
    await cache.close();
    answer.resolve(undefined);
    expect(await call).toBe('computed');
  });

  it('may store in any order: what is read is one of the values that were saved, whole', async () => {
    const sets: (() => void)[] = [];
    const { set, ...members } = laterMembers(tables);
    const store = defineStore({
      ...members,
      set: async (id, bytes, terms) => {
        const turn = defer<undefined>();
        sets.push(() => turn.resolve(undefined));
        await turn.promise;
        await set(id, bytes, terms);
      },
    });
    const item = new TempCache('late', { store, stats: false }).itemForKey(1);
    const saves = [1, 2, 3].map(async (n) => item.save('x'.repeat(n)));
    while (sets.length < 3) await setImmediate();
    for (const resolve of sets.toReversed()) resolve();
    await Promise.all(saves);
    expect(['x', 'xx', 'xxx']).toContain(await item.load());
  });
});
