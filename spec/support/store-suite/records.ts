import { describe, expect, it } from '@jest/globals';
import { HEAD_BYTES } from '../../../lib/stores/store.ts';
import type { Parts } from '../../../lib/stores/store.ts';
import { bytesOf, idOf, joined, NEVER, stored, summary } from './use-store.ts';
import type { Current } from './use-store.ts';

const SIZES = [0, 1, 4095, 4096, 4097, 65_535, 65_536, 65_537, 1_048_576];

/** Records in and out. */
export function recordSuite(current: Current): void {
  describe('records', () => {
    it.each(SIZES)('come back as they were: %i bytes', async (size) => {
      const { store, other } = current();
      const bytes = bytesOf(size);
      await store.set(idOf(size), [bytes], NEVER);
      expect(await stored(store, idOf(size))).toBe(summary(bytes));
      expect(await stored(other, idOf(size))).toBe(summary(bytes));
    });

    it.each(SIZES)('are joined from two and three parts, empty ones too: %i bytes', async (size) => {
      const { store } = current();
      const bytes = bytesOf(size, 1);
      for (const parts of [cut(bytes, [size >> 1]), cut(bytes, [0, size]), cut(bytes, [size >> 2, size >> 1])]) {
        await store.delete(idOf(size));
        await store.set(idOf(size), parts, NEVER);
        expect(await stored(store, idOf(size))).toBe(summary(bytes));
      }
    });

    it('are undefined where there is none', async () => {
      const { store } = current();
      expect(await store.get(idOf('absent'))).toBeUndefined();
      expect(await store.peek(idOf('absent'))).toBeUndefined();
      await store.set(idOf('present'), [bytesOf(1)], NEVER);
      expect(await store.get(idOf('absent'))).toBeUndefined();
      expect(await store.peek(idOf('absent'))).toBeUndefined();
    });

    it('are replaced, by shorter and by longer ones', async () => {
      const { store } = current();
      for (const size of [100, 10, 70_000, 200, 0, 65_536]) {
        await store.set(idOf(0), [bytesOf(size, size)], NEVER);
        expect(await stored(store, idOf(0))).toBe(summary(bytesOf(size, size)));
      }
    });

    it('stay what they were when the input changes afterwards', async () => {
      const { store } = current();
      const parts = [bytesOf(10), bytesOf(70_000)];
      const before = summary(joined(parts));
      await store.set(idOf(0), parts, NEVER);
      for (const part of parts) part.fill(0);
      expect(await stored(store, idOf(0))).toBe(before);
    });

    it.each([10, 4096, 65_536, 65_537, 300_000])('stay what they were when the output changes: %i', async (size) => {
      const { store } = current();
      await store.set(idOf(0), [bytesOf(size)], NEVER);
      for (const part of (await store.get(idOf(0))) ?? []) part.fill(0);
      (await store.peek(idOf(0)))?.head.fill(0);
      expect(await stored(store, idOf(0))).toBe(summary(bytesOf(size)));
    });

    it('may be kept by the caller when a part spans its memory, and always from an asynchronous store', async () => {
      const { store } = current();
      for (const size of [10, 65_536, 65_537, 200_000]) {
        await store.set(idOf(0), [bytesOf(size)], NEVER);
        const kept = ((await store.get(idOf(0))) ?? []).filter((part) => store.kind === 'async' || isOwned(part));
        const before = kept.map(summary);
        await store.set(idOf(1), [bytesOf(size, 1)], NEVER);
        await store.get(idOf(1));
        await store.peek(idOf(1));
        expect(kept.map(summary)).toEqual(before);
      }
    });

    it.each(SIZES)('show their beginning, size and last use: %i bytes', async (size) => {
      const { store } = current();
      const bytes = bytesOf(size, 2);
      await store.set(idOf(0), [bytes], NEVER);
      await store.set(idOf(1), [bytesOf(size, 3)], NEVER);
      const glimpse = await store.peek(idOf(0));
      await store.peek(idOf(1));
      await store.get(idOf(1));
      const { head = bytesOf(0), id, size: told, lastUsedAt } = glimpse ?? {};
      expect({ id, told, isTime: Number.isFinite(lastUsedAt) }).toEqual({ id: idOf(0), told: size, isTime: true });
      expect(head.length).toBeGreaterThanOrEqual(Math.min(size, HEAD_BYTES));
      expect(summary(head)).toBe(summary(bytes.subarray(0, head.length)));
    });

    it('keep a thousand ids apart', async () => {
      const { store } = current();
      for (let n = 0; n < 1000; n++) await store.set(idOf(n), [bytesOf(20 + (n % 7), n)], NEVER);
      for (let n = 0; n < 1000; n++) {
        const record = joined(await store.get(idOf(n)));
        if (summary(record) !== summary(bytesOf(20 + (n % 7), n))) throw new Error(`Record ${n} is another one`);
      }
      expect(await store.clear()).toBe(1000);
    });
  });
}

function isOwned(part: Uint8Array): boolean {
  return part.byteLength === part.buffer.byteLength;
}

function cut(bytes: Uint8Array, places: readonly number[]): Parts {
  const ends = [...places, bytes.length];
  return ends.map((end, i) => bytes.subarray(ends[i - 1] ?? 0, end));
}
