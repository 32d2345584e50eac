import assert from 'node:assert/strict';
import { countersInRecords } from '../stores/counters-in-records.ts';
import type { Counts, Store } from '../stores/store.ts';
import { bytesOf, entriesOf, idOf, NEVER } from './support.ts';
import type { StoreCase, Subject } from './support.ts';

type Counters = Store['counters'];

/** What counters do, those of the store itself, if it has any, and those in records. */
interface CounterCase {
  readonly title: string;
  readonly run: (counters: readonly [one: Counters, other: Counters], store: Store) => Promise<void>;
}

const KINDS: readonly (readonly [name: string, of: (store: Store) => Counters])[] = [
  ['counters', ({ counters }) => counters],
  ['counters in records', (store) => countersInRecords<Store>(store)],
];

const CASES: readonly CounterCase[] = [
  {
    title: 'are none before anything is added',
    async run([one, other]) {
      assertCounts([await one.read('a'), await other.read('a')], [{}, {}]);
    },
  },
  {
    title: 'add up what all of them add, each group by itself',
    async run([one, other]) {
      await one.add('a', { x: 1, y: 2 ** 40 });
      await other.add('a', { x: 10, z: -3 });
      await other.add('b', { x: 100 });
      assertCounts([await one.read('a'), await other.read('a')], twice({ x: 11, y: 2 ** 40, z: -3 }));
      assertCounts([await one.read('b'), await other.read('c')], [{ x: 100 }, {}]);
    },
  },
  {
    title: 'leave out what adds up to nothing',
    async run([one, other]) {
      await one.add('a', { x: 1, y: 0 });
      await other.add('a', { x: -1 });
      assertCounts([await one.read('a'), await other.read('a')], [{}, {}]);
    },
  },
  {
    title: 'have names of any kind',
    async run([one, other]) {
      const names = ['', '__proto__', 'constructor', 'a\nb', '\uD800', '😀 :"\\', 'x'.repeat(5000)];
      const counts = Object.fromEntries(names.map((name, n) => [name, n + 1]));
      await one.add('a', counts);
      assertCounts([await other.read('a')], [counts]);
    },
  },
  {
    title: 'begin anew by reset, one group of them',
    async run([one, other]) {
      await one.add('a', { x: 1 });
      await other.add('a', { x: 1 });
      await one.add('b', { x: 5 });
      await one.reset('a');
      assertCounts([await one.read('a'), await other.read('a'), await other.read('b')], [{}, {}, { x: 5 }]);
      await other.add('a', { x: 2 });
      await one.add('a', { y: 1 });
      assertCounts([await one.read('a'), await other.read('a')], twice({ x: 2, y: 1 }));
    },
  },
  {
    title: 'take many changes',
    async run([one, other]) {
      for (let n = 0; n < 100; n++) await (n % 2 === 0 ? one : other).add('a', { count: 1, sum: n });
      assertCounts([await one.read('a')], [{ count: 100, sum: (99 * 100) / 2 }]);
    },
  },
  {
    title: 'lose nothing where several are added at once',
    async run([one, other]) {
      const adding = [1, 2, 3, 4, 5].flatMap((n) => [one, other].map(async (some) => some.add('a', { x: n })));
      await Promise.all(adding);
      assertCounts([await one.read('a')], [{ x: 30 }]);
    },
  },
  {
    title: 'go with destroy(), and begin anew',
    async run([one, other], store) {
      await one.add('a', { x: 1 });
      await other.read('a');
      await store.destroy();
      assertCounts([await one.read('a'), await other.read('a')], [{}, {}]);
      await begin(store);
      await other.add('a', { x: 5 });
      assertCounts([await one.read('a'), await other.read('a')], [{ x: 5 }, { x: 5 }]);
    },
  },
];

const OF_THE_STORE: StoreCase = {
  title: 'counters of the store itself are no records, and stay when these are removed',
  async run({ store, other }) {
    if (store.counters.areInRecords === true) return;
    await store.set(idOf(0), [bytesOf(1)], NEVER);
    await store.counters.add('a', { x: 1 });
    assert.deepEqual(
      (await entriesOf(store)).map(({ id }) => id),
      [idOf(0)],
    );
    assert.equal(await store.clear(), 1);
    await store.sweep();
    assertCounts([await other.counters.read('a')], [{ x: 1 }]);
  },
};

/** The counters that all who use the records share. */
export const counterCases: readonly StoreCase[] = [
  ...KINDS.flatMap(([name, of]) =>
    CASES.map(({ title, run }): StoreCase => ({
      title: `${name} ${title}`,
      async run({ store, other }: Subject) {
        await begin(store);
        await run([of(store), of(other)], store);
      },
    })),
  ),
  OF_THE_STORE,
];

/** There is a place for counters once there is a record. */
async function begin(store: Store): Promise<void> {
  await store.set(idOf(0), [bytesOf(1)], NEVER);
}

/** Whatever prototypes they have: a test runner may give each file built-ins of its own. */
function assertCounts(actual: readonly Counts[], expected: readonly Counts[]): void {
  assert.equal(actual.map(textOf).join(), expected.map(textOf).join());
}

function textOf(counts: Counts): string {
  const lines = Object.entries(counts).map((counter) => JSON.stringify(counter));
  return `{${lines.toSorted().join()}}`;
}

const twice = <T>(value: T): readonly T[] => [value, value];
