import { describe, expect, it } from '@jest/globals';
import { defer } from '../support/deferred.ts';
import { allOf, drain, generatorCases, MANY, take, useItems, type AnyGenerator } from '../support/generators.ts';
import { storeKinds, useCaches } from '../support/store-kinds.ts';

describe.each(generatorCases)('A replay of $name', (underTest) => {
  const setUp = useItems(underTest);

  it('reads one part when its first item is asked for, and keeps no lease', async () => {
    const { items, asked } = setUp();
    await drain(items(MANY));
    const generator = items(MANY);
    asked.splice(0);
    const reads: number[] = [];
    for (const count of [1, 999, 1, 999, 1, 499]) {
      await take(generator, count);
      reads.push(asked.length);
    }
    // The manifest and the first part, then a part for each thousand items.
    expect(reads).toEqual([2, 2, 3, 3, 4, 4]);
    await generator.next();
    expect(asked).toEqual(Array.from({ length: 4 }, () => 'get'));
  });

  it.each([500, MANY])('of %i items is not disturbed by what else is read meanwhile', async (count) => {
    const { items, cache, source } = setUp();
    const other = cache.itemForKey('other');
    await other.save(['x'.repeat(40_000)]);
    await drain(items(count));
    source.takeLog();
    const generator = items(count);
    const all: unknown[] = [];
    for (let part = 0; part < 5; part++) {
      all.push(...(await take(generator, count / 5)));
      await other.load();
    }
    expect([...all, ...(await drain(generator))]).toEqual(allOf(count));
    expect(source.takeLog()).toEqual([]);
  });

  it('reads a single record where the run fits into one part', async () => {
    const { items, asked } = setUp();
    await drain(items(999));
    // The record that is replaced may have parts of its own.
    expect(asked).toEqual(['get', 'get', 'set']);
    asked.splice(0);
    await drain(items(999));
    expect(asked).toEqual(['get']);
  });
});

describe.each(storeKinds)('An asynchronous generator over $name', (kind) => {
  const make = useCaches(kind);

  it('answers calls of next() in their order, though nobody has waited for the one before', async () => {
    const { cache, trace } = make();
    const steps = [defer<number>(), defer<number>()];
    const wrapped: unknown = cache.wrap(async function* slow() {
      for (const { promise } of steps) yield await promise;
      return 'end';
    });
    const slow = wrapped as () => AnyGenerator;
    for (const events of [['miss absent', 'save'], ['hit']]) {
      const generator = slow();
      const results = Array.from({ length: 4 }, () => generator.next());
      const late = generator.return('late');
      steps.forEach(({ resolve }, index) => resolve(index));
      expect(await Promise.all([...results, late])).toEqual([
        { done: false, value: 0 },
        { done: false, value: 1 },
        { done: true, value: 'end' },
        { done: true, value: undefined },
        { done: true, value: 'late' },
      ]);
      expect(trace.take()).toEqual(events);
    }
  });

  it('waits for promises among what it gives, as the language does', async () => {
    const { cache } = make();
    const wrapped: unknown = cache.wrap(async function* pages() {
      yield* [Promise.resolve('one')];
      const end = Promise.resolve('end');
      return end;
    });
    const pages = wrapped as () => AnyGenerator;
    for (let round = 0; round < 2; round++) expect(await drain(pages())).toEqual(['one', 'end']);
  });

  it('may give what another cached generator gives', async () => {
    const { cache, trace } = make();
    const inner: unknown = cache.wrap(async function* inner(count: number) {
      for (let n = 0; n < count; n++) yield { n };
      return `${count} items`;
    });
    const outer: unknown = cache.wrap(async function* outer(count: number) {
      yield* (inner as (count: number) => AsyncGenerator)(count);
      return `${count} items`;
    });
    expect(await drain((outer as (count: number) => AnyGenerator)(3))).toEqual(allOf(3));
    expect(trace.take()).toEqual(['miss absent', 'miss absent', 'save', 'save']);
    expect(await drain((outer as (count: number) => AnyGenerator)(3))).toEqual(allOf(3));
    expect(trace.take()).toEqual(['hit']);
  });
});

describe('A synchronous generator', () => {
  const [local, remote] = storeKinds.map((kind) => useCaches(kind));

  function* promises(): Generator<Promise<string>, Promise<string>> {
    yield Promise.resolve('one');
    return Promise.resolve('end');
  }

  it('over a store that answers with promises waits for those that it gives', async () => {
    const tested = remote?.();
    const wrapped = tested?.cache.wrap(promises) as unknown as () => AnyGenerator;
    for (let round = 0; round < 2; round++) expect(await drain(wrapped())).toEqual(['one', 'end']);
    expect(tested?.trace.take()).toEqual(['miss absent', 'save', 'hit']);
  });

  it('over a store that answers at once hands them over, and is not stored', async () => {
    const tested = local?.();
    const wrapped = tested?.cache.wrap(promises) as unknown as typeof promises;
    for (let round = 0; round < 2; round++) {
      expect(await Promise.all(wrapped())).toEqual(['one']);
      expect(tested?.trace.take()).toEqual(['miss absent', 'writeFailed ERR_TEMPCACHE_UNSERIALIZABLE']);
    }
  });

  it('cannot be gone on with from within itself, like any other', () => {
    const generators: Generator[] = [];
    const wrapped = local?.().cache.wrap(function* selfish() {
      yield generators[0]?.next();
    }) as unknown as () => Generator;
    generators.push(wrapped());
    expect(() => generators[0]?.next()).toThrow('Generator is already running');
  });
});
