import { beforeEach, describe, expect, it } from '@jest/globals';
import { useLimitedCaches, type LimitedCache } from '../support/limited-cache.ts';
import { storeKinds } from '../support/store-kinds.ts';

describe.each(storeKinds)('a cache with limits over $name', (kind) => {
  const open = useLimitedCaches(kind);
  let current: LimitedCache;
  const saveAll = async (keys: string): Promise<void> => {
    for (const key of keys) await current.save(key);
  };

  describe('of three entries', () => {
    beforeEach(() => {
      current = open({ maxEntries: 3 });
    });

    it('lets those go that were saved longest ago', async () => {
      await saveAll('abcd');
      expect(await current.keys()).toBe('bcd');
      await saveAll('ef');
      expect(await current.keys()).toBe('def');
      await saveAll('ghijklmnopqrst');
      expect(await current.keys()).toBe('rst');
    });

    it('spares what was loaded since then', async () => {
      await saveAll('abc');
      await current.load('a');
      await saveAll('d');
      expect(await current.keys()).toBe('acd');
      await current.load('c');
      await current.load('a');
      await saveAll('e');
      expect(await current.keys()).toBe('ace');
      await saveAll('fg');
      expect(await current.keys()).toBe('efg');
    });

    it('does not touch the store for that before an entry would go', async () => {
      await saveAll('abc');
      await current.load('a');
      expect(current.asked).not.toContain('touch');
    });

    it('does not grow when an entry is saved again', async () => {
      await saveAll('abcbbccaab');
      expect(await current.keys()).toBe('abc');
      await saveAll('d');
      expect(await current.keys()).toBe('abd');
    });

    it('has room again for what was deleted', async () => {
      await saveAll('abc');
      await current.cache.itemForKey('b').delete();
      await saveAll('d');
      expect(await current.keys()).toBe('acd');
      await current.cache.itemForKey('b').delete();
      await saveAll('e');
      expect(await current.keys()).toBe('cde');
    });

    it.each(['clear', 'destroy', 'prune'] as const)('begins anew after %s()', async (method) => {
      await saveAll('abc');
      await current.cache[method]();
      await saveAll('de');
      expect(await current.keys()).toBe(method === 'prune' ? 'cde' : 'de');
      await saveAll('fg');
      expect(await current.keys()).toBe('efg');
    });

    it('tells what goes, with the name of its function', async () => {
      const double = current.cache.wrap(function double(n: number) {
        return 2 * n;
      });
      await double(1);
      await saveAll('abc');
      expect(current.trace.take()).toEqual(['miss absent', 'save', 'save', 'save', 'save', 'evict']);
      expect(current.trace.events.at(-1)).toEqual({ type: 'evict', id: double.cache.itemFor(1).id, name: 'double' });
    });
  });

  it('keeps one entry, the last one, where there is place for one', async () => {
    current = open({ maxEntries: 1 });
    await saveAll('abcba');
    expect(await current.keys()).toBe('a');
  });

  it('keeps within a number of bytes, and lets several small ones go for a large one', async () => {
    current = open({ maxBytes: 3000 });
    await saveAll('abcdefgh');
    const small = (await current.bytes()) / 8;
    await current.save('i', 3000 - 3 * Math.ceil(small));
    expect(await current.keys()).toBe('ghi');
    expect(await current.bytes()).toBeLessThanOrEqual(3000);
    await current.save('i', 1);
    await saveAll('jkl');
    expect(await current.keys()).toBe('ghijkl');
  });

  it('counts the bytes of an entry that grows', async () => {
    current = open({ maxBytes: 2000 });
    await saveAll('abc');
    await current.save('a', 1700);
    expect(await current.keys()).toBe('a');
  });

  it('brings a cache under limits that are lower than before, by the next save or by prune()', async () => {
    current = open({ maxEntries: 9 });
    await saveAll('abcdefghi');
    const lower = open({ maxEntries: 4 }, current);
    expect(await lower.cache.prune()).toMatchObject({ evicted: 5 });
    expect(await current.keys()).toBe('fghi');
    const lowest = open({ maxEntries: 2 }, current);
    await lowest.save('j');
    expect(await current.keys()).toBe('ij');
    await saveAll('klm');
    expect(await current.keys()).toBe('ijklm');
  });

  it('keeps many calls at once within the limit', async () => {
    current = open({ maxEntries: 10 });
    const slow = current.cache.wrap(async function slow(n: number) {
      return n;
    });
    await Promise.all(Array.from({ length: 100 }, async (_, n) => slow(n)));
    let left = 0;
    for await (const item of current.cache.items()) left += item.id.length === 64 ? 1 : 0;
    expect(left).toBe(10);
    expect(current.trace.take().filter((event) => event === 'evict')).toHaveLength(90);
  });
});
