import { describe, expect, it } from '@jest/globals';
import { NOTHING_PRUNED } from '../../lib/maintenance/prune.ts';
import { isChunkId } from '../../lib/common/ids.ts';
import { TempCache } from '../../lib/temp-cache.ts';
import type { Store } from '../../lib/stores/store.ts';
import { useClock } from '../support/clock.ts';
import { allOf, drain, generatorCases, MANY, take, useItems } from '../support/generators.ts';
import { storeKinds, useCaches } from '../support/store-kinds.ts';
import { entriesOf, joined, NEVER } from '../support/store-suite/use-store.ts';

const DAY = 86_400_000;
const clock = useClock();

async function bytesIn(store: Store): Promise<number> {
  return (await entriesOf(store)).reduce((sum, { size }) => sum + size, 0);
}

async function chunksIn(store: Store): Promise<number> {
  return (await entriesOf(store)).filter(({ id }) => isChunkId(id)).length;
}

describe.each(storeKinds)('Over $name, a prune', (kind) => {
  const makeCache = useCaches(kind);

  it.each(['expired', 'corrupt'] as const)(
    'leaves what has taken the place of an entry that was %s',
    async (reason) => {
      const { cache, store } = makeCache({ maxAge: 1000 });
      const item = cache.itemForKey(1);
      await item.save('old');
      const old = joined(await store.get(item.id)) as Buffer;
      clock.now += reason === 'expired' ? 1000 : 1;
      await item.save('new');
      const fresh = joined(await store.get(item.id)) as Buffer;
      const damaged = reason === 'expired' ? old : Buffer.concat([old.subarray(0, -1), Buffer.from([7])]);
      await store.set(item.id, [damaged], NEVER);
      let looks = 0;
      // Another process saves between the two looks.
      const replace = (): unknown => (++looks === 2 ? store.set(item.id, [fresh], NEVER) : undefined);
      const peekAtOnce = (id: string): unknown => (replace(), store.peek(id));
      const peekLater = async (id: string): Promise<unknown> => (await replace(), store.peek(id));
      const peek = store.kind === 'sync' ? peekAtOnce : peekLater;
      const pruner = new TempCache<Store>('pruner', { store: { ...store, peek } as Store, maxAge: 1000, stats: false });
      expect(await pruner.prune()).toMatchObject({ expired: 0, corrupt: 0, bytes: 0 });
      expect([await item.load(), looks]).toEqual(['new', 2]);
    },
  );
});

describe.each(generatorCases)('The parts of a run of $name', (underTest) => {
  const setUp = useItems(underTest);

  it('count in info()', async () => {
    const { items, store } = setUp({ stats: false });
    await drain(items(MANY));
    const { bytes } = (await items.cache.itemFor(MANY).info()) ?? {};
    expect([bytes, await chunksIn(store)]).toEqual([await bytesIn(store), 3]);
  });

  it('go with it when its function is pruned, and are counted', async () => {
    const { items, store } = setUp({ stats: false });
    await drain(items(MANY));
    const bytes = await bytesIn(store);
    clock.now += 7 * DAY;
    const pruned = await (items.cache as unknown as { prune(): unknown }).prune();
    expect(pruned).toEqual({ ...NOTHING_PRUNED, expired: 1, bytes });
    expect(await entriesOf(store)).toEqual([]);
  });

  it('go when its function is pruned a day after a run that never came to its end, and no others do', async () => {
    const { items, store, cache } = setUp();
    const others = cache.wrap(() => 1, { name: 'others' });
    await take(items(MANY), MANY);
    await drain(items(MANY + 1));
    clock.now += DAY + 1;
    expect(await others.cache.prune()).toMatchObject({ leftovers: 0 });
    expect(await (items.cache as unknown as { prune(): unknown }).prune()).toMatchObject({ expired: 0, leftovers: 2 });
    expect([await chunksIn(store), await drain(items(MANY + 1))]).toEqual([3, allOf(MANY + 1)]);
  });

  it('go with it when it is cleared by its last use', async () => {
    const { items, store, cache } = setUp({ stats: false });
    await drain(items(MANY));
    const { id } = items.cache.itemFor(MANY);
    for (const entry of await entriesOf(store)) await store.touch(entry.id, clock.now);
    clock.now += 1000;
    await take(items(MANY), 1);
    expect([await cache.clear({ unusedFor: 1000 }), await chunksIn(store)]).toEqual([0, 3]);
    clock.now += 1000;
    await store.touch(id, clock.now - 1000);
    expect([await cache.clear({ unusedFor: 1000 }), await entriesOf(store)]).toEqual([1, []]);
  });
});
