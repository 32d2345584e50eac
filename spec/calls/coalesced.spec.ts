import { describe, expect, it, jest } from '@jest/globals';
import { setImmediate } from 'node:timers/promises';
import { NoCache } from '../../lib/calls/no-cache.ts';
import { defer } from '../support/deferred.ts';
import { storeKinds, useCaches } from '../support/store-kinds.ts';

/** Lets everything happen that only waits for its turn. */
async function turns(): Promise<void> {
  for (let turn = 0; turn < 6; turn++) await setImmediate();
}

describe.each(storeKinds)('Over $name, calls of one id at the same time', (kind) => {
  const makeCache = useCaches(kind);

  it('share one computation and its value', async () => {
    const { cache, trace } = makeCache();
    const pending = defer<object>();
    let calls = 0;
    const load = cache.wrap(async (_n: number) => ++calls && pending.promise, { name: 'load' });
    const answers = [load(1), load(1), load(1)];
    await turns();
    answers.push(load(1));
    await turns();
    const value = { a: 1 };
    pending.resolve(value);
    const results = await Promise.all(answers);
    expect(calls).toBe(1);
    for (const result of results) expect(result).toEqual(value);
    expect(trace.take()).toEqual(['miss absent', 'save', 'coalesced', 'coalesced', 'coalesced']);
    expect(await load(1)).toEqual(value);
    expect(trace.take()).toEqual(['hit']);
  });

  it('of different ids are computed each for itself', async () => {
    const { cache } = makeCache();
    const double = cache.wrap(async (n: number) => n * 2, { name: 'double' });
    expect(await Promise.all([double(1), double(2), double(1)])).toEqual([2, 4, 2]);
  });

  it('share a rejection, which is forgotten', async () => {
    const { cache, trace, asked } = makeCache();
    const pending = defer<string>();
    let calls = 0;
    const load = cache.wrap(async () => (++calls === 1 ? pending.promise : 'second'), { name: 'load' });
    const answers = [load(), load()];
    await turns();
    const error = new Error('no luck');
    pending.reject(error);
    const results = await Promise.allSettled(answers);
    expect(results.map((result) => result.status === 'rejected' && (result.reason as unknown) === error)).toEqual([
      true,
      true,
    ]);
    expect(trace.take()).toEqual(['miss absent', 'coalesced']);
    expect(asked).not.toContain('set');
    expect(await load()).toBe('second');
    expect([calls, trace.take()]).toEqual([2, ['miss absent', 'save']]);
  });

  it('share the value of NoCache, which is forgotten', async () => {
    const { cache, trace } = makeCache();
    const pending = defer<string>();
    let calls = 0;
    const load = cache.wrap(async () => (++calls === 1 ? pending.promise : 'second'), { name: 'load' });
    const answers = [load(), load()];
    await turns();
    pending.reject(new NoCache('for now'));
    expect(await Promise.all(answers)).toEqual(['for now', 'for now']);
    expect(trace.take()).toEqual(['miss absent', 'skip NoCache', 'coalesced']);
    expect(await load()).toBe('second');
  });

  it('through items and caches of other options share it too', async () => {
    const { cache, trace } = makeCache();
    const pending = defer<number>();
    const item = cache.itemForKey('shared');
    const first = item.loadOrSave(() => pending.promise);
    const second = cache.with({ maxAge: '1h' }).itemForKey('shared').loadOrSave(() => Promise.resolve(2)); // prettier-ignore
    await turns();
    pending.resolve(1);
    expect(await Promise.all([first, second])).toEqual([1, 1]);
    expect(trace.take()).toEqual(['miss absent', 'save', 'coalesced']);
  });

  it('are saved before any of them has the value', async () => {
    const { cache, asked } = makeCache();
    const load = cache.wrap(async () => ['fresh'], { name: 'load' });
    const changes = [load(), load()].map(async (answer) => {
      const value = await answer;
      expect(asked).toContain('set');
      value.push('changed');
    });
    await Promise.all(changes);
    expect(await load()).toEqual(['fresh']);
  });

  it('in great number compute once', async () => {
    const { cache } = makeCache();
    let calls = 0;
    const load = cache.wrap(async (n: number) => ({ n, calls: ++calls }), { name: 'load' });
    const results = await Promise.all(Array.from({ length: 500 }, async (_, index) => load(index % 5)));
    expect(calls).toBe(5);
    expect(results.map(({ n }) => n)).toEqual(results.map((_, index) => index % 5));
  });
});

describe('Over a store that answers with promises, calls', () => {
  const makeCache = useCaches(storeKinds[1] as (typeof storeKinds)[number]);

  it('that were looking while another one ended look once more', async () => {
    const { cache, trace, store } = makeCache();
    let calls = 0;
    const count = cache.wrap(async () => ++calls, { name: 'count' });
    // The second look finds nothing, and says so when the first call has computed, saved and ended.
    const late = defer<undefined>();
    const looks = [Promise.resolve(undefined), late.promise];
    const get = jest.spyOn(store, 'get').mockImplementation((() => looks.shift()) as never);
    const [first, second] = [count(), count()];
    await first;
    get.mockRestore();
    late.resolve(undefined);
    expect([await first, await second, calls]).toEqual([1, 1, 1]);
    expect(trace.take()).toEqual(['miss absent', 'save', 'hit']);
  });

  it('in the mode refresh do not look, and each computes when the one before has ended', async () => {
    const { cache, trace } = makeCache({ mode: 'refresh' });
    let calls = 0;
    const count = cache.wrap(async () => ++calls, { name: 'count' });
    expect(await Promise.all([count(), count()])).toEqual([1, 1]);
    expect(await count()).toBe(2);
    expect(trace.take()).toEqual(['miss refresh', 'save', 'coalesced', 'miss refresh', 'save']);
  });
});

describe('Over a store that answers at once, calls', () => {
  const makeCache = useCaches(storeKinds[0] as (typeof storeKinds)[number]);

  it('one of which begins within the computation do not end each other', async () => {
    const { cache } = makeCache();
    const inner = defer<number>();
    const outer = defer<number>();
    let calls = 0;
    const load: () => Promise<number> = cache.wrap(
      async () => {
        if (++calls === 2) return inner.promise;
        if (calls > 2) return -1;
        const within = load();
        return (await outer.promise) + (await within);
      },
      { name: 'load' },
    );
    const answer = load();
    await turns();
    inner.resolve(1);
    await turns();
    outer.resolve(10);
    expect([await load(), await answer, calls]).toEqual([11, 11, 2]);
  });
});
