import { describe, expect, it } from '@jest/globals';
import { isPromise } from 'node:util/types';
import { NoCache } from '../../lib/calls/no-cache.ts';
import { useClock } from '../support/clock.ts';
import { storeKinds, useCaches } from '../support/store-kinds.ts';
import { failureOf } from '../support/store-suite/use-store.ts';

const clock = useClock();

describe.each(storeKinds)('Over $name, loadOrSave()', (kind) => {
  const makeCache = useCaches(kind);

  it('computes once', async () => {
    const { cache, trace } = makeCache();
    const item = cache.itemForKey(1);
    let calls = 0;
    const compute = (): number => ++calls;
    expect([await item.loadOrSave(compute), await item.loadOrSave(compute), await item.load()]).toEqual([1, 1, 1]);
    expect(trace.take()).toEqual(['miss absent', 'save', 'hit', 'hit']);
  });

  it('stays sync where the store and the function are', async () => {
    const { cache } = makeCache();
    const answers = [cache.itemForKey(1).loadOrSave(() => 1), cache.itemForKey(1).loadOrSave(() => 1)];
    for (const answer of answers) expect([isPromise(answer), await answer]).toEqual([kind.kind === 'async', 1]);
  });

  it('answers with a promise for a promise, on a hit too', async () => {
    const { cache } = makeCache();
    const item = cache.itemForKey(1);
    for (let round = 0; round < 3; round++) {
      const answer = item.loadOrSave(async () => [round]);
      expect([isPromise(answer), await answer]).toEqual([true, [0]]);
    }
    expect(await item.load()).toEqual([0]);
  });

  it('answers an async function with a promise, also where nothing is computed', async () => {
    const { cache } = makeCache();
    const item = cache.itemForKey(1);
    await item.save('by hand');
    const answer = item.loadOrSave(async () => 'computed');
    expect([isPromise(answer), await answer]).toEqual([true, 'by hand']);
  });

  it('serves what was saved by hand', async () => {
    const { cache } = makeCache();
    const item = cache.itemForKey(1);
    await item.save('by hand');
    expect(await item.loadOrSave(() => 'computed')).toBe('by hand');
  });

  it('computes again what has expired', async () => {
    const { cache, trace } = makeCache({ maxAge: 1000 });
    const item = cache.itemForKey(1);
    let calls = 0;
    await item.loadOrSave(() => ++calls);
    clock.now += 1000;
    expect(await item.loadOrSave(() => ++calls)).toBe(2);
    expect(trace.take()).toEqual(['miss absent', 'save', 'miss expired', 'save']);
  });

  it('throws what the function throws, and computes anew', async () => {
    const { cache } = makeCache();
    const item = cache.itemForKey(1);
    const error = new Error('mine');
    const throwing = (): number => {
      throw error;
    };
    expect(await failureOf(() => item.loadOrSave(throwing))).toBe(error);
    expect(await failureOf(() => item.loadOrSave(() => Promise.reject(error)))).toBe(error);
    expect(await item.exists()).toBe(false);
    expect(await item.loadOrSave(() => 1)).toBe(1);
  });

  it('gives the value of NoCache and stores nothing', async () => {
    const { cache, trace } = makeCache();
    const item = cache.itemForKey(1);
    const throwing = (): number => {
      throw new NoCache(5);
    };
    expect([await item.loadOrSave(throwing), await item.exists()]).toEqual([5, false]);
    expect(trace.take()).toEqual(['miss absent', 'skip NoCache']);
  });

  it('gives the function no arguments and no this', async () => {
    const { cache } = makeCache();
    const given: unknown[] = [];
    function compute(this: unknown, ...args: unknown[]): number {
      given.push(this, args);
      return 1;
    }
    const load = (_n: number): number => 1;
    await cache.itemForCall(load, 7).loadOrSave(compute);
    await cache.itemForKey(1).loadOrSave(compute);
    expect(given).toEqual([undefined, [], undefined, []]);
  });

  it.each([undefined, null, 5, {}])('refuses %p for a function', async (compute) => {
    const { cache, trace } = makeCache();
    const item = cache.itemForKey(1);
    await item.save(1);
    trace.take();
    expect(await failureOf(() => item.loadOrSave(compute as () => number))).toMatchObject({
      name: 'TypeError',
      code: 'ERR_INVALID_ARG_VALUE',
    });
    expect(trace.take()).toEqual([]);
  });

  it('is told in the mode of its cache', async () => {
    const { cache, trace } = makeCache();
    const item = (mode: 'off' | 'readonly' | 'refresh') => cache.with({ mode }).itemForKey(1);
    await cache.itemForKey(1).save('old');
    trace.take();
    expect([await item('off').loadOrSave(() => 'new'), trace.take()]).toEqual(['new', []]);
    expect([await item('readonly').loadOrSave(() => 'new'), trace.take()]).toEqual(['old', ['hit']]);
    expect([await item('refresh').loadOrSave(() => 'new'), trace.take()]).toEqual(['new', ['miss refresh', 'save']]);
    expect(await cache.itemForKey(1).load()).toBe('new');
  });
});
