import assert from 'node:assert/strict';
import { HEAD_BYTES } from '../stores/store.ts';
import type { Parts } from '../stores/store.ts';
import { bytesOf, idOf, NEVER, stored, summary } from './support.ts';
import type { StoreCase } from './support.ts';

const LARGE = 20 * 1_048_576;
const SIZES = [0, 1, 4095, 4096, 4097, 65_535, 65_536, 65_537, 1_048_576];

/** Records in and out. */
export const recordCases: readonly StoreCase[] = [
  ...[...SIZES, LARGE].map((size): StoreCase => ({
    title: `come back as they were: ${size} bytes`,
    async run({ store, other }) {
      const bytes = bytesOf(size);
      await store.set(idOf(size), [bytes], NEVER);
      assert.equal(await stored(store, idOf(size)), summary(bytes));
      assert.equal(await stored(other, idOf(size)), summary(bytes));
    },
  })),
  ...SIZES.map((size): StoreCase => ({
    title: `are joined from two and three parts, empty ones too: ${size} bytes`,
    async run({ store }) {
      const bytes = bytesOf(size, 1);
      for (const parts of [cut(bytes, [size >> 1]), cut(bytes, [0, size]), cut(bytes, [size >> 2, size >> 1])]) {
        await store.delete(idOf(size));
        await store.set(idOf(size), parts, NEVER);
        assert.equal(await stored(store, idOf(size)), summary(bytes));
      }
    },
  })),
  {
    title: 'are undefined where there is none',
    async run({ store }) {
      assert.equal(await store.get(idOf('absent')), undefined);
      assert.equal(await store.peek(idOf('absent')), undefined);
      await store.set(idOf('present'), [bytesOf(1)], NEVER);
      assert.equal(await store.get(idOf('absent')), undefined);
      assert.equal(await store.peek(idOf('absent')), undefined);
    },
  },
  {
    title: 'are replaced, by shorter and by longer ones',
    async run({ store }) {
      for (const size of [100, 10, 70_000, 200, 0, 65_536]) {
        await store.set(idOf(0), [bytesOf(size, size)], NEVER);
        assert.equal(await stored(store, idOf(0)), summary(bytesOf(size, size)));
      }
    },
  },
  {
    title: 'are one of those that were set at once, whole',
    async run({ store, other }) {
      const records = Array.from({ length: 10 }, (_, n) => bytesOf(100 + n * 9000, n));
      await Promise.all(records.map(async (bytes, n) => (n % 2 === 0 ? store : other).set(idOf(0), [bytes], NEVER)));
      assert.ok(records.map(summary).includes(await stored(store, idOf(0))));
    },
  },
  {
    title: 'stay what they were when the input changes afterwards',
    async run({ store }) {
      const whole = bytesOf(70_010);
      const parts = [whole.slice(0, 10), whole.slice(10)];
      const before = summary(whole);
      await store.set(idOf(0), parts, NEVER);
      for (const part of parts) part.fill(0);
      assert.equal(await stored(store, idOf(0)), before);
    },
  },
  ...[10, 4096, 65_536, 65_537, 300_000].map((size): StoreCase => ({
    title: `stay what they were when the output changes: ${size} bytes`,
    async run({ store }) {
      await store.set(idOf(0), [bytesOf(size)], NEVER);
      for (const part of (await store.get(idOf(0))) ?? []) part.fill(0);
      (await store.peek(idOf(0)))?.head.fill(0);
      assert.equal(await stored(store, idOf(0)), summary(bytesOf(size)));
    },
  })),
  {
    title: 'may be kept by the caller when a part spans its memory, and always from an asynchronous store',
    async run({ store }) {
      for (const size of [10, 65_536, 65_537, 200_000]) {
        await store.set(idOf(0), [bytesOf(size)], NEVER);
        const kept = ((await store.get(idOf(0))) ?? []).filter((part) => store.kind === 'async' || isOwned(part));
        const before = kept.map(summary);
        await store.set(idOf(1), [bytesOf(size, 1)], NEVER);
        await store.get(idOf(1));
        await store.peek(idOf(1));
        assert.deepEqual(kept.map(summary), before);
      }
    },
  },
  ...SIZES.map((size): StoreCase => ({
    title: `show their beginning, size and last use: ${size} bytes`,
    async run({ store }) {
      const bytes = bytesOf(size, 2);
      await store.set(idOf(0), [bytes], NEVER);
      await store.set(idOf(1), [bytesOf(size, 3)], NEVER);
      const peeked = await store.peek(idOf(0));
      await store.peek(idOf(1));
      await store.get(idOf(1));
      const { head = bytesOf(0), id, size: told, lastUsedAt } = peeked ?? {};
      assert.deepEqual([id, told, Number.isFinite(lastUsedAt)], [idOf(0), size, true]);
      assert.ok(head.length >= Math.min(size, HEAD_BYTES));
      assert.equal(summary(head), summary(bytes.subarray(0, head.length)));
    },
  })),
  {
    title: 'stay until they expire, and whatever those expired that they replace',
    async run({ store }) {
      await store.set(idOf(0), [bytesOf(100)], { expiresAt: Date.now() + 86_400_000 });
      assert.equal(await stored(store, idOf(0)), summary(bytesOf(100)));
      for (const expiresAt of [Infinity, Date.now() + 86_400_000, Date.now() + 40 * 365 * 86_400_000]) {
        await store.set(idOf(1), [bytesOf(50)], { expiresAt: Date.now() - 1000 });
        await store.set(idOf(1), [bytesOf(100)], { expiresAt });
        assert.equal(await stored(store, idOf(1)), summary(bytesOf(100)));
      }
    },
  },
  {
    title: 'keep a thousand ids apart',
    async run({ store }) {
      for (let n = 0; n < 1000; n++) await store.set(idOf(n), [bytesOf(20 + (n % 7), n)], NEVER);
      for (let n = 0; n < 1000; n++) {
        assert.equal(await stored(store, idOf(n)), summary(bytesOf(20 + (n % 7), n)), `Record ${n} is another one`);
      }
      assert.equal(await store.clear(), 1000);
    },
  },
];

function isOwned(part: Uint8Array): boolean {
  return part.byteLength === part.buffer.byteLength;
}

function cut(bytes: Uint8Array, places: readonly number[]): Parts {
  const ends = [...places, bytes.length];
  return ends.map((end, i) => bytes.subarray(ends[i - 1] ?? 0, end));
}
