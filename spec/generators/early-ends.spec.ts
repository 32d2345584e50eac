import { describe, expect, it } from '@jest/globals';
import { isChunkId } from '../../lib/common/ids.ts';
import type { Store } from '../../lib/stores/store.ts';
import { allOf, drain, generatorCases, MANY, take, useItems, wrapItems } from '../support/generators.ts';
import { useCaches } from '../support/store-kinds.ts';

/** What is stored, of items and of parts of runs. */
async function stored(store: Store): Promise<{ items: number; chunks: number }> {
  const found = { items: 0, chunks: 0 };
  for await (const { id } of store.entries()) found[isChunkId(id) ? 'chunks' : 'items']++;
  return found;
}

describe.each(generatorCases)('A run of $name that is not listened to as far as its end', (underTest) => {
  const setUp = useItems(underTest);
  const make = useCaches(underTest.store);

  it('is closed by return() like any other, and nothing of it is stored', async () => {
    const { items, trace, source, store } = setUp();
    const generator = items(MANY);
    await take(generator, MANY - 1);
    expect(await stored(store)).toEqual({ items: 0, chunks: 2 });
    source.takeLog();
    expect(await generator.return('enough')).toEqual({ done: true, value: 'enough' });
    expect(source.takeLog()).toEqual(['close']);
    expect(await generator.next()).toEqual({ done: true, value: undefined });
    expect(trace.take()).toEqual(['miss absent', 'skip unfinished']);
    expect(await stored(store)).toEqual({ items: 0, chunks: 0 });
    expect(await drain(items(3))).toEqual(allOf(3));
  });

  it('is closed by a loop that is left', async () => {
    const { items, source } = setUp();
    for await (const item of items(3) as unknown as AsyncIterable<unknown>) if (item !== undefined) break;
    expect(source.takeLog()).toEqual(['begin', '0', 'close']);
    expect(await items(3).next()).toMatchObject({ done: false });
    expect(source.takeLog()).toEqual(['begin', '0']);
  });

  it('gets what throw() sends, and nothing of it is stored', async () => {
    const { items, trace, source, store } = setUp();
    const generator = items(MANY);
    await take(generator, 1500);
    source.takeLog();
    const error = new Error('mine');
    await expect(Promise.resolve().then(() => generator.throw(error))).rejects.toBe(error);
    expect(source.takeLog()).toEqual(['close']);
    expect(trace.take()).toEqual(['miss absent', 'skip sent']);
    expect(await stored(store)).toEqual({ items: 0, chunks: 0 });
  });

  it('is stored when another consumer listens to its end, or the first one later', async () => {
    const { items, trace } = setUp();
    await take(items(3), 3);
    expect(await drain(items(3))).toEqual(allOf(3));
    expect(trace.take()).toEqual(['miss absent', 'miss absent', 'save']);
    expect(await take(items(3), 2)).toEqual([{ n: 0 }, { n: 1 }]);
    expect(trace.take()).toEqual(['hit']);
  });

  it('passes on what it throws itself, and nothing of it is stored', async () => {
    const { items, trace, source, store } = setUp();
    source.failAt = MANY - 1;
    const generator = items(MANY);
    await take(generator, MANY - 1);
    await expect(Promise.resolve().then(() => generator.next())).rejects.toThrow('no item 2499');
    expect(source.takeLog().slice(-2)).toEqual(['2499', 'close']);
    expect(await generator.next()).toEqual({ done: true, value: undefined });
    expect(trace.take()).toEqual(['miss absent']);
    expect(await stored(store)).toEqual({ items: 0, chunks: 0 });
  });

  it('may hold its consumer up when it is closed', async () => {
    const { cache, trace } = make();
    const isSync = underTest.source.kind === 'sync';
    function* stubborn(): Generator<unknown, unknown> {
      try {
        return yield 'first';
      } finally {
        yield 'wait';
      }
    }
    async function* stubbornLater(): AsyncGenerator<unknown, unknown> {
      return yield* stubborn();
    }
    const items = wrapItems({ cache }, (isSync ? stubborn : stubbornLater) as never)(0);
    await items.next();
    expect(await items.return('bye')).toEqual({ done: false, value: 'wait' });
    expect(await items.next()).toEqual({ done: true, value: 'bye' });
    expect(trace.take()).toEqual(['miss absent', 'skip unfinished']);
  });

  it('leaves a stored run as it is when a replay of it is left', async () => {
    const { items, trace, source } = setUp();
    await drain(items(MANY));
    source.takeLog();
    const generator = items(MANY);
    await take(generator, 1200);
    expect(await generator.return('enough')).toEqual({ done: true, value: 'enough' });
    expect(await generator.next()).toEqual({ done: true, value: undefined });
    expect(await drain(items(MANY))).toEqual(allOf(MANY));
    expect(source.takeLog()).toEqual([]);
    expect(trace.take()).toEqual(['miss absent', 'save', 'hit', 'hit']);
  });
});
