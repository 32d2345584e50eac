import { describe, expect, it } from '@jest/globals';
import { NOTHING_PRUNED } from '../../lib/maintenance/prune.ts';
import { isChunkId } from '../../lib/common/ids.ts';
import type { Store } from '../../lib/stores/store.ts';
import { useClock } from '../support/clock.ts';
import { allOf, drain, generatorCases, MANY, take, useItems } from '../support/generators.ts';
import { entriesOf } from '../support/store-suite/use-store.ts';

const DAY = 86_400_000;
const clock = useClock();

async function bytesIn(store: Store): Promise<number> {
  return (await entriesOf(store)).reduce((sum, { size }) => sum + size, 0);
}

async function chunksIn(store: Store): Promise<number> {
  return (await entriesOf(store)).filter(({ id }) => isChunkId(id)).length;
}

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
