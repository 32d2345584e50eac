import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Totals } from '../../../lib/stores/store.ts';
import { bytesOf, idOf, NEVER } from './use-store.ts';
import type { Current } from './use-store.ts';

const NO_CHANGE: Totals = { entries: 0, bytes: 0 };

/** The count that all who use the records share. A store need not keep it: then it answers nothing, always. */
export function countSuite(current: Current): void {
  describe('the count', () => {
    let keeps = false;
    const expectCount = async (change: Totals, entries: number, bytes: number): Promise<void> => {
      const { store, other } = current();
      expect(await store.count(change)).toEqual(keeps ? { entries, bytes } : undefined);
      expect(await other.count(NO_CHANGE)).toEqual(keeps ? { entries, bytes } : undefined);
    };

    beforeEach(async () => {
      const { store } = current();
      await store.set(idOf(0), [bytesOf(1)], NEVER);
      await store.recount({ entries: 10, bytes: 1000 });
      keeps = (await store.count(NO_CHANGE)) !== undefined;
    });

    it('is nothing before somebody begins it', async () => {
      const { store } = current();
      await store.destroy();
      expect(await store.count({ entries: 1, bytes: 5 })).toBeUndefined();
      await store.set(idOf(0), [bytesOf(1)], NEVER);
      expect(await store.count({ entries: 1, bytes: 5 })).toBeUndefined();
    });

    it('adds up what all of them change, and begins anew when one says so', async () => {
      const { store, other } = current();
      await expectCount(NO_CHANGE, 10, 1000);
      await expectCount({ entries: 2, bytes: 50 }, 12, 1050);
      await expectCount({ entries: -2, bytes: -1000 }, 10, 50);
      await other.recount({ entries: 3, bytes: 2 ** 40 });
      await expectCount({ entries: 1, bytes: 1 }, 4, 2 ** 40 + 1);
      await store.recount({ entries: 0, bytes: 0 });
      await expectCount(NO_CHANGE, 0, 0);
    });

    it.each(['clear', 'destroy'] as const)('is nothing after %s()', async (method) => {
      const { store, other } = current();
      await store[method]();
      expect(await other.count({ entries: 1, bytes: 1 })).toBeUndefined();
      await store.set(idOf(0), [bytesOf(1)], NEVER);
      expect(await store.count({ entries: 1, bytes: 1 })).toBeUndefined();
    });

    it('is no record, and survives the removal of records', async () => {
      const { store } = current();
      const ids: string[] = [];
      for await (const { id } of store.entries()) ids.push(id);
      expect(ids).toEqual([idOf(0)]);
      await store.delete(idOf(0));
      await expectCount(NO_CHANGE, 10, 1000);
    });

    it('takes many changes', async () => {
      const { store, other } = current();
      for (let n = 0; n < 100; n++) await (n % 2 === 0 ? store : other).count({ entries: 1, bytes: n });
      await expectCount(NO_CHANGE, 110, 1000 + (99 * 100) / 2);
    });
  });
}
