import { describe, expect, it } from '@jest/globals';
import { setImmediate } from 'node:timers/promises';
import { defer } from '../support/deferred.ts';
import { storeKinds, useCaches } from '../support/store-kinds.ts';

describe.each(storeKinds)('Over $name, a call whose argument', (kind) => {
  const makeCache = useCaches(kind);

  it('is changed by the caller while it runs is not stored: its value belongs to no key', async () => {
    const { cache, trace } = makeCache();
    const pending = defer<undefined>();
    const double = cache.wrap(async (of: { n: number }) => pending.promise.then(() => of.n * 2), { name: 'double' });
    const changing = { n: 1 };
    const answer = double(changing);
    for (let turn = 0; turn < 3; turn++) await setImmediate();
    changing.n = 50;
    pending.resolve(undefined);
    expect([await answer, trace.take()]).toEqual([100, ['miss absent', 'skip changed']]);
    expect([await double({ n: 1 }), trace.take()]).toEqual([2, ['miss absent', 'save']]);
  });

  it('is changed and changed back, or changed beside the option key, is stored', async () => {
    const { cache, trace } = makeCache();
    const turn = async (of: { n: number; hits?: number }): Promise<number> => {
      of.n++;
      await Promise.resolve();
      of.n--;
      return of.n;
    };
    await cache.wrap(turn, { name: 'turn' })({ n: 1 });
    const keyed = cache.wrap(async (of: { n: number; hits: number }) => ++of.hits, {
      name: 'keyed',
      key: ({ n }) => n,
    });
    await keyed({ n: 1, hits: 0 });
    expect(trace.take()).toEqual(['miss absent', 'save', 'miss absent', 'save']);
  });

  it('is changed by the function before it answers with a value is stored: nobody else can have done it', async () => {
    const { cache, trace } = makeCache();
    const sorted = cache.wrap((list: number[]) => list.sort((a, b) => a - b)[0], { name: 'sorted' });
    expect([await sorted([3, 1, 2]), await sorted([3, 1, 2])]).toEqual([1, 1]);
    expect(trace.take()).toEqual(['miss absent', 'save', 'hit']);
  });
});

describe('Over a store that answers with promises, calls', () => {
  const makeCache = useCaches(storeKinds[1] as (typeof storeKinds)[number]);

  it('whose argument is changed while they look are computed alone, and not stored', async () => {
    const { cache, trace } = makeCache();
    const double = cache.wrap(async (of: { n: number }) => setImmediate(of.n * 2), { name: 'double' });
    const changing = { n: 1 };
    const answers = [double(changing), double({ n: 1 }), double({ n: 1 })];
    changing.n = 50;
    const [first, ...others] = await Promise.all(answers);
    expect([first, others]).toEqual([100, [2, 2]]);
    expect(trace.take().sort()).toEqual([
      'coalesced',
      'coalesced',
      'coalesced',
      'miss absent',
      'miss absent',
      'save',
      'skip changed',
    ]);
    expect([await double({ n: 1 }), await double({ n: 50 })]).toEqual([2, 100]);
    expect(trace.take()).toEqual(['hit', 'miss absent', 'save']);
  });

  it('whose argument cannot be rendered any more when they have looked are computed alone', async () => {
    const { cache, trace } = makeCache();
    const load = cache.wrap(async (of: { n: unknown }) => typeof of.n, { name: 'load' });
    const changing: { n: unknown } = { n: 1 };
    const answer = load(changing);
    changing.n = () => 1;
    expect([await answer, trace.take()]).toEqual(['function', ['miss absent', 'skip changed']]);
  });
});
