import { describe, expect, it } from '@jest/globals';
import { bytesOf, entriesOf, failureOf, idOf, NEVER, stored, summary } from './use-store.ts';
import type { Current } from './use-store.ts';

/** From the first use to the last. */
export function lifeSuite(current: Current): void {
  describe('life', () => {
    it('has one scope with every other store over the same records', () => {
      const { store, other } = current();
      expect(store.scope).toBe(other.scope);
    });

    it('can be used again after it was destroyed', async () => {
      const { store, other } = current();
      await store.set(idOf(0), [bytesOf(1)], NEVER);
      const lease = await store.lease(idOf(1), 60_000);
      await store.destroy();
      expect(await store.get(idOf(0))).toBeUndefined();
      expect(await entriesOf(other)).toEqual([]);
      expect(await lease?.renew()).toBe(false);
      await lease?.release();
      await store.set(idOf(0), [bytesOf(2)], NEVER);
      expect(await stored(other, idOf(0))).toBe(summary(bytesOf(2)));
      expect(await store.lease(idOf(1), 60_000)).toMatchObject({ takenOver: false });
    });

    it('can be destroyed when there is nothing, and twice', async () => {
      const { store } = current();
      await store.destroy();
      await store.destroy();
      expect(await store.clear()).toBe(0);
      expect(await store.sweep()).toEqual({ leftovers: 0, bytes: 0 });
    });

    it('can be closed twice, and then answers nothing more', async () => {
      const { store } = current();
      await store.set(idOf(0), [bytesOf(1)], NEVER);
      await store.close();
      await store.close();
      const calls: readonly (() => unknown)[] = [
        () => store.get(idOf(0)),
        () => store.peek(idOf(0)),
        () => store.set(idOf(0), [bytesOf(1)], NEVER),
        () => store.delete(idOf(0)),
        () => entriesOf(store),
        () => store.clear(),
        () => store.sweep(),
        () => store.lease(idOf(0), 60_000),
        () => store.destroy(),
      ];
      for (const call of calls) expect(await failureOf(call)).toMatchObject({ code: 'ERR_TEMPCACHE_STORE' });
    });

    it('releases its leases when it is closed', async () => {
      const { store, other, advance } = current();
      if (store === other) return;
      const lease = await store.lease(idOf(0), 1000);
      expect(lease).toBeDefined();
      await store.close();
      advance?.(1001);
      expect(await other.lease(idOf(0), 1000)).toBeDefined();
      expect(await lease?.renew()).toBe(false);
    });
  });
}
