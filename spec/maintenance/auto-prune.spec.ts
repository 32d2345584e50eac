import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { setImmediate } from 'node:timers/promises';
import { PRUNE_NOTE } from '../../lib/common/ids.ts';
import type { Store } from '../../lib/stores/store.ts';
import { TempCache } from '../../lib/temp-cache.ts';
import { START } from '../support/clock.ts';
import { storeKinds, useCaches, type CacheUnderTest } from '../support/store-kinds.ts';
import { entriesOf, idOf, NEVER } from '../support/store-suite/use-store.ts';
import { takeLease } from '../support/lease.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

beforeEach(() => {
  jest.useFakeTimers({ now: START });
});
afterEach(() => {
  jest.useRealTimers();
});

/** Lets time pass, and all that happens then come to its end. */
async function pass(ms: number): Promise<void> {
  await jest.advanceTimersByTimeAsync(ms);
  for (let turn = 0; turn < 100; turn++) {
    await setImmediate();
    await jest.advanceTimersByTimeAsync(1);
  }
}

async function itemsIn({ store }: Pick<CacheUnderTest, 'store'>): Promise<number> {
  return (await entriesOf(store)).filter(({ id }) => !id.startsWith('0'.repeat(15))).length;
}

/** How often the store was swept; on a busy machine a sweep comes in several parts, one after the other. */
function sweeps({ asked }: Pick<CacheUnderTest, 'asked'>): number {
  return asked.filter((operation, at) => operation === 'sweep' && asked[at - 1] !== 'sweep').length;
}

describe.each(storeKinds)('In the background of the saves of a cache over $name', (kind) => {
  const makeCache = useCaches(kind);

  it('what is expired goes without anybody asking, when it is due', async () => {
    const { cache, ...current } = makeCache({ maxAge: HOUR });
    for (const key of [1, 2, 3]) await cache.itemForKey(key).save(key);
    expect(sweeps(current)).toBe(0);
    await pass(1100);
    expect([sweeps(current), await itemsIn(current)]).toEqual([1, 3]);
    await pass(HOUR + HOUR / 10);
    expect(await itemsIn(current)).toBe(0);
    const done = sweeps(current);
    expect(done).toBeLessThanOrEqual(12);
    // Nothing is left to look after.
    current.asked.length = 0;
    await pass(DAY);
    expect(current.asked).toEqual([]);
  });

  it.each<readonly [string, (cache: TempCache<Store>) => unknown]>([
    ['a synchronous function', (cache) => cache.wrap((n: number) => n, { name: 'plain' })(1)],
    ['an asynchronous function', (cache) => cache.wrap(async (n: number) => n, { name: 'later' })(1)],
    ['loadOrSave()', (cache) => cache.itemForKey(1).loadOrSave(() => 1)],
    ['refresh()', (cache) => cache.wrap((n: number) => n, { name: 'anew' }).cache.refresh(1)],
  ])('what %s has saved goes too', async (_name, save) => {
    const { cache, ...current } = makeCache({ maxAge: HOUR });
    await save(cache);
    await pass(1100);
    expect([sweeps(current), await itemsIn(current)]).toEqual([1, 1]);
    await pass(HOUR + HOUR / 10);
    expect(await itemsIn(current)).toBe(0);
  });

  it('a hit looks after nothing', async () => {
    const { cache, ...current } = makeCache({ maxAge: HOUR });
    await cache.itemForKey(1).save(1);
    await cache.itemForKey(2).save(2, { maxAge: 1 });
    await current.store.set(PRUNE_NOTE, [], NEVER);
    const reader = new TempCache('reader', { store: current.store, maxAge: HOUR });
    await pass(1500);
    current.asked.length = 0;
    for (let hit = 0; hit < 10; hit++) await reader.itemForKey(1).load();
    expect(current.asked).toEqual(Array(10).fill('get'));
  });

  it('a prune is done once in a tenth of maxAge, whatever the number of saves', async () => {
    const { cache, ...current } = makeCache({ maxAge: 100_000 });
    for (let second = 0; second < 60; second++) {
      await cache.itemForKey(second).save(second);
      await pass(1000);
    }
    expect(sweeps(current)).toBeGreaterThanOrEqual(5);
    expect(sweeps(current)).toBeLessThanOrEqual(7);
  });

  it('what others want stays: what its own writer, or this cache, does not take for old', async () => {
    const { cache, ...current } = makeCache({ maxAge: HOUR });
    const patient = new TempCache('patient', { store: current.store, maxAge: DAY });
    await patient.itemForKey('a day').save(1);
    await cache.wrap(() => 1, { name: 'two hours', maxAge: 2 * HOUR })();
    await cache.with({ maxAge: 1000 }).itemForKey('an hour').save(1);
    await cache.itemForKey('an hour, too').save(1);
    await pass(HOUR - 10_000);
    expect(await itemsIn(current)).toBe(4);
    await pass(HOUR / 5);
    expect(await itemsIn(current)).toBe(2);
    await pass(HOUR);
    expect(await itemsIn(current)).toBe(1);
  });

  it('what cannot be read goes when it was not used for longer than maxAge, and a day', async () => {
    const { cache, ...current } = makeCache({ maxAge: HOUR });
    await cache.itemForKey(1).save(1, { maxAge: 60 * DAY });
    for (const n of [1, 2]) await current.store.set(idOf(n), [new Uint8Array(10)], NEVER);
    await current.store.touch(idOf(1), START);
    await current.store.touch(idOf(2), START - DAY);
    await pass(1100);
    expect([await current.store.stat(idOf(2)), (await current.store.stat(idOf(1)))?.size]).toEqual([undefined, 10]);
  });

  it('another process that has begun is left alone, a clock that was wrong is not believed', async () => {
    const { cache, ...current } = makeCache({ maxAge: HOUR });
    await cache.itemForKey(1).save(1);
    await pass(1100);
    expect(sweeps(current)).toBe(1);
    const mark = await current.store.get(PRUNE_NOTE);
    const copy = (mark ?? []).map((part) => new Uint8Array(part));
    await pass(HOUR / 20);
    expect(sweeps(current)).toBe(1);
    jest.setSystemTime(START - DAY);
    await current.store.set(PRUNE_NOTE, copy, NEVER);
    await pass(HOUR);
    expect(sweeps(current)).toBeGreaterThan(1);
  });

  it('a lease that another one holds is not waited for', async () => {
    const { cache, ...current } = makeCache({ maxAge: HOUR });
    const lease = await takeLease(current.store, PRUNE_NOTE, DAY);
    await cache.itemForKey(1).save(1);
    await pass(1100);
    expect([sweeps(current), await current.store.stat(PRUNE_NOTE)]).toEqual([0, undefined]);
    await lease?.release();
    await pass(HOUR / 10);
    expect(sweeps(current)).toBe(1);
  });

  it.each(['peek', 'stat', 'lease', 'entries', 'sweep', 'delete'] as const)(
    'a store that fails to %s does no harm, and the next save begins anew',
    async (operation) => {
      const { cache, trace, ...current } = makeCache({ maxAge: 2000 });
      await cache.itemForKey(1).save(1);
      // A list that is none fails where it is read.
      current.break(operation, operation === 'entries' ? { answer: undefined } : { error: new Error('broken') });
      await pass(5000);
      current.mend();
      trace.take();
      await cache.itemForKey(2).save(2);
      await pass(62_000);
      expect([trace.take(), await itemsIn(current)]).toEqual([['save'], 0]);
    },
  );

  it('a cache that is closed or destroyed is left as it is', async () => {
    const { cache, ...current } = makeCache({ maxAge: HOUR });
    await cache.itemForKey(1).save(1);
    await cache.destroy();
    current.asked.length = 0;
    await pass(2000);
    expect(current.asked).toEqual(['peek', 'stat']);
    await cache.itemForKey(1).save(1);
    await cache.close();
    await pass(2000);
    expect(sweeps(current)).toBe(0);
  });

  it('nothing is looked after where nothing may be saved', async () => {
    const { cache, ...current } = makeCache({ maxAge: HOUR, mode: 'readonly' });
    await cache.wrap(() => 1, { name: 'one' })();
    current.asked.length = 0;
    await pass(DAY);
    expect(current.asked).toEqual([]);
  });
});
