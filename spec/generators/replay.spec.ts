import { describe, expect, it } from '@jest/globals';
import {
  allOf,
  drain,
  generatorCases,
  MANY,
  take,
  useItems,
  wrapItems,
  type AnyGenerator,
} from '../support/generators.ts';
import { useCaches } from '../support/store-kinds.ts';

describe.each(generatorCases)('The cached form of $name', (underTest) => {
  const setUp = useItems(underTest);
  const make = useCaches(underTest.store);
  const isSync = underTest.source.kind === 'sync' && underTest.store.kind === 'sync';

  it.each([0, 1, 999, 1000, 1001, MANY])('gives %i items as they are made, then from the cache', async (count) => {
    const { items, trace, source } = setUp();
    expect(await drain(items(count))).toEqual(allOf(count));
    expect(trace.take()).toEqual(['miss absent', 'save']);
    expect(source.takeLog()).toHaveLength(count + 3);
    expect(await drain(items(count))).toEqual(allOf(count));
    expect(trace.take()).toEqual(['hit']);
    expect(source.takeLog()).toEqual([]);
  });

  it('passes each item on before the next is made', async () => {
    const { items, source } = setUp();
    const generator = items(2);
    expect(source.takeLog()).toEqual([]);
    expect(await generator.next()).toEqual({ done: false, value: { n: 0 } });
    expect(source.takeLog()).toEqual(['begin', '0']);
    expect(await generator.next()).toEqual({ done: false, value: { n: 1 } });
    expect(source.takeLog()).toEqual(['1']);
    expect(await generator.next()).toEqual({ done: true, value: '2 items' });
    expect(source.takeLog()).toEqual(['end', 'close']);
    expect(await generator.next()).toEqual({ done: true, value: undefined });
  });

  it('touches nothing before the first next', async () => {
    const { items, trace, source } = setUp();
    const [ended, unused] = [items(3), items(3)];
    expect(await ended.return('early')).toEqual({ done: true, value: 'early' });
    expect(await ended.next()).toEqual({ done: true, value: undefined });
    expect([trace.take(), source.takeLog()]).toEqual([[], []]);
    await drain(unused);
    expect(trace.take()).toEqual(['miss absent', 'save']);
  });

  it('is a generator like any other', async () => {
    const { items } = setUp();
    for (let round = 0; round < 2; round++) {
      const generator = items(3);
      expect(Object.prototype.toString.call(generator)).toBe(`[object ${isSync ? 'Generator' : 'AsyncGenerator'}]`);
      expect(typeof (generator.next() as Promise<unknown>).then).toBe(isSync ? 'undefined' : 'function');
      const iterable = generator as unknown as AsyncIterable<unknown> & Iterable<unknown>;
      expect(isSync ? iterable[Symbol.iterator]() : iterable[Symbol.asyncIterator]()).toBe(generator);
      const rest: unknown[] = [];
      for await (const item of iterable) rest.push(item);
      expect(rest).toEqual([{ n: 1 }, { n: 2 }]);
    }
  });

  it('gives every consumer items of its own, whatever is done to those of others', async () => {
    const { items } = setUp();
    const [first] = (await take(items(1), 1)) as { n: unknown }[];
    await drain(items(2));
    for (const changed of (await drain(items(2))) as { n: unknown }[])
      if (typeof changed === 'object') changed.n = 'mine';
    expect(first).toEqual({ n: 0 });
    expect(await drain(items(2))).toEqual(allOf(2));
  });

  it('stores an item as it was when it was made, though its consumer changes it at once', async () => {
    const { items } = setUp();
    const generator = items(2);
    for (let result = await generator.next(); result.done !== true; result = await generator.next()) {
      Object.assign(result.value as object, { n: 'changed' });
    }
    expect(await drain(items(2))).toEqual(allOf(2));
  });

  it('is computed by each of two consumers of one run that is not stored', async () => {
    const { items, trace } = setUp();
    const [one, two] = [items(2), items(2)];
    const together: unknown[] = [];
    for (let n = 0; n < 3; n++) together.push((await one.next()).value, (await two.next()).value);
    expect(together).toEqual([{ n: 0 }, { n: 0 }, { n: 1 }, { n: 1 }, '2 items', '2 items']);
    expect(trace.take()).toEqual(['miss absent', 'miss absent', 'save', 'save']);
    expect(await drain(items(2))).toEqual(allOf(2));
    expect(trace.take()).toEqual(['hit']);
  });

  it('keeps the runs of other arguments apart, and shares them with calls in place', async () => {
    const { source, cache, items, trace } = setUp();
    await drain(items(1));
    await drain(items(2));
    expect(await drain(items(1))).toEqual(allOf(1));
    expect(await drain(cache.cacheResult(source.items, 2) as AnyGenerator)).toEqual(allOf(2));
    expect(trace.take()).toEqual(['miss absent', 'save', 'miss absent', 'save', 'hit', 'hit']);
  });

  it('may be cached again', async () => {
    const { items } = setUp();
    const outer = make();
    const again = wrapItems(outer, items);
    expect(await drain(again(3))).toEqual(allOf(3));
    expect(await drain(again(3))).toEqual(allOf(3));
    expect(outer.trace.take()).toEqual(['miss absent', 'save', 'hit']);
  });
});
