import assert from 'node:assert/strict';
import { assertRefused, bytesOf, entriesOf, idOf, NEVER, stored, summary, takeLease } from './support.ts';
import type { StoreCase } from './support.ts';

/** From the first use to the last. */
export const lifeCases: readonly StoreCase[] = [
  {
    title: 'has one scope with every other store over the same records',
    async run({ store, other }) {
      assert.equal(store.scope, other.scope);
    },
  },
  {
    title: 'can be used again after it was destroyed',
    async run({ store, other }) {
      await store.set(idOf(0), [bytesOf(1)], NEVER);
      const lease = await takeLease(store, idOf(1));
      await store.destroy();
      assert.equal(await store.get(idOf(0)), undefined);
      assert.deepEqual(await entriesOf(other), []);
      await lease?.release();
      await store.set(idOf(0), [bytesOf(2)], NEVER);
      assert.equal(await stored(other, idOf(0)), summary(bytesOf(2)));
      assert.equal((await takeLease(store, idOf(1)))?.takenOver, false);
    },
  },
  {
    title: 'can be destroyed when there is nothing, and twice',
    async run({ store }) {
      await store.destroy();
      await store.destroy();
      assert.equal(await store.clear(), 0);
      assert.deepEqual(await store.sweep(), { leftovers: 0, bytes: 0 });
    },
  },
  {
    title: 'can be closed twice, and then answers nothing more',
    async run({ store }) {
      await store.set(idOf(0), [bytesOf(1)], NEVER);
      await store.close();
      await store.close();
      await assertRefused([
        () => store.get(idOf(0)),
        () => store.peek(idOf(0)),
        () => store.set(idOf(0), [bytesOf(1)], NEVER),
        () => store.delete(idOf(0)),
        () => entriesOf(store),
        () => store.clear(),
        () => store.sweep(),
        () => store.lease(idOf(0), 60_000),
        () => store.destroy(),
      ]);
    },
  },
  {
    title: 'releases its leases when it is closed',
    async run({ store, other }) {
      const lease = await takeLease(store, idOf(0));
      assert.ok(lease);
      await store.close();
      assert.equal(await lease.renew(), false);
      if (store !== other) assert.ok(await takeLease(other, idOf(0)));
    },
  },
];
