import { describe, expect, it } from '@jest/globals';
import { setImmediate } from 'node:timers/promises';
import { isChunkId } from '../../lib/common/ids.ts';
import type { Store } from '../../lib/stores/store.ts';
import { TempCache } from '../../lib/temp-cache.ts';
import { START, useClock } from '../support/clock.ts';
import { allOf, drain, generatorCases, MANY, take, useItems, wrapItems } from '../support/generators.ts';
import { makeTrace, type Trace } from '../support/trace.ts';

const MINUTE = 60_000;

/** Waits until something was told, and gives all that was. */
async function told({ trace }: { readonly trace: Pick<Trace, 'take'> }, event: string): Promise<string[]> {
  const before = trace.take();
  while (before.at(-1) !== event) {
    await setImmediate();
    before.push(...trace.take());
  }
  return before;
}

async function chunksIn(store: Store): Promise<number> {
  let chunks = 0;
  for await (const { id } of store.entries()) if (isChunkId(id)) chunks++;
  return chunks;
}

describe.each(generatorCases)('The age of a run of $name', (underTest) => {
  const setUp = useItems(underTest);
  const clock = useClock();

  it('counts from its end', async () => {
    const { items, trace } = setUp({ maxAge: MINUTE });
    const generator = items(3);
    await take(generator, 2);
    clock.now += MINUTE;
    await drain(generator);
    clock.now += MINUTE - 1;
    await drain(items(3));
    expect(trace.take()).toEqual(['miss absent', 'save', 'hit']);
    clock.now += 1;
    expect(await drain(items(3))).toEqual(allOf(3));
    expect(trace.take()).toEqual(['miss expired', 'save']);
  });

  it('does not end a replay that has begun', async () => {
    const { items, trace } = setUp({ maxAge: MINUTE });
    await drain(items(MANY));
    const generator = items(MANY);
    await take(generator, 10);
    clock.now += 2 * MINUTE;
    expect(await drain(generator)).toEqual(allOf(MANY).slice(10));
    expect(trace.take()).toEqual(['miss absent', 'save', 'hit']);
  });

  it('may be past maxAge with staleWhileRevalidate: it is replayed, and runs anew behind, once', async () => {
    const tested = setUp({ maxAge: MINUTE, staleWhileRevalidate: MINUTE });
    const { items, source } = tested;
    await drain(items(MANY));
    clock.now += 1.5 * MINUTE;
    tested.trace.take();
    source.takeLog();
    const [one, two] = [items(MANY), items(MANY)];
    await take(one, 10);
    await take(two, 10);
    const events = await told(tested, 'save');
    expect(events).toEqual(['stale', 'stale', 'save']);
    expect(source.takeLog()).toHaveLength(MANY + 3);
    // Those who are in the middle of the old run come to its end.
    expect(await drain(one)).toEqual(allOf(MANY).slice(10));
    expect(await drain(two)).toEqual(allOf(MANY).slice(10));
    expect(await drain(items(MANY))).toEqual(allOf(MANY));
    expect(tested.trace.take()).toEqual(['hit']);
    expect(source.takeLog()).toEqual([]);
  });

  it('is renewed once by two caches over one store', async () => {
    const tested = setUp({ maxAge: MINUTE, staleWhileRevalidate: true });
    const trace = makeTrace();
    const second = new TempCache<Store>('second', {
      store: tested.store,
      maxAge: MINUTE,
      staleWhileRevalidate: true,
      onEvent: trace.onEvent,
    });
    const items = wrapItems({ cache: second }, tested.source.items);
    await drain(tested.items(3));
    await drain(tested.items(4));
    clock.now += 2 * MINUTE;
    const generators = [tested.items(3), items(3)];
    for (const generator of generators) await generator.next();
    // This one is run anew, too, after the others.
    await drain(tested.items(4));
    const { id } = tested.items.cache.itemFor(4);
    while (!tested.trace.events.slice(5).some((event) => event.type === 'save' && event.id === id))
      await setImmediate();
    const others = [...tested.trace.events, ...trace.events].filter((event) => event.id !== id);
    expect(others.map(({ type }) => type).sort()).toEqual(['miss', 'save', 'save', 'stale', 'stale']);
  });

  it('stays when the run behind it fails, which an event tells', async () => {
    const tested = setUp({ captures: 'off', maxAge: MINUTE, staleWhileRevalidate: true });
    const { items, source } = tested;
    await drain(items(3));
    clock.now = START + 2 * MINUTE;
    source.failAt = 2;
    expect(await drain(items(3))).toEqual(allOf(3));
    expect(await told(tested, 'refreshFailed Error: no item 2')).toEqual([
      'miss absent',
      'save',
      'stale',
      'refreshFailed Error: no item 2',
    ]);
    expect(await take(items(3), 1)).toEqual([{ n: 0 }]);
  });

  it('may be past maxAge with staleIfError, where the generator throws before its first item', async () => {
    const { items, trace, source } = setUp({ captures: 'off', maxAge: MINUTE, staleIfError: MINUTE });
    await drain(items(MANY));
    clock.now += 1.5 * MINUTE;
    source.failAt = 0;
    trace.take();
    expect(await drain(items(MANY))).toEqual(allOf(MANY));
    expect(trace.take()).toEqual(['miss expired', 'refreshFailed Error: no item 0', 'stale']);
    source.failAt = 1;
    const generator = items(MANY);
    await take(generator, 1);
    await expect(Promise.resolve().then(() => generator.next())).rejects.toThrow('no item 1');
    clock.now += MINUTE;
    source.failAt = 0;
    await expect(Promise.resolve().then(() => items(MANY).next())).rejects.toThrow('no item 0');
  });

  it('is that of the newest run: at most the one before is kept for those who read it', async () => {
    const { items, store, cache } = setUp({ mode: 'refresh' });
    const chunks: number[] = [];
    for (let round = 0; round < 4; round++) {
      await drain(items(MANY));
      chunks.push(await chunksIn(store));
    }
    expect(chunks).toEqual([3, 6, 6, 6]);
    clock.now += 25 * 60 * MINUTE;
    expect(await cache.prune()).toMatchObject({ expired: 0, leftovers: 3 });
    expect(await chunksIn(store)).toBe(3);
  });
});
