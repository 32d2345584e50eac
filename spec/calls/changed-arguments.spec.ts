import { describe, expect, it } from '@jest/globals';
import { setImmediate } from 'node:timers/promises';
import { NoCache } from '../../lib/calls/no-cache.ts';
import { cacheKey } from '../../lib/keys/cache-key.ts';
import { defer } from '../support/deferred.ts';
import { storeKinds, useCaches } from '../support/store-kinds.ts';

/** An instance whose key is a property of it: it cannot be copied. */
class Query {
  page: number;

  constructor(page: number) {
    this.page = page;
  }

  [cacheKey](): number {
    return this.page;
  }
}

function failWith(error: Error): never {
  throw error;
}

describe.each(storeKinds)('Over $name, a call whose argument', (kind) => {
  const makeCache = useCaches(kind);

  it.each([
    ['an async function', async (of: { page: number }) => setImmediate(`page ${of.page}`)],
    ['a function that answers with a promise', (of: { page: number }) => setImmediate(`page ${of.page}`)],
    ['a function that answers at once', (of: { page: number }) => `page ${of.page}`],
  ])('is changed between calls of %s is computed as it was at each', async (_what, fn) => {
    const { cache } = makeCache();
    const load = cache.wrap(fn, { name: 'load' });
    const query = { page: 0 };
    const answers: unknown[] = [];
    for (query.page of [1, 2, 3]) answers.push(load(query), load(query), load.cache.refresh(query));
    const pages = [1, 2, 3].flatMap((page) => Array<string>(3).fill(`page ${page}`));
    expect(await Promise.all(answers)).toEqual(pages);
    for (const page of [1, 2, 3]) expect(await load({ page })).toBe(`page ${page}`);
  });

  it.each([
    ['an async function', async (of: { n: number }, pending: () => Promise<unknown>) => pending().then(() => of.n)],
    [
      'a function that answers with a promise',
      (of: { n: number }, pending: () => Promise<unknown>) => pending().then(() => of.n),
    ],
  ])('is changed, and changed back, while %s runs is computed and stored as it was', async (_what, fn) => {
    const { cache, trace } = makeCache();
    const pending = defer<undefined>();
    const load = cache.wrap(async (of: { n: number }) => fn(of, () => pending.promise), { name: 'load' });
    const changing = { n: 1 };
    const answers = [load(changing), load({ n: 1 })];
    changing.n = 2;
    pending.resolve(undefined);
    for (let turn = 0; turn < 3; turn++) await setImmediate();
    changing.n = 1;
    expect(await Promise.all(answers)).toEqual([1, 1]);
    expect(trace.take()).toEqual(['miss absent', 'save', 'coalesced']);
    expect([await load({ n: 1 }), trace.take()]).toEqual([1, ['hit']]);
  });

  it('is changed by the function itself stays as it is for the caller, and the value is stored', async () => {
    const { cache, trace } = makeCache();
    const sorted = cache.wrap(async (list: number[]) => setImmediate(list.sort((a, b) => a - b)[0]), {
      name: 'sorted',
    });
    const list = [3, 1, 2];
    expect([await sorted(list), list, await sorted(list)]).toEqual([1, [3, 1, 2], 1]);
    expect(trace.take()).toEqual(['miss absent', 'save', 'hit']);
  });

  it('is an object of a method that is changed meanwhile is computed as it was', async () => {
    const { cache } = makeCache();
    const pageOf = cache.wrap(async function pageOf(this: { page: number }): Promise<number> {
      await setImmediate();
      return this.page;
    });
    const book = { page: 1 };
    const answer = pageOf.call(book);
    book.page = 2;
    expect([await answer, await pageOf.call({ page: 1 })]).toEqual([1, 1]);
  });

  it.each<[string, (gate: Promise<unknown>) => Promise<unknown>, unknown]>([
    ['gives a value', async (gate) => gate, 'value'],
    ['throws NoCache', async (gate) => failWith(new NoCache(await gate)), 'value'],
    ['fails', async (gate) => gate.then(() => failWith(new Error('mine'))), new Error('mine')],
  ])(
    'cannot be copied and is changed while the function runs, which %s, is that of its caller alone',
    async (_end, end, expected) => {
      const { cache, trace } = makeCache();
      let pending = defer<unknown>();
      let runs = 0;
      const load = cache.wrap(async (query: Query) => (++runs === 1 ? end(pending.promise) : `page ${query.page}`), {
        name: 'load',
      });
      for (const way of [load, load.cache.refresh]) {
        runs = 0;
        pending = defer();
        const query = new Query(1);
        const answers = [way(query), way(new Query(1))];
        for (let turn = 0; turn < 6; turn++) await setImmediate();
        query.page = 2;
        pending.resolve('value');
        expect(await Promise.all(answers.map(async (answer) => answer.catch((error: unknown) => error)))).toEqual([
          expected,
          'page 1',
        ]);
        expect([await load(new Query(1)), await load.cache.itemFor(new Query(2)).exists()]).toEqual(['page 1', false]);
        expect(trace.take()).not.toContain('coalesced');
        await load.cache.clear();
      }
    },
  );
});

describe('Over a store that answers at once, a function', () => {
  const makeCache = useCaches(storeKinds[0] as (typeof storeKinds)[number]);

  it('is called in the turn of its caller', async () => {
    const { cache } = makeCache();
    const seen: string[] = [];
    const load = cache.wrap(async (of: string) => seen.push(of), { name: 'load' });
    const answers = [load('a'), load.cache.refresh('b'), load.cache.run('c')];
    const item = cache.itemForKey(1).loadOrSave(async () => seen.push('d'));
    expect(seen).toEqual(['a', 'b', 'c', 'd']);
    await Promise.all([...answers, item]);
  });

  it('that has always answered at once is given the very arguments, and is not stored where it gives a promise', async () => {
    const { cache, trace } = makeCache();
    const given: unknown[] = [];
    const maybe = cache.wrap((of: { n: number }) => (given.push(of), of.n < 3 ? of.n : setImmediate(of.n)), {
      name: 'maybe',
    });
    const all = [{ n: 1 }, { n: 2 }, { n: 3 }, { n: 4 }];
    for (const of of all) await maybe(of);
    expect(given.map((of, index) => of === all[index])).toEqual([false, true, true, false]);
    expect(trace.take()).toEqual([
      'miss absent',
      'save',
      'miss absent',
      'save',
      'miss absent',
      'skip changed',
      'miss absent',
      'save',
    ]);
  });
});

describe('Over a store that answers with promises, a call whose argument cannot be copied', () => {
  const makeCache = useCaches(storeKinds[1] as (typeof storeKinds)[number]);

  it.each([
    ['has a method cacheKey', {}],
    ['stands behind the option key', { key: ({ page }: Query) => page }],
  ])(
    'because it %s, and is changed meanwhile, is computed and stored under the key that it has by then',
    async (_why, options) => {
      const { cache, trace } = makeCache();
      const given: Query[] = [];
      const load = cache.wrap(async (query: Query) => (given.push(query), `page ${query.page}`), {
        name: 'load',
        ...options,
      });
      const query = new Query(1);
      const answers = [load(query), load(new Query(1))];
      query.page = 2;
      expect(await Promise.all(answers)).toEqual(['page 2', 'page 1']);
      expect(given[0] === query || given[1] === query).toBe(true);
      expect([await load(new Query(1)), await load(new Query(2))]).toEqual(['page 1', 'page 2']);
      const events = trace.take();
      expect(events).not.toContain('skip changed');
      expect(events.filter((event) => event === 'save')).toHaveLength(2);
    },
  );

  it('and cannot be keyed any more when the store has answered is computed without the cache', async () => {
    const { cache, trace } = makeCache();
    const load = cache.wrap(async ({ page }: Query) => typeof page, { name: 'load' });
    const query = new Query(1);
    const answer = load(query);
    Object.assign(query, { page: Symbol('of this process') });
    expect([await answer, trace.take()]).toEqual(['symbol', ['miss absent', 'skip changed']]);
  });

  it('and has another key at each look is computed all the same', async () => {
    const { cache, trace } = makeCache();
    let keys = 0;
    const load = cache.wrap(async () => 'value', { name: 'load', key: () => ++keys });
    expect(await load()).toBe('value');
    expect(trace.take()).toEqual(['miss absent', 'skip changed']);
  });
});
