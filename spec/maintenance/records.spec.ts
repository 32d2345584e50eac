import { describe, expect, it } from '@jest/globals';
import { NOTHING_PRUNED } from '../../lib/maintenance/prune.ts';
import type { Store } from '../../lib/stores/store.ts';
import { TempCache } from '../../lib/temp-cache.ts';
import { useClock } from '../support/clock.ts';
import { storeKinds, useCaches } from '../support/store-kinds.ts';
import { entriesOf, failureOf, joined, NEVER } from '../support/store-suite/use-store.ts';

const clock = useClock();

/** The same store with another answer to `delete`, at once or by a promise as the store does. */
function withDelete(store: Store, instead: (id: string) => unknown): Store {
  const answer = store.kind === 'sync' ? instead : async (id: string): Promise<unknown> => instead(id);
  return { ...store, delete: answer } as Store;
}

describe.each(storeKinds)('Over $name, a prune', (kind) => {
  const makeCache = useCaches(kind);

  it.each([
    { reason: 'expired', size: 1 },
    { reason: 'expired', size: 100_000 },
    { reason: 'corrupt', size: 1 },
    { reason: 'corrupt', size: 100_000 },
  ])('leaves what has taken the place of an entry that was $reason, of $size bytes', async ({ reason, size }) => {
    const { cache, store } = makeCache({ maxAge: 1000 });
    const item = cache.itemForKey(1);
    await item.save('x'.repeat(size));
    const old = joined(await store.get(item.id)) as Buffer;
    clock.now += reason === 'expired' ? 1000 : 1;
    await item.save('y'.repeat(size));
    const fresh = joined(await store.get(item.id)) as Buffer;
    await store.set(item.id, [reason === 'expired' ? old : Buffer.concat([old.subarray(0, -1), Buffer.of(7)])], NEVER);
    // A small record is read whole and then looked at once more, of a large one the head is read before that.
    const last = size === 1 ? 1 : 2;
    let looks = 0;
    // Another process saves before the last look.
    const replace = (): unknown => (++looks === last ? store.set(item.id, [fresh], NEVER) : undefined);
    const peekAtOnce = (id: string): unknown => (replace(), store.peek(id));
    const peekLater = async (id: string): Promise<unknown> => (await replace(), store.peek(id));
    const peek = store.kind === 'sync' ? peekAtOnce : peekLater;
    const pruner = new TempCache<Store>('pruner', { store: { ...store, peek } as Store, maxAge: 1000, stats: false });
    expect(await pruner.prune()).toEqual(NOTHING_PRUNED);
    expect([await item.load(), looks]).toEqual(['y'.repeat(size), last]);
  });

  it.each(['prune', 'clear'] as const)('goes on where %s() cannot remove a record, and fails then', async (method) => {
    const { cache, store } = makeCache({ maxAge: 1000, stats: false });
    for (let key = 0; key < 30; key++) await cache.itemForKey(key).save(key);
    clock.now += 1000;
    const stuck = new Set([5, 20].map((key) => cache.itemForKey(key).id));
    const error = new Error('It is in use');
    const stubborn = withDelete(store, (id) => {
      if (stuck.has(id)) throw error;
      return store.delete(id);
    });
    const other = new TempCache<Store>('other', { store: stubborn, maxAge: 1000, stats: false });
    expect(await failureOf(() => (method === 'prune' ? other.prune() : other.clear({ name: '' })))).toBe(error);
    expect(new Set((await entriesOf(store)).map(({ id }) => id))).toEqual(stuck);
  });

  it('gives up where none can be removed', async () => {
    const { cache, store } = makeCache({ maxAge: 1000, stats: false });
    for (let key = 0; key < 100; key++) await cache.itemForKey(key).save(key);
    clock.now += 1000;
    let asked = 0;
    const broken = withDelete(store, () => {
      asked++;
      throw new Error('Nothing goes');
    });
    const other = new TempCache<Store>('other', { store: broken, maxAge: 1000, stats: false });
    await failureOf(() => other.prune());
    expect(asked).toBeLessThan(20);
  });
});
