import assert from 'node:assert/strict';
import { isHeld, type AsyncLease, type Store, type SyncLease } from '../stores/store.ts';
import { bytesOf, holderOf, idOf, NEVER, stored, summary, takeLease } from './support.ts';
import type { StoreCase } from './support.ts';

const TTL = 30_000;
const ID = idOf(0);

/** Requires that nobody can take a lease. */
async function assertHeld(store: Store, id = ID): Promise<void> {
  assert.ok(isHeld(await store.lease(id, TTL)), 'The lease was to be had');
}

/** Takes a lease that must be free. */
async function taken(store: Store, id = ID, takenOver = false): Promise<SyncLease | AsyncLease> {
  const lease = await takeLease(store, id, TTL);
  assert.ok(lease, 'The lease was held');
  assert.deepEqual([lease.id, lease.takenOver], [id, takenOver]);
  return lease;
}

/** The right to compute. */
export const leaseCases: readonly StoreCase[] = [
  {
    title: 'go to one holder at a time, whichever store asks',
    async run({ store, other }) {
      const lease = await taken(store);
      await assertHeld(store);
      await assertHeld(other);
      await lease.release();
      await taken(other);
      await assertHeld(store);
    },
  },
  {
    title: 'go to one of many that ask at once',
    async run({ store, other }) {
      const asked = Array.from({ length: 20 }, async (_, n) => takeLease(n % 2 === 0 ? store : other, ID, TTL));
      assert.equal((await Promise.all(asked)).filter((lease) => lease !== undefined).length, 1);
    },
  },
  {
    title: 'are one for each id',
    async run({ store }) {
      const [first] = [await taken(store), await taken(store, idOf(1))];
      await first.release();
      await assertHeld(store, idOf(1));
      await taken(store);
    },
  },
  {
    title: 'have nothing to do with records',
    async run({ store }) {
      await store.set(ID, [bytesOf(3)], NEVER);
      const lease = await taken(store);
      await store.set(ID, [bytesOf(4)], NEVER);
      assert.equal(await stored(store, ID), summary(bytesOf(4)));
      assert.equal(await store.clear(), 1);
      await assertHeld(store);
      assert.equal(await lease.renew(), true);
    },
  },
  {
    title: 'tell who holds them, by a name that no other store of these records has',
    async run({ store, other }) {
      assert.equal(await holderOf(store, ID), undefined);
      const lease = await taken(store);
      assert.deepEqual([await holderOf(store, ID), await holderOf(other, ID)], [store.holder, store.holder]);
      assert.equal(await holderOf(store, idOf(1)), undefined);
      await lease.release();
      assert.equal(await holderOf(other, ID), undefined);
      await taken(other);
      assert.equal(await holderOf(store, ID), other.holder);
      assert.equal(typeof store.holder, 'string');
      assert.equal(store.holder === other.holder, store === other);
    },
  },
  {
    title: 'tell who holds them to who takes none, where the store can',
    async run({ store, other }) {
      assert.equal(await store.heldBy(ID), undefined);
      const lease = await taken(store);
      const held = await other.heldBy(ID);
      assert.equal(held === undefined ? store.holder : held.heldBy, store.holder);
      assert.equal(await other.heldBy(idOf(1)), undefined);
      await lease.release();
      assert.equal(await other.heldBy(ID), undefined);
      await taken(other);
    },
  },
  {
    title: 'are renewed while they are held, and not afterwards',
    async run({ store }) {
      const lease = await taken(store);
      assert.equal(await lease.renew(), true);
      assert.equal(await lease.renew(), true);
      await lease.release();
      assert.equal(await lease.renew(), false);
    },
  },
  {
    title: 'may be released twice, which does not release the next holder',
    async run({ store, other }) {
      const first = await taken(store);
      await first.release();
      const second = await taken(other);
      await first.release();
      await assertHeld(store);
      assert.equal(await second.renew(), true);
    },
  },
  {
    title: 'are lost to others when they run out, and then neither renewed nor released',
    needs: 'runsOut',
    async run({ store, other, advance }) {
      const lost = await taken(store);
      advance?.(TTL - 1);
      await assertHeld(other);
      advance?.(2);
      const next = await taken(other, ID, true);
      assert.equal(await lost.renew(), false);
      await lost.release();
      await assertHeld(store);
      assert.equal(await next.renew(), true);
    },
  },
  {
    title: 'are not taken from the next holder by one that lost them and did not know',
    needs: 'runsOut',
    async run({ store, other, advance }) {
      const lost = await taken(store);
      advance?.(TTL + 1);
      const next = await taken(other, ID, true);
      await lost.release();
      await assertHeld(store);
      assert.equal(await next.renew(), true);
    },
  },
  {
    title: 'last as long as they are renewed',
    async run({ store, other, advance }) {
      const lease = await taken(store);
      for (let n = 0; n < 5; n++) {
        advance?.(TTL - 1);
        assert.equal(await lease.renew(), true);
        await assertHeld(other);
      }
    },
  },
];
