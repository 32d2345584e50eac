import { describe, expect, it } from '@jest/globals';
import type { StoreEntry } from '../../../lib/stores/store.ts';
import { bytesOf, entriesOf, failureOf, idOf, NEVER, stored, summary } from './use-store.ts';
import type { Current } from './use-store.ts';

/** Ids that begin alike. */
const MARKED = ['0000000000000001', '0000000000000002'].map((mark) => mark.padEnd(64, 'a'));
const [ONE = '', OTHER = ''] = MARKED;

/** What a cache needs to look after its records: sizes, last uses, parts of the records, a shared count. */
export function upkeepSuite(current: Current): void {
  describe('upkeep', () => {
    it('tells size and last use of a record as its listing does', async () => {
      const { store } = current();
      for (const size of [0, 1, 70_000]) await store.set(idOf(size), [bytesOf(size)], NEVER);
      const entries = await entriesOf(store);
      expect(entries).toHaveLength(3);
      for (const entry of entries) expect(await store.stat(entry.id)).toEqual(entry);
      expect(await store.stat(idOf(1))).toMatchObject({ id: idOf(1), size: 1 });
    });

    it('tells nothing of a record that is not there, or not any more', async () => {
      const { store } = current();
      expect(await store.stat(idOf(0))).toBeUndefined();
      await store.set(idOf(0), [bytesOf(1)], NEVER);
      await store.delete(idOf(0));
      expect(await store.stat(idOf(0))).toBeUndefined();
    });

    it('keeps a last use that it is told, to the millisecond or so, and the record as it is', async () => {
      const { store, other } = current();
      await store.set(idOf(0), [bytesOf(500)], NEVER);
      await store.set(idOf(1), [bytesOf(1)], NEVER);
      for (const at of [1_900_000_000_123, 1_700_000_000_987]) {
        await store.touch(idOf(0), at);
        const { lastUsedAt = 0 } = (await other.stat(idOf(0))) ?? {};
        expect(Math.abs(lastUsedAt - at)).toBeLessThanOrEqual(1);
        expect((await entriesOf(other)).find(({ id }) => id === idOf(0))).toMatchObject({ lastUsedAt });
      }
      expect(await stored(store, idOf(0))).toBe(summary(bytesOf(500)));
    });

    it('takes a later save for a later use than one that it was told', async () => {
      const { store } = current();
      await store.set(idOf(0), [bytesOf(1)], NEVER);
      await store.touch(idOf(0), 1_000_000_000_000);
      await store.set(idOf(0), [bytesOf(1)], NEVER);
      expect((await store.stat(idOf(0)))?.lastUsedAt).toBeGreaterThan(1_100_000_000_000);
    });

    it('makes no record by touching one that is not there', async () => {
      const { store } = current();
      await store.touch(idOf(0), 1_900_000_000_000);
      await store.set(idOf(1), [bytesOf(1)], NEVER);
      await store.touch(idOf(0), 1_900_000_000_000);
      expect((await entriesOf(store)).map(({ id }) => id)).toEqual([idOf(1)]);
    });

    it('lists the records whose ids begin with a prefix, and no others', async () => {
      const { store } = current();
      for (const id of [...MARKED, idOf(0), idOf(1)]) await store.set(id, [bytesOf(3)], NEVER);
      const idsOf = async (prefix: string): Promise<string[]> => {
        const found: StoreEntry[] = [];
        for await (const entry of store.entries(prefix)) found.push(entry);
        return found.map(({ id }) => id).toSorted();
      };
      expect(await idsOf('')).toHaveLength(4);
      expect(await idsOf('000000000000000')).toEqual(MARKED);
      expect(await idsOf('0000000000000002')).toEqual([OTHER]);
      expect(await idsOf(idOf(1))).toEqual([idOf(1)]);
      expect(await idsOf('0000000000000003')).toEqual([]);
    });

    it('keeps the records whose ids begin with a prefix when it clears the rest', async () => {
      const { store } = current();
      for (const id of [...MARKED, idOf(0), idOf(1)]) await store.set(id, [bytesOf(3)], NEVER);
      expect(await store.clear(ONE.slice(0, 16))).toBe(3);
      expect((await entriesOf(store)).map(({ id }) => id)).toEqual([ONE]);
      expect(await store.clear(ONE.slice(0, 16))).toBe(0);
      expect(await store.clear()).toBe(1);
    });

    it('makes no place for a minor record, and stores it where there is one', async () => {
      const { store } = current();
      const minor = { ...NEVER, minor: true };
      await store.set(idOf(0), [bytesOf(3)], minor);
      expect([undefined, summary(bytesOf(3))]).toContain(await stored(store, idOf(0)));
      await store.set(idOf(1), [bytesOf(4)], NEVER);
      await store.set(idOf(0), [bytesOf(5)], minor);
      expect(await stored(store, idOf(0))).toBe(summary(bytesOf(5)));
    });

    it('answers none of these when it is closed', async () => {
      const { store } = current();
      await store.set(idOf(0), [bytesOf(1)], NEVER);
      await store.close();
      const calls: readonly (() => unknown)[] = [
        () => store.stat(idOf(0)),
        () => store.touch(idOf(0), 1),
        () => store.counters.add('a', { x: 1 }),
        () => store.counters.read('a'),
        () => store.counters.reset('a'),
      ];
      for (const call of calls) expect(await failureOf(call)).toMatchObject({ code: 'ERR_TEMPCACHE_STORE' });
    });
  });
}
