import { describe, expect, it } from '@jest/globals';
import { setImmediate } from 'node:timers/promises';
import { mapStore } from '../../lib/stores/map-store.ts';
import { TempCache } from '../../lib/temp-cache.ts';
import { bytesOf, entriesOf, idOf, idsOf, joined, NEVER, SAVED_AT } from '../support/store-suite/use-store.ts';

const ID = idOf(0);

/** What has the members of a Map and is none: it notes what it is asked, and lists itself. */
class Dictionary {
  readonly rows = new Map<string, Uint8Array>();
  readonly asked: string[] = [];
  get(key: string): Uint8Array | undefined {
    return this.rows.get(key);
  }
  set(key: string, value: Uint8Array): void {
    this.asked.push('set');
    this.rows.set(key, value);
  }
  delete(key: string): void {
    this.asked.push('delete');
    this.rows.delete(key);
  }
  [Symbol.iterator](): Iterator<[string, Uint8Array]> {
    return this.rows[Symbol.iterator]();
  }
  sync(): void {
    this.asked.push('sync');
  }
  close(): void {
    this.asked.push('close');
  }
}

describe('mapStore', () => {
  it('keeps records as they are, in memory of their own', () => {
    const map = new Map<string, Uint8Array>();
    const store = mapStore(map);
    const bytes = bytesOf(100);
    store.set(ID, [bytes], NEVER);
    bytes.fill(0);
    expect(map.get(ID)).toEqual(bytesOf(100));
    const [part] = store.get(ID) ?? [];
    part?.fill(0);
    expect(joined(store.get(ID))).toEqual(Buffer.from(bytesOf(100)));
    expect([...store.entries()]).toEqual([{ id: ID, size: 100, lastUsedAt: SAVED_AT }]);
  });

  it('leaves alone what is not of the cache', async () => {
    const map = new Map<string, unknown>([
      ['settings', { a: 1 }],
      [idOf(7), 'no bytes'],
      [ID.toUpperCase(), bytesOf(5)],
    ]);
    const store = mapStore(map);
    store.set(ID, [bytesOf(10)], NEVER);
    expect(await idsOf(store)).toEqual([ID]);
    expect(store.clear()).toBe(1);
    expect([...map.keys()]).toEqual(['settings', ID.toUpperCase()]);
    expect(() => store.get('settings')).toThrow(/get\(\): it gave an object instead of a Uint8Array/);
  });

  it('makes each change last, and closes, where the map knows how', () => {
    const map = new Dictionary();
    const store = mapStore(map);
    store.set(ID, [bytesOf(10)], NEVER);
    expect([store.delete(ID), store.delete(ID)]).toEqual([true, false]);
    store.clear();
    store.close();
    store.close();
    expect(map.asked).toEqual(['set', 'sync', 'delete', 'sync', 'sync', 'close']);
  });

  it('does so as it is told', () => {
    const map = new Dictionary();
    const store = mapStore(map, { sync: () => map.asked.push('flush'), close: false });
    store.set(ID, [bytesOf(10)], NEVER);
    store.close();
    expect(map.asked).toEqual(['set', 'flush']);
    const silent = mapStore(map, { sync: false, close: () => map.asked.push('end') });
    silent.set(ID, [bytesOf(10)], NEVER);
    silent.close();
    expect(map.asked.slice(2)).toEqual(['set', 'end']);
  });

  it('makes changes last at its end alone, where livesync is false', () => {
    const map = new Dictionary();
    const store = mapStore(map, { livesync: false });
    store.set(ID, [bytesOf(10)], NEVER);
    store.delete(ID);
    expect(map.asked).toEqual(['set', 'delete']);
    store.close();
    store.close();
    expect(map.asked.slice(2)).toEqual(['sync', 'close']);
  });

  it('waits for all that an asynchronous map answers', async () => {
    const rows = new Map<string, Uint8Array>();
    const asked: string[] = [];
    const later = async <T>(what: string, answer: () => T): Promise<T> => {
      await setImmediate();
      asked.push(what);
      return answer();
    };
    const map = {
      get: (key: string) => later('get', () => rows.get(key)),
      set: (key: string, value: Uint8Array) => later('set', () => rows.set(key, value)),
      delete: (key: string) => later('delete', () => rows.delete(key)),
      has: (key: string) => later('has', () => rows.has(key)),
      async *keys() {
        yield* await later('keys', () => [...rows.keys()]);
      },
      sync: () => later('sync', () => undefined),
      close: () => later('close', () => undefined),
    };
    const store = mapStore(map, { async: true });
    await store.set(ID, [bytesOf(10)], NEVER);
    expect(await entriesOf(store)).toHaveLength(1);
    expect(await store.delete(ID)).toBe(true);
    await store.close();
    expect(asked).toEqual(['set', 'sync', 'keys', 'get', 'has', 'delete', 'sync', 'close']);
  });

  it('says of promises that it is not told of that they are none of its kind', () => {
    const late = {
      get: async () => undefined,
      set: async () => undefined,
      delete: async () => true,
      keys: async () => [],
    };
    const store = mapStore(late);
    const calls = [
      () => store.get(ID),
      () => store.set(ID, [], NEVER),
      () => store.delete(ID),
      () => [...store.entries()],
    ];
    for (const call of calls) expect(call).toThrow(/it answered with a promise/);
  });

  it.each([null, 5, 'map', {}, new Set(), new WeakMap(), { get: () => 1, set: () => 1, delete: () => 1 }])(
    'refuses what is no map: %p',
    (map) => {
      const wrong = {
        name: 'TypeError',
        code: 'ERR_INVALID_ARG_VALUE',
        message: expect.stringContaining('needs a Map'),
      };
      expect(() => mapStore(map as never)).toThrow(expect.objectContaining(wrong));
    },
  );

  it.each([
    [{ async: 1 }, /option async of mapStore\(\) must be true or false; it is 1/],
    [{ livesync: 1 }, /option livesync of mapStore\(\) must be true or false; it is 1/],
    [{ sync: true }, /option sync of mapStore\(\) must be a function, or false; it is true/],
    [{ close: 'now' }, /option close of mapStore\(\) must be a function, or false/],
    [{ remote: true }, /mapStore\(\) has no option "remote"; it knows async, sync, livesync, close/],
  ])('refuses options that are wrong: %p', (options, message) => {
    expect(() => mapStore(new Map(), options as never)).toThrow(message);
  });

  it('is one place for all caches over one map', () => {
    const map = new Map();
    const [one, other] = [1, 2].map(() => new TempCache('x', { store: mapStore(map) }));
    one?.itemForKey('key').save(new Map([[1, 'value']]));
    expect(other?.itemForKey('key').load()).toEqual(new Map([[1, 'value']]));
    expect(other?.stats().entries).toBe(1);
  });
});
