import { describe, expect, it } from '@jest/globals';
import { bytesOf, entriesOf, idOf, NEVER, stored, summary } from './use-store.ts';
import type { Current } from './use-store.ts';

/** Deleting and listing. */
export function listingSuite(current: Current): void {
  describe('listing and removing', () => {
    it('lists nothing where there is nothing', async () => {
      expect(await entriesOf(current().store)).toEqual([]);
    });

    it('lists every record once, with its size and a time', async () => {
      const { store } = current();
      const sizes = new Map([0, 1, 500, 70_000].map((size) => [idOf(size), size]));
      for (const [id, size] of sizes) await store.set(id, [bytesOf(size)], NEVER);
      const entries = await entriesOf(store);
      expect(entries).toHaveLength(sizes.size);
      expect(new Map(entries.map(({ id, size }) => [id, size]))).toEqual(sizes);
      expect(entries.every(({ lastUsedAt }) => Number.isFinite(lastUsedAt) && lastUsedAt > 0)).toBe(true);
    });

    it('takes a save for a use', async () => {
      const { store, advance } = current();
      await store.set(idOf(0), [bytesOf(1)], NEVER);
      const [before] = await entriesOf(store);
      advance?.(5000);
      await store.set(idOf(0), [bytesOf(1)], NEVER);
      const [after] = await entriesOf(store);
      expect(after?.lastUsedAt).toBeGreaterThanOrEqual((before?.lastUsedAt ?? Infinity) + (advance ? 5000 : 0));
    });

    it('tells whether there was something to delete', async () => {
      const { store } = current();
      expect(await store.delete(idOf(0))).toBe(false);
      await store.set(idOf(0), [bytesOf(5)], NEVER);
      await store.set(idOf(1), [bytesOf(6)], NEVER);
      expect(await store.delete(idOf(0))).toBe(true);
      expect(await store.delete(idOf(0))).toBe(false);
      expect(await store.get(idOf(0))).toBeUndefined();
      expect((await entriesOf(store)).map(({ id }) => id)).toEqual([idOf(1)]);
      expect(await stored(store, idOf(1))).toBe(summary(bytesOf(6)));
    });

    it('bears that records are deleted and added while it lists', async () => {
      const { store } = current();
      for (let n = 0; n < 40; n++) await store.set(idOf(n), [bytesOf(n)], NEVER);
      const seen = new Set<string>();
      for await (const { id } of store.entries()) {
        seen.add(id);
        await store.delete(id);
        if (seen.size === 1) await store.set(idOf('new'), [bytesOf(1)], NEVER);
      }
      for (let n = 0; n < 40; n++) expect(seen.has(idOf(n)) || (await store.get(idOf(n))) !== undefined).toBe(true);
    });

    it('may be left in the middle of a listing', async () => {
      const { store } = current();
      for (let n = 0; n < 10; n++) await store.set(idOf(n), [bytesOf(n)], NEVER);
      for await (const entry of store.entries()) {
        expect(entry.id).toHaveLength(64);
        break;
      }
      expect(await entriesOf(store)).toHaveLength(10);
    });

    it('clears all records and tells how many there were', async () => {
      const { store } = current();
      expect(await store.clear()).toBe(0);
      for (let n = 0; n < 25; n++) await store.set(idOf(n), [bytesOf(n)], NEVER);
      await store.delete(idOf(3));
      expect(await store.clear()).toBe(24);
      expect(await entriesOf(store)).toEqual([]);
      expect(await store.clear()).toBe(0);
    });

    it('sweeps nothing of the living', async () => {
      const { store } = current();
      await store.set(idOf(0), [bytesOf(9)], NEVER);
      const lease = await store.lease(idOf(1), 60_000);
      expect(await store.sweep()).toEqual({ leftovers: 0, bytes: 0 });
      expect(await lease?.renew()).toBe(true);
      expect(await stored(store, idOf(0))).toBe(summary(bytesOf(9)));
    });
  });
}
