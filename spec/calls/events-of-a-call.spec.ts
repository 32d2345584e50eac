import { describe, expect, it } from '@jest/globals';
import { NoCache } from '../../lib/calls/no-cache.ts';
import { useClock } from '../support/clock.ts';
import { storeKinds, useCaches } from '../support/store-kinds.ts';
import { failureOf } from '../support/store-suite/use-store.ts';

const clock = useClock();

describe.each(storeKinds)('Over $name, a call', (kind) => {
  const makeCache = useCaches(kind);

  it('misses and saves, then hits', async () => {
    const { cache, trace } = makeCache();
    let calls = 0;
    const square = cache.wrap((n: number) => ++calls && n * n, { name: 'square' });
    expect([await square(7), await square(7)]).toEqual([49, 49]);
    expect([calls, trace.take()]).toEqual([1, ['miss absent', 'save', 'hit']]);
    expect(await square(8)).toBe(64);
    expect([calls, trace.take()]).toEqual([2, ['miss absent', 'save']]);
  });

  it('tells the id of the item and the name of the function in every event', async () => {
    const { cache, trace } = makeCache();
    const load = cache.wrap((_n: number) => 1, { name: 'my function' });
    await load(7);
    await load(7);
    const { id } = load.cache.itemFor(7);
    expect(trace.events).toEqual([
      { type: 'miss', id, name: 'my function', reason: 'absent' },
      { type: 'save', id, name: 'my function' },
      { type: 'hit', id, name: 'my function' },
    ]);
  });

  it('past the maxAge computes and replaces', async () => {
    const { cache, trace } = makeCache({ maxAge: 1000 });
    let calls = 0;
    const count = cache.wrap(() => ++calls, { name: 'count' });
    await count();
    clock.now += 999;
    expect(await count()).toBe(1);
    clock.now += 1;
    expect(await count()).toBe(2);
    clock.now += 999;
    expect(await count()).toBe(2);
    expect(trace.take()).toEqual(['miss absent', 'save', 'hit', 'miss expired', 'save', 'hit']);
  });

  it('of a damaged record computes and replaces', async () => {
    const { cache, trace, store } = makeCache();
    const one = cache.wrap(() => 1, { name: 'one' });
    await store.set(one.cache.itemFor().id, [new Uint8Array(200)], { expiresAt: Infinity });
    await one();
    await one();
    expect(trace.take()).toEqual(['corrupt ERR_TEMPCACHE_CORRUPT_ITEM', 'miss corrupt', 'save', 'hit']);
    expect(trace.events[0]).toMatchObject({ type: 'corrupt', name: 'one', error: { id: one.cache.itemFor().id } });
  });

  it('whose value shouldCache declines saves nothing', async () => {
    const { cache, trace, asked } = makeCache();
    const seen: unknown[] = [];
    const half = cache.wrap((n: number) => n / 2, {
      name: 'half',
      shouldCache: (value, n) => seen.push([value, n]) > 0 && Number.isInteger(value),
    });
    expect([await half(3), await half(3), await half(4), await half(4)]).toEqual([1.5, 1.5, 2, 2]);
    const declined = ['miss absent', 'skip shouldCache'];
    expect(trace.take()).toEqual([...declined, ...declined, 'miss absent', 'save', 'hit']);
    expect(seen).toEqual([[1.5, 3], [1.5, 3], [2, 4]]); // prettier-ignore
    expect(asked.filter((operation) => operation === 'set')).toHaveLength(1);
  });

  it('that throws NoCache gives its value and saves nothing', async () => {
    const { cache, trace, asked } = makeCache();
    let calls = 0;
    const fail = cache.wrap(
      (): string => {
        throw new NoCache(`value ${++calls}`);
      },
      { name: 'fail' },
    );
    expect([await fail(), await fail()]).toEqual(['value 1', 'value 2']);
    expect(trace.take()).toEqual(['miss absent', 'skip NoCache', 'miss absent', 'skip NoCache']);
    const each = ['get', 'lease', 'get'];
    expect(asked).toEqual([...each, ...each]);
  });

  it('that throws has that very error, and saves nothing', async () => {
    const { cache, trace, asked } = makeCache();
    const errors = [new Error('sync'), 'a text', undefined, null, Object.freeze({ code: 'E' })];
    const fail = cache.wrap(
      (n: number) => {
        throw errors[n]; // oxlint-disable-line typescript/only-throw-error
      },
      { name: 'fail' },
    );
    for (const [n, error] of errors.entries()) expect(await failureOf(() => fail(n))).toBe(error);
    expect(trace.take()).toEqual(errors.map(() => 'miss absent'));
    expect(asked).not.toContain('set');
  });

  it('caches undefined and null like any value', async () => {
    const { cache, trace } = makeCache();
    let calls = 0;
    const nothing = cache.wrap((n: number) => ++calls && [undefined, null, 0, '', false][n], { name: 'nothing' });
    for (const n of [0, 1, 2, 3, 4]) expect(await nothing(n)).toBe(await nothing(n));
    expect([await nothing(0), await nothing(1)]).toEqual([undefined, null]);
    expect(calls).toBe(5);
    expect(trace.take().filter((event) => event === 'save')).toHaveLength(5);
  });
});
