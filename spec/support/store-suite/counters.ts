import { describe, expect, it } from '@jest/globals';
import { countersInRecords } from '../../../lib/stores/counters-in-records.ts';
import type { Store } from '../../../lib/stores/store.ts';
import { bytesOf, entriesOf, idOf, NEVER } from './use-store.ts';
import type { Current } from './use-store.ts';

/** The counters that all who use the records share: those of the store itself, if it has any, and those in records. */
export function counterSuite(current: Current): void {
  describe.each([
    ['the counters', ({ counters }: Store) => counters],
    ['counters in records', (store: Store) => countersInRecords<Store>(store)],
  ] as const)('%s', (_name, of) => {
    const open = (): readonly Counters[] => [current().store, current().other].map(of);
    /** There is a place for them once there is a record. */
    const begin = async (): Promise<readonly [Counters, Counters]> => {
      await current().store.set(idOf(0), [bytesOf(1)], NEVER);
      return open() as readonly [Counters, Counters];
    };

    it('are none before anything is added', async () => {
      const [one, other] = await begin();
      expect([await one.read('a'), await other.read('a')]).toEqual([{}, {}]);
    });

    it('add up what all of them add, each group by itself', async () => {
      const [one, other] = await begin();
      await one.add('a', { x: 1, y: 2 ** 40 });
      await other.add('a', { x: 10, z: -3 });
      await other.add('b', { x: 100 });
      expect([await one.read('a'), await other.read('a')]).toEqual(twice({ x: 11, y: 2 ** 40, z: -3 }));
      expect([await one.read('b'), await other.read('c')]).toEqual([{ x: 100 }, {}]);
    });

    it('leave out what adds up to nothing', async () => {
      const [one, other] = await begin();
      await one.add('a', { x: 1, y: 0 });
      await other.add('a', { x: -1 });
      expect([await one.read('a'), await other.read('a')]).toEqual([{}, {}]);
    });

    it('have names of any kind', async () => {
      const [one, other] = await begin();
      const names = ['', '__proto__', 'constructor', 'a\nb', '\uD800', '😀 :"\\', 'x'.repeat(5000)];
      const counts = Object.fromEntries(names.map((name, n) => [name, n + 1]));
      await one.add('a', counts);
      expect(new Map(Object.entries(await other.read('a')))).toEqual(new Map(Object.entries(counts)));
    });

    it('begin anew by reset, one group of them', async () => {
      const [one, other] = await begin();
      await one.add('a', { x: 1 });
      await other.add('a', { x: 1 });
      await one.add('b', { x: 5 });
      await one.reset('a');
      expect([await one.read('a'), await other.read('a'), await other.read('b')]).toEqual([{}, {}, { x: 5 }]);
      await other.add('a', { x: 2 });
      await one.add('a', { y: 1 });
      expect([await one.read('a'), await other.read('a')]).toEqual(twice({ x: 2, y: 1 }));
    });

    it('take many changes', async () => {
      const [one, other] = await begin();
      for (let n = 0; n < 100; n++) await (n % 2 === 0 ? one : other).add('a', { count: 1, sum: n });
      expect(await one.read('a')).toEqual({ count: 100, sum: (99 * 100) / 2 });
    });

    it('lose nothing where several are added at once', async () => {
      const [one, other] = await begin();
      const adding = [1, 2, 3, 4, 5].flatMap((n) => [one, other].map(async (some) => some.add('a', { x: n })));
      await Promise.all(adding);
      expect(await one.read('a')).toEqual({ x: 30 });
    });

    it('go with destroy(), and begin anew', async () => {
      const [one, other] = await begin();
      await one.add('a', { x: 1 });
      await other.read('a');
      await current().store.destroy();
      expect([await one.read('a'), await other.read('a')]).toEqual([{}, {}]);
      await begin();
      await other.add('a', { x: 5 });
      expect([await one.read('a'), await other.read('a')]).toEqual([{ x: 5 }, { x: 5 }]);
    });
  });

  describe('the counters of the store itself', () => {
    it('are no records, and stay when these are removed', async () => {
      const { store, other } = current();
      if (store.counters.areInRecords === true) return;
      await store.set(idOf(0), [bytesOf(1)], NEVER);
      await store.counters.add('a', { x: 1 });
      expect((await entriesOf(store)).map(({ id }) => id)).toEqual([idOf(0)]);
      expect(await store.clear()).toBe(1);
      await store.sweep();
      expect(await other.counters.read('a')).toEqual({ x: 1 });
    });
  });
}

type Counters = Store['counters'];

const twice = <T>(value: T): readonly T[] => [value, value];
