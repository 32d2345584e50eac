import assert from 'node:assert/strict';
import { assertRefused, bytesOf, entriesOf, idOf, idsOf, NEVER, stored, summary } from './support.ts';
import type { StoreCase } from './support.ts';

/** Ids that begin alike. */
const MARKED = ['0000000000000001', '0000000000000002'].map((mark) => mark.padEnd(64, 'a'));
const [ONE = '', OTHER = ''] = MARKED;

/** What a cache needs to look after its records: sizes, last uses, parts of the records. */
export const upkeepCases: readonly StoreCase[] = [
  {
    title: 'tells the size of a record as its listing does, and no later use',
    async run({ store }) {
      for (const size of [0, 1, 70_000]) await store.set(idOf(size), [bytesOf(size)], NEVER);
      const entries = await entriesOf(store);
      assert.equal(entries.length, 3);
      for (const { id, size, lastUsedAt } of entries) {
        const stat = await store.stat(id);
        assert.deepEqual([stat?.id, stat?.size], [id, size]);
        assert.ok((stat?.lastUsedAt ?? Infinity) <= lastUsedAt);
      }
    },
  },
  {
    title: 'tells the last use of a record as its listing does',
    needs: 'keepsUses',
    async run({ store }) {
      for (const size of [0, 1, 70_000]) await store.set(idOf(size), [bytesOf(size)], NEVER);
      for (const entry of await entriesOf(store)) assert.deepEqual(await store.stat(entry.id), entry);
    },
  },
  {
    title: 'tells nothing of a record that is not there, or not any more',
    async run({ store }) {
      assert.equal(await store.stat(idOf(0)), undefined);
      await store.set(idOf(0), [bytesOf(1)], NEVER);
      await store.delete(idOf(0));
      assert.equal(await store.stat(idOf(0)), undefined);
    },
  },
  {
    title: 'keeps a last use that it is told, to the millisecond or so, and the record as it is',
    needs: 'keepsUses',
    async run({ store, other }) {
      await store.set(idOf(0), [bytesOf(500)], NEVER);
      await store.set(idOf(1), [bytesOf(1)], NEVER);
      for (const at of [1_900_000_000_123, 1_700_000_000_987]) {
        await store.touch(idOf(0), at);
        const { lastUsedAt = 0 } = (await other.stat(idOf(0))) ?? {};
        assert.ok(Math.abs(lastUsedAt - at) <= 1);
        assert.equal((await entriesOf(other)).find(({ id }) => id === idOf(0))?.lastUsedAt, lastUsedAt);
      }
      assert.equal(await stored(store, idOf(0)), summary(bytesOf(500)));
    },
  },
  {
    title: 'takes a later save for a later use than one that it was told',
    async run({ store }) {
      await store.set(idOf(0), [bytesOf(50)], NEVER);
      await store.touch(idOf(0), 1_000_000_000_000);
      await store.set(idOf(0), [bytesOf(50)], NEVER);
      assert.ok(((await store.stat(idOf(0)))?.lastUsedAt ?? 0) > 1_100_000_000_000);
    },
  },
  {
    title: 'makes no record by touching one that is not there',
    async run({ store }) {
      await store.touch(idOf(0), 1_900_000_000_000);
      await store.set(idOf(1), [bytesOf(1)], NEVER);
      await store.touch(idOf(0), 1_900_000_000_000);
      assert.deepEqual(await idsOf(store), [idOf(1)]);
    },
  },
  {
    title: 'lists the records whose ids begin with a prefix, and no others',
    async run({ store }) {
      for (const id of [...MARKED, idOf(0), idOf(1)]) await store.set(id, [bytesOf(3)], NEVER);
      assert.equal((await idsOf(store, '')).length, 4);
      assert.deepEqual(await idsOf(store, '000000000000000'), MARKED);
      assert.deepEqual(await idsOf(store, '0000000000000002'), [OTHER]);
      assert.deepEqual(await idsOf(store, idOf(1)), [idOf(1)]);
      assert.deepEqual(await idsOf(store, '0000000000000003'), []);
    },
  },
  {
    title: 'keeps the records whose ids begin with a prefix when it clears the rest',
    async run({ store }) {
      for (const id of [...MARKED, idOf(0), idOf(1)]) await store.set(id, [bytesOf(3)], NEVER);
      assert.equal(await store.clear(ONE.slice(0, 16)), 3);
      assert.deepEqual(await idsOf(store), [ONE]);
      assert.equal(await store.clear(ONE.slice(0, 16)), 0);
      assert.equal(await store.clear(), 1);
    },
  },
  {
    title: 'makes no place for a minor record, and stores it where there is one',
    async run({ store }) {
      const minor = { ...NEVER, minor: true };
      await store.set(idOf(0), [bytesOf(3)], minor);
      assert.ok([undefined, summary(bytesOf(3))].includes(await stored(store, idOf(0))));
      await store.set(idOf(1), [bytesOf(4)], NEVER);
      await store.set(idOf(0), [bytesOf(5)], minor);
      assert.equal(await stored(store, idOf(0)), summary(bytesOf(5)));
    },
  },
  {
    title: 'answers none of these when it is closed',
    async run({ store }) {
      await store.set(idOf(0), [bytesOf(1)], NEVER);
      await store.close();
      await assertRefused([
        () => store.stat(idOf(0)),
        () => store.touch(idOf(0), 1),
        () => store.counters.add('a', { x: 1 }),
        () => store.counters.read('a'),
        () => store.counters.reset('a'),
      ]);
    },
  },
];
