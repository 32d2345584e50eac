import { describe, expect, it, jest } from '@jest/globals';
import { NoCache } from '../../lib/calls/no-cache.ts';
import { allOf, drain, generatorCases, MANY, useItems, wrapItems } from '../support/generators.ts';
import { useCaches } from '../support/store-kinds.ts';

describe.each(generatorCases)('An option of the cached form of $name', (underTest) => {
  const setUp = useItems(underTest);
  const make = useCaches(underTest.store);

  it("mode 'off': nothing is touched", async () => {
    const { items, trace, asked } = setUp({ mode: 'off' });
    expect(await drain(items(3))).toEqual(allOf(3));
    expect(await drain(items(3))).toEqual(allOf(3));
    expect([asked, trace.take()]).toEqual([[], []]);
  });

  it("mode 'readonly': what is stored is replayed, and nothing is stored", async () => {
    const { items, trace, source, cache } = setUp();
    const reader: unknown = cache.with({ mode: 'readonly' }).wrap(source.items, { name: 'items' });
    const read = reader as typeof items;
    expect(await drain(read(3))).toEqual(allOf(3));
    expect(trace.take()).toEqual(['miss absent', 'skip mode']);
    await drain(items(3));
    trace.take();
    expect(await drain(read(3))).toEqual(allOf(3));
    expect(trace.take()).toEqual(['hit']);
  });

  it("mode 'refresh': runs anew and is stored", async () => {
    const { items, trace } = setUp({ mode: 'refresh' });
    for (let round = 0; round < 2; round++) {
      expect(await drain(items(3))).toEqual(allOf(3));
      expect(trace.take()).toEqual(['miss refresh', 'save']);
    }
  });

  it('shouldCache: it is asked at the end, about what was returned, and for the arguments', async () => {
    const shouldCache = jest.fn((value: unknown, count: number) => value === '3 items' && count === 3);
    const { items, trace, asked } = setUp({}, { shouldCache });
    await drain(items(MANY));
    expect(trace.take()).toEqual(['miss absent', 'skip shouldCache']);
    expect(asked.filter((operation) => operation === 'delete')).toHaveLength(2);
    await drain(items(3));
    expect(trace.take()).toEqual(['miss absent', 'save']);
    expect(shouldCache.mock.calls).toEqual([
      [`${MANY} items`, MANY],
      ['3 items', 3],
    ]);
  });

  it('shouldCache or label that throws: the items are passed on, and nothing is stored', async () => {
    const fail = (): never => {
      throw new Error('mine');
    };
    for (const options of [{ shouldCache: fail }, { label: fail }]) {
      const { items, trace } = setUp({}, options);
      expect(await drain(items(3))).toEqual(allOf(3));
      expect(trace.take()).toEqual(['miss absent', 'writeFailed ERR_TEMPCACHE_CALLBACK']);
    }
  });

  it('label, name and key: as for every function', async () => {
    const { items, trace } = setUp({}, { label: (count) => `${count} of them`, key: (count) => count % 10 });
    await drain(items(3));
    expect(await items.cache.itemFor(13).info()).toMatchObject({ name: 'items', label: '3 of them' });
    expect(await drain(items(13))).toEqual(allOf(3));
    expect(trace.take()).toEqual(['miss absent', 'save', 'hit']);
  });

  it('NoCache that is thrown inside: its value is returned, and nothing is stored', async () => {
    const { cache, trace } = make();
    const thrown = { at: 1 };
    function* few(): Generator<unknown, unknown> {
      yield 'first';
      throw new NoCache(thrown);
    }
    async function* fewLater(): AsyncGenerator<unknown, unknown> {
      return yield* few();
    }
    const items = wrapItems({ cache }, underTest.source.kind === 'sync' ? few : fewLater);
    for (let round = 0; round < 2; round++) {
      expect(await drain(items(1))).toEqual(['first', thrown]);
      expect(trace.take()).toEqual(['miss absent', 'skip NoCache']);
    }
    const off: unknown = cache.with({ mode: 'off' }).wrap(few, { name: 'few' });
    expect(await drain((off as typeof items)(1))).toEqual(['first', thrown]);
  });

  it('this counts where the source mentions it', async () => {
    const { cache, trace } = make();
    const rows: unknown = cache.wrap(
      function* rows(this: { readonly table: string }) {
        yield this.table;
      },
      { name: 'rows' },
    );
    const read = rows as (this: object) => ReturnType<ReturnType<typeof wrapItems>>;
    expect(await drain(read.call({ table: 'a' }))).toEqual(['a', undefined]);
    expect(await drain(read.call({ table: 'b' }))).toEqual(['b', undefined]);
    expect(await drain(read.call({ table: 'a' }))).toEqual(['a', undefined]);
    expect(trace.take()).toEqual(['miss absent', 'save', 'miss absent', 'save', 'hit']);
  });
});
