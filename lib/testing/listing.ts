import assert from 'node:assert/strict';
import { bytesOf, entriesOf, idOf, idsOf, NEVER, stored, summary, takeLease } from './support.ts';
import type { StoreCase } from './support.ts';

/** Deleting and listing. */
export const listingCases: readonly StoreCase[] = [
  {
    title: 'lists nothing where there is nothing',
    async run({ store }) {
      assert.deepEqual(await entriesOf(store), []);
    },
  },
  {
    title: 'lists every record once, with its size and a time',
    async run({ store }) {
      const sizes = new Map([0, 1, 500, 70_000].map((size) => [idOf(size), size]));
      for (const [id, size] of sizes) await store.set(id, [bytesOf(size)], NEVER);
      const entries = await entriesOf(store);
      assert.equal(entries.length, sizes.size);
      assert.deepEqual(new Map(entries.map(({ id, size }) => [id, size])), sizes);
      // Very short records cannot tell when they were saved.
      const times = entries.filter(({ size }) => size >= 500).map(({ lastUsedAt }) => lastUsedAt);
      assert.ok(times.every((time) => Number.isFinite(time) && time > 0));
    },
  },
  {
    title: 'takes a save for a use',
    async run({ store, advance }) {
      await store.set(idOf(0), [bytesOf(50)], NEVER);
      const [before] = await entriesOf(store);
      advance?.(5000);
      await store.set(idOf(0), [bytesOf(50)], NEVER);
      const [after] = await entriesOf(store);
      assert.ok((after?.lastUsedAt ?? 0) >= (before?.lastUsedAt ?? Infinity) + (advance ? 5000 : 0));
    },
  },
  {
    title: 'tells whether there was something to delete',
    async run({ store }) {
      assert.equal(await store.delete(idOf(0)), false);
      await store.set(idOf(0), [bytesOf(5)], NEVER);
      await store.set(idOf(1), [bytesOf(6)], NEVER);
      assert.equal(await store.delete(idOf(0)), true);
      assert.equal(await store.delete(idOf(0)), false);
      assert.equal(await store.get(idOf(0)), undefined);
      assert.deepEqual(await idsOf(store), [idOf(1)]);
      assert.equal(await stored(store, idOf(1)), summary(bytesOf(6)));
    },
  },
  {
    title: 'bears that records are deleted and added while it lists',
    async run({ store }) {
      for (let n = 0; n < 40; n++) await store.set(idOf(n), [bytesOf(n)], NEVER);
      const seen = new Set<string>();
      for await (const { id } of store.entries()) {
        seen.add(id);
        await store.delete(id);
        if (seen.size === 1) await store.set(idOf('new'), [bytesOf(1)], NEVER);
      }
      for (let n = 0; n < 40; n++) assert.ok(seen.has(idOf(n)) || (await store.get(idOf(n))) !== undefined);
    },
  },
  {
    title: 'lists ten thousand records, each once',
    async run({ store }) {
      const ids = Array.from({ length: 10_000 }, (_, n) => idOf(n));
      for (let from = 0; from < ids.length; from += 100) {
        await Promise.all(ids.slice(from, from + 100).map(async (id) => store.set(id, [bytesOf(40)], NEVER)));
      }
      assert.equal((await idsOf(store)).join(), ids.toSorted().join());
      assert.equal(await store.clear(), ids.length);
    },
  },
  {
    title: 'may be left in the middle of a listing',
    async run({ store }) {
      for (let n = 0; n < 10; n++) await store.set(idOf(n), [bytesOf(n)], NEVER);
      for await (const entry of store.entries()) {
        assert.equal(entry.id.length, 64);
        break;
      }
      assert.equal((await entriesOf(store)).length, 10);
    },
  },
  {
    title: 'clears all records and tells how many there were',
    async run({ store }) {
      assert.equal(await store.clear(), 0);
      for (let n = 0; n < 25; n++) await store.set(idOf(n), [bytesOf(n)], NEVER);
      await store.delete(idOf(3));
      assert.equal(await store.clear(), 24);
      assert.deepEqual(await entriesOf(store), []);
      assert.equal(await store.clear(), 0);
    },
  },
  {
    title: 'sweeps nothing of the living',
    async run({ store }) {
      await store.set(idOf(0), [bytesOf(9)], NEVER);
      const lease = await takeLease(store, idOf(1));
      assert.deepEqual(await store.sweep(), { leftovers: 0, bytes: 0 });
      assert.equal(await lease?.renew(), true);
      assert.equal(await stored(store, idOf(0)), summary(bytesOf(9)));
    },
  },
];
