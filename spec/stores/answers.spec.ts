import { describe, expect, it } from '@jest/globals';
import { runInNewContext } from 'node:vm';
import { compute, REVOKED, tryStore, useNoRejections } from '../support/hostile-store.ts';
import { makeTables, sevenMembers } from '../support/bare-store.ts';
import { failureOf } from '../support/store-suite/use-store.ts';
import { ways } from '../support/ways.ts';

useNoRejections();

/** What is no record, whichever member gives it. */
const NO_BYTES: readonly (readonly [string, unknown])[] = [
  ['a text', 'TCR'],
  ['a number', 5],
  ['false', false],
  ['a symbol', Symbol('bytes')],
  ['a list of parts', [new Uint8Array(500)]],
  ['a plain object', { length: 500 }],
  ['an object without a prototype', Object.create(null)],
  ['an ArrayBuffer', new ArrayBuffer(500)],
  ['a DataView', new DataView(new ArrayBuffer(500))],
  ['other numbers', new Uint16Array(500)],
  ['a proxy of bytes', new Proxy(new Uint8Array(500), {})],
  ['a proxy that was revoked', REVOKED],
];

describe.each(['sync', 'async'] as const)('Over a store of the kind %s that', (kind) => {
  it.each(NO_BYTES)('gives %s for a record, every call computes and an event tells', async (_name, answer) => {
    for (const { ask } of ways) {
      const { cache, trace } = tryStore(kind, { get: () => answer });
      const { call, item } = ask(cache, compute);
      expect(await call()).toBe('computed');
      expect(trace.take()).toEqual(['readFailed ERR_TEMPCACHE_STORE', 'miss absent', 'save']);
      expect(await failureOf(() => item.load())).toMatchObject({ name: 'StoreError', id: item.id });
      expect(await failureOf(() => item.info())).toMatchObject({ name: 'StoreError', id: item.id });
      expect(await item.tryLoad('fallback')).toBe('fallback');
    }
  });

  it('gives the record of another id, or an older one, nothing wrong is served', async () => {
    const { cache, trace, members } = tryStore(kind);
    const [one, other] = [cache.itemForKey(1), cache.itemForKey(2)];
    await one.save('one');
    const get = members['get'] as (id: string) => unknown;
    members['get'] = () => get(one.id);
    expect(await one.load()).toBe('one');
    expect(await failureOf(() => other.load())).toMatchObject({ name: 'CorruptItemError' });
    trace.take();
    expect(await other.loadOrSave(() => 'two')).toBe('two');
    expect(trace.take()).toEqual(['corrupt ERR_TEMPCACHE_CORRUPT_ITEM', 'miss corrupt', 'save']);
  });

  it('gives half a record, or one whose bytes are turned, it is computed', async () => {
    const { cache, members } = tryStore(kind);
    const item = cache.itemForKey(1);
    await item.save('value'.repeat(100));
    const get = members['get'] as (id: string) => Uint8Array | PromiseLike<Uint8Array>;
    for (const damage of [
      (bytes: Uint8Array) => bytes.subarray(0, bytes.length >> 1),
      (bytes: Uint8Array) => bytes.map((byte, at) => (at === bytes.length - 1 ? byte ^ 1 : byte)),
      (bytes: Uint8Array) => bytes.toReversed(),
    ]) {
      members['get'] =
        kind === 'sync' ? () => damage(get(item.id) as Uint8Array) : async () => damage(await get(item.id));
      expect(await failureOf(() => item.load())).toMatchObject({ name: 'CorruptItemError' });
    }
  });

  it('shares its memory, neither the store nor another caller sees what one does to a value', async () => {
    const pool = new Uint8Array(new SharedArrayBuffer(400_000));
    const tables = makeTables();
    const inner = sevenMembers(tables);
    /** Whatever is asked for comes in the same memory. */
    const get = (id: string): Uint8Array | undefined => {
      const bytes = inner.get(id);
      if (bytes === undefined || bytes === null) return undefined;
      pool.fill(0);
      pool.set(bytes, 8);
      return pool.subarray(8, 8 + bytes.length);
    };
    const { cache } = tryStore(kind, { ...inner, kind, get });
    for (const length of [100, 70_000, 300_000]) {
      const item = cache.itemForKey(length);
      const load = async (): Promise<Uint8Array> => item.load<Uint8Array>();
      const given = new Uint8Array(length).fill(7);
      await item.save(given);
      given.fill(1);
      const [first, second] = [await load(), await load()];
      first.fill(2);
      pool.fill(3);
      expect([new Set(second), new Set(await load())]).toEqual([new Set([7]), new Set([7])]);
    }
  });

  it('gives bytes of any class and of any realm, they are bytes', async () => {
    class Bytes extends Uint8Array {
      override get length(): number {
        return 3;
      }
      override slice(): Uint8Array<ArrayBuffer> {
        return new Uint8Array(0);
      }
    }
    const { cache, members } = tryStore(kind);
    const item = cache.itemForKey(1);
    await item.save('value');
    const record = await (members['get'] as (id: string) => Uint8Array | PromiseLike<Uint8Array>)(item.id);
    const foreign = runInNewContext('(list) => new Uint8Array(list)') as (list: readonly number[]) => Uint8Array;
    for (const bytes of [new Bytes(record), Buffer.from(record), foreign([...record])]) {
      members['get'] = () => bytes;
      expect([await item.load(), (await item.info())?.bytes]).toEqual(['value', record.length]);
    }
  });

  it.each([
    ['no id', { size: 1, savedAt: 1 }],
    ['an id in capitals', { id: 'A'.repeat(64), size: 1, savedAt: 1 }],
    ['a key of its own', { id: 'prefix:', size: 1, savedAt: 1 }],
    ['no size', { id: 'a'.repeat(64), savedAt: 1 }],
    ['a size that is none', { id: 'a'.repeat(64), size: -1, savedAt: 1 }],
    ['a size of a database', { id: 'a'.repeat(64), size: 5n, savedAt: 1 }],
    ['no time', { id: 'a'.repeat(64), size: 1 }],
    ['a date', { id: 'a'.repeat(64), size: 1, savedAt: new Date() }],
    ['a wrong last use', { id: 'a'.repeat(64), size: 1, savedAt: 1, usedAt: 'now' }],
    ['nothing', undefined],
    ['a text', 'a'.repeat(64)],
  ])('lists %s, listings fail with what is wrong', async (_name, entry) => {
    const { cache } = tryStore(kind, { entries: () => [entry] });
    const failure = (await failureOf(() => cache.prune())) as Error;
    expect(failure).toMatchObject({ name: 'StoreError' });
    expect(failure.message).toMatch(/^The store failed at entries\(\): it gave .* instead of .*/);
  });
});
