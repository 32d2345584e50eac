import { describe, expect, it } from '@jest/globals';
import { setImmediate } from 'node:timers/promises';
import { useClock } from '../support/clock.ts';
import { drain, take, type AnyGenerator } from '../support/generators.ts';
import { storeKinds, useCaches } from '../support/store-kinds.ts';

interface Range {
  from: number;
  readonly to: number;
}

function* range(given: Range): Generator<string, number> {
  for (let n = given.from; n < given.to; n++) yield `item ${n} of those from ${given.from}`;
  return given.from;
}

describe.each(storeKinds)('The arguments of a generator over $name', (kind) => {
  const make = useCaches(kind);
  const clock = useClock();

  function setUp(options?: Parameters<typeof make>[0]) {
    const underTest = make(options);
    const cached: unknown = underTest.cache.wrap(range);
    return { ...underTest, items: cached as (range: Range) => AnyGenerator };
  }

  const FIRST = ['item 0 of those from 0', 'item 1 of those from 0', 0];

  it('are those that it begins with: a run is not stored under others', async () => {
    const { items, trace } = setUp();
    const changing = { from: 0, to: 2 };
    const generator = items(changing);
    changing.from = 1;
    expect(await drain(generator)).toEqual(['item 1 of those from 1', 1]);
    expect(trace.take()).toEqual(['skip changed']);
    expect(await drain(items({ from: 0, to: 2 }))).toEqual(FIRST);
    expect(await drain(items({ from: 1, to: 2 }))).toEqual(['item 1 of those from 1', 1]);
    expect(trace.take()).toEqual(['miss absent', 'save', 'miss absent', 'save']);
  });

  it('are those that it ends with: a run is not stored when they were changed on the way', async () => {
    const { items, trace } = setUp();
    const changing = { from: 0, to: 2 };
    const generator = items(changing);
    await take(generator, 1);
    changing.from = 1;
    expect(await drain(generator)).toEqual(['item 1 of those from 1', 1]);
    expect(trace.take()).toEqual(['miss absent', 'skip changed']);
    expect(await drain(items({ from: 0, to: 2 }))).toEqual(FIRST);
  });

  it('do not change what is replayed, once it has begun', async () => {
    const { items, trace } = setUp();
    await drain(items({ from: 0, to: 2 }));
    const changing = { from: 0, to: 2 };
    const generator = items(changing);
    const [first] = await take(generator, 1);
    changing.from = 1;
    expect([first, ...(await drain(generator))]).toEqual(FIRST);
    expect(trace.take()).toEqual(['miss absent', 'save', 'hit']);
  });

  it('must be the same where a replay cannot go on: better an error than the items of other ones', async () => {
    const { items, cache } = setUp();
    await drain(items({ from: 0, to: 1500 }));
    const changing = { from: 0, to: 1500 };
    const generator = items(changing);
    await take(generator, 1000);
    await cache.clear();
    changing.from = 1;
    await expect(Promise.resolve().then(() => generator.next())).rejects.toMatchObject({
      code: 'ERR_TEMPCACHE_CORRUPT_ITEM',
    });
    expect(await generator.next()).toEqual({ done: true, value: undefined });
  });

  it('must be the same for the run behind one that is past its age: else there is none', async () => {
    const { items, trace } = setUp({ maxAge: '1m', staleWhileRevalidate: true });
    await drain(items({ from: 0, to: 2 }));
    await drain(items({ from: 5, to: 6 }));
    const id = trace.events[0]?.id;
    clock.now += 120_000;
    const changing = { from: 0, to: 2 };
    const generator = items(changing);
    await take(generator, 1);
    changing.from = 1;
    // This one is run anew, and would be after the other.
    await drain(items({ from: 5, to: 6 }));
    while (trace.events.at(-1)?.type !== 'save') await setImmediate();
    expect(trace.events.filter((event) => event.id === id).map(({ type }) => type)).toEqual(['miss', 'save', 'stale']);
  });

  it('must be the same for an error to be thrown into the generator: else it comes back', async () => {
    const { items } = setUp();
    await drain(items({ from: 0, to: 2 }));
    const changing = { from: 0, to: 2 };
    const generator = items(changing);
    await take(generator, 1);
    changing.from = 1;
    const error = new Error('mine');
    await expect(Promise.resolve().then(() => generator.throw(error))).rejects.toBe(error);
    expect(await generator.next()).toEqual({ done: true, value: undefined });
  });
});

describe('A key that is refused', () => {
  const [sync, async] = storeKinds.map((kind) => useCaches(kind));
  const refused = expect.objectContaining({ code: 'ERR_TEMPCACHE_UNKEYABLE', path: 'args[0].from' });
  const unkeyable = { from: (() => 1) as never, to: 2 };

  it('throws at the call of a generator function', () => {
    const items = sync?.().cache.wrap(range);
    expect(() => items?.(unkeyable)).toThrow(refused);
  });

  it('is what the first next() of an asynchronous generator rejects with', async () => {
    const later = async?.().cache.wrap(range) as unknown as (range: Range) => AnyGenerator;
    const generator = later(unkeyable);
    await expect(generator.next()).rejects.toEqual(refused);
    expect(await generator.next()).toEqual({ done: true, value: undefined });
    const items = sync?.().cache.wrap(async function* laterItems(given: Range) {
      yield* range(given);
    }) as unknown as typeof later;
    await expect(items(unkeyable).next()).rejects.toEqual(refused);
  });

  it('does not matter where the cache is off', async () => {
    const items = sync?.({ mode: 'off' }).cache.wrap(range) as unknown as (range: Range) => AnyGenerator;
    await expect(take(items({ from: 0, to: 1, extra: () => 1 } as never), 5)).resolves.toHaveLength(1);
  });
});
