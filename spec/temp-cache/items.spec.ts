import { describe, expect, it } from '@jest/globals';
import { CacheItem } from '../../lib/cache-item.ts';
import { UnkeyableError } from '../../lib/common/errors.ts';
import { memoryStore } from '../../lib/stores/memory.ts';
import { TempCache } from '../../lib/temp-cache.ts';
import { blindCache, loneCache } from '../support/identity.ts';

const add = (a: number, b = 1): number => a + b;

describe('itemForKey', () => {
  it('gives one item for equal keys and others for others', () => {
    const cache = loneCache();
    const keys = ['1', 1, 1n, [1], ['1'], { a: 1 }, null, undefined, true, -0, 0, new Date(1), 'args', ''];
    const ids = keys.map((key) => cache.itemForKey(key).id);
    expect(new Set(ids).size).toBe(keys.length);
    expect(cache.itemForKey({ b: 1, a: 2 }).id).toBe(cache.itemForKey({ a: 2, b: 1 }).id);
    expect(cache.itemForKey(1)).toBeInstanceOf(CacheItem);
  });

  it('refuses what cannot be a key, with the path', () => {
    expect(() => loneCache().itemForKey({ load: add })).toThrow(UnkeyableError);
    expect(() => loneCache().itemForKey({ load: add })).toThrow(expect.objectContaining({ path: 'key.load' }));
  });

  it('never meets a call', () => {
    const cache = loneCache();
    const call = cache.itemForCall(add, 1, 2);
    call.save(3);
    for (const key of [[1, 2], [add.name, 1, 2], call.id, ['add', [1, 2]]]) {
      expect(cache.itemForKey(key).exists()).toBe(false);
    }
  });
});

describe('itemForCall', () => {
  it('gives the item that the call would use', () => {
    const cache = loneCache();
    const item = cache.itemForCall(add, 1, 2);
    expect(item.exists()).toBe(false);
    cache.cacheResult(add, 1, 2);
    expect(item.load()).toBe(3);
    item.save(42);
    expect(cache.cacheResult(add, 1, 2)).toBe(42);
    expect(cache.itemForCall(add, 1).id).not.toBe(item.id);
    expect(item.info()).toMatchObject({ name: 'add' });
  });

  it('serves promises to an async function whose value was saved by hand', async () => {
    const cache = loneCache();
    const load = async (id: number): Promise<string> => `user ${id}`;
    cache.itemForCall(load, 1).save('by hand');
    await expect(cache.cacheResult(load, 1)).resolves.toBe('by hand');
  });

  it('refuses functions and arguments as the call does', () => {
    expect(() => blindCache().itemForCall(() => 1)).toThrow(/cannot be told from others/);
    expect(() => loneCache().itemForCall(add, Symbol('one') as never)).toThrow(UnkeyableError);
  });
});

describe('itemForId', () => {
  it('gives the item that a listing shows', () => {
    const cache = loneCache();
    cache.itemForKey('a').save('value');
    const [item] = [...cache.items()];
    expect(cache.itemForId(item?.id ?? '').load()).toBe('value');
    expect(cache.itemForId('0'.repeat(64)).exists()).toBe(false);
  });

  it.each([
    [''],
    ['abc'],
    ['A'.repeat(64)],
    ['g'.repeat(64)],
    ['0'.repeat(63)],
    ['0'.repeat(65)],
    [`${'0'.repeat(64)}\n`],
    [`../${'0'.repeat(61)}`],
    [5],
    [5n],
    [null],
    [undefined],
    [{ toString: () => '0'.repeat(64) }],
    [['0'.repeat(64)]],
  ])('refuses %p', (id) => {
    const refused = expect.objectContaining({ name: 'TypeError', code: 'ERR_INVALID_ARG_VALUE' });
    expect(() => loneCache().itemForId(id as string)).toThrow(refused);
    expect(() => loneCache().itemForId(id as string)).toThrow(/An id has 64 lower-case hex characters/);
  });
});

describe('items()', () => {
  it('iterates the items that exist, as often as it is asked', () => {
    const cache = loneCache();
    for (const key of ['a', 'b', 'c']) cache.itemForKey(key).save(key);
    const values = (): unknown => new Set([...cache.items()].map((item) => item.load()));
    expect([values(), values()]).toEqual([new Set(['a', 'b', 'c']), new Set(['a', 'b', 'c'])]);
  });

  it('lets items be removed on the way', () => {
    const cache = loneCache();
    for (let key = 0; key < 20; key++) cache.itemForKey(key).save(key);
    for (const item of cache.items()) item.delete();
    expect([...cache.items()]).toEqual([]);
  });

  it('is asynchronous over a store that is, and touches neither kind in the mode off', async () => {
    const store = memoryStore({ async: true });
    const cache = new TempCache('far', { store });
    await cache.itemForKey('a').save('value');
    const loaded: unknown[] = [];
    for await (const item of cache.items()) loaded.push(await item.load());
    for await (const item of cache.with({ mode: 'off' }).items()) loaded.push(item);
    expect(loaded).toEqual(['value']);
    const near = loneCache();
    near.itemForKey('a').save('value');
    expect([...near.with({ mode: 'off' }).items()]).toEqual([]);
  });
});
