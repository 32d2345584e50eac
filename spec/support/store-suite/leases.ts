import { describe, expect, it } from '@jest/globals';
import { bytesOf, idOf, NEVER, stored, summary } from './use-store.ts';
import type { Current } from './use-store.ts';

const TTL = 30_000;

/** The right to compute. */
export function leaseSuite(current: Current): void {
  describe('leases', () => {
    it('go to one holder at a time, whichever store asks', async () => {
      const { store, other } = current();
      const lease = await store.lease(idOf(0), TTL);
      expect(lease).toMatchObject({ id: idOf(0), takenOver: false });
      expect(await store.lease(idOf(0), TTL)).toBeUndefined();
      expect(await other.lease(idOf(0), TTL)).toBeUndefined();
      await lease?.release();
      expect(await other.lease(idOf(0), TTL)).toMatchObject({ id: idOf(0), takenOver: false });
      expect(await store.lease(idOf(0), TTL)).toBeUndefined();
    });

    it('go to one of many that ask at once', async () => {
      const { store, other } = current();
      const asked = Array.from({ length: 20 }, async (_, n) => (n % 2 === 0 ? store : other).lease(idOf(0), TTL));
      const won = (await Promise.all(asked)).filter((lease) => lease !== undefined);
      expect(won).toHaveLength(1);
    });

    it('are one for each id', async () => {
      const { store } = current();
      const leases = [await store.lease(idOf(0), TTL), await store.lease(idOf(1), TTL)];
      expect(leases.map((lease) => lease?.id)).toEqual([idOf(0), idOf(1)]);
      await leases[0]?.release();
      expect(await store.lease(idOf(1), TTL)).toBeUndefined();
      expect(await store.lease(idOf(0), TTL)).toBeDefined();
    });

    it('have nothing to do with records', async () => {
      const { store } = current();
      await store.set(idOf(0), [bytesOf(3)], NEVER);
      const lease = await store.lease(idOf(0), TTL);
      await store.set(idOf(0), [bytesOf(4)], NEVER);
      expect(await stored(store, idOf(0))).toBe(summary(bytesOf(4)));
      expect(await store.clear()).toBe(1);
      expect(await store.lease(idOf(0), TTL)).toBeUndefined();
      expect(await lease?.renew()).toBe(true);
    });

    it('tell who holds them, by a name that no other store of these records has', async () => {
      const { store, other } = current();
      expect(await store.holderOf(idOf(0))).toBeUndefined();
      const lease = await store.lease(idOf(0), TTL);
      expect([await store.holderOf(idOf(0)), await other.holderOf(idOf(0))]).toEqual([store.holder, store.holder]);
      expect(await store.holderOf(idOf(1))).toBeUndefined();
      await lease?.release();
      expect(await other.holderOf(idOf(0))).toBeUndefined();
      await other.lease(idOf(0), TTL);
      expect(await store.holderOf(idOf(0))).toBe(other.holder);
      expect([store.holder, store.holder === other.holder]).toEqual([expect.any(String), store === other]);
    });

    it('are renewed while they are held, and not afterwards', async () => {
      const { store } = current();
      const lease = await store.lease(idOf(0), TTL);
      expect(await lease?.renew()).toBe(true);
      expect(await lease?.renew()).toBe(true);
      await lease?.release();
      expect(await lease?.renew()).toBe(false);
    });

    it('may be released twice, which does not release the next holder', async () => {
      const { store, other } = current();
      const first = await store.lease(idOf(0), TTL);
      await first?.release();
      const second = await other.lease(idOf(0), TTL);
      await first?.release();
      expect(await store.lease(idOf(0), TTL)).toBeUndefined();
      expect(await second?.renew()).toBe(true);
    });

    it('are lost to others when they run out, and then neither renewed nor released', async () => {
      const { store, other, advance } = current();
      if (advance === undefined) return expectNoExpiry(current);
      const lost = await store.lease(idOf(0), TTL);
      advance(TTL - 1);
      expect(await other.lease(idOf(0), TTL)).toBeUndefined();
      advance(2);
      const next = await other.lease(idOf(0), TTL);
      expect(next).toMatchObject({ takenOver: true });
      expect(await lost?.renew()).toBe(false);
      await lost?.release();
      expect(await store.lease(idOf(0), TTL)).toBeUndefined();
      expect(await next?.renew()).toBe(true);
      return undefined;
    });

    it('last as long as they are renewed', async () => {
      const { store, other, advance } = current();
      const lease = await store.lease(idOf(0), TTL);
      for (let n = 0; n < 5; n++) {
        advance?.(TTL - 1);
        expect(await lease?.renew()).toBe(true);
        expect(await other.lease(idOf(0), TTL)).toBeUndefined();
      }
    });
  });
}

/** A store that sees whether a holder lives does not take a lease from a living one, however little time it is given. */
async function expectNoExpiry(current: Current): Promise<void> {
  const { store, other } = current();
  const lease = await store.lease(idOf(0), 0);
  expect(await other.lease(idOf(0), 0)).toBeUndefined();
  expect(await lease?.renew()).toBe(true);
}
