import { describe, expect, it, jest } from '@jest/globals';
import { cacheKey } from '../../lib/keys/cache-key.ts';
import { useClock } from '../support/clock.ts';
import { defer } from '../support/deferred.ts';
import { loneCache } from '../support/identity.ts';
import { makeTrace } from '../support/trace.ts';

describe('A function that captures a variable', () => {
  const clock = useClock();

  it('is another one when it has another value, at each call that computes and a second later at hits', () => {
    let rate = 2;
    const scale = loneCache().wrap(function scale(n: number): number {
      return n * rate;
    });
    expect(scale(1)).toBe(2);
    rate = 3;
    expect(scale(1)).toBe(2);
    expect(scale(2)).toBe(6);
    expect(scale(1)).toBe(3);
    rate = 4;
    expect([scale(1), scale(2)]).toEqual([3, 6]);
    clock.now += 60_000;
    expect([scale(1), scale(2)]).toEqual([4, 8]);
    rate = 3;
    expect(scale.cache.refresh(5)).toBe(15);
    expect([scale(1), scale(2)]).toEqual([3, 6]);
  });

  it('says in an event what has changed', () => {
    const { events, onEvent } = makeTrace();
    let rate = 2;
    const helper = (n: number): number => n * rate;
    const scale = loneCache({ onEvent }).wrap(function scale(n: number): number {
      return helper(n);
    });
    scale(1);
    rate = 3;
    scale(2);
    expect(events.filter(({ type }) => type === 'captures')).toEqual([
      { type: 'captures', id: '', name: 'scale', changed: ['scale: helper', 'helper: rate'] },
    ]);
  });

  it('is not stored when that changes while a promise is pending', async () => {
    const { take, onEvent } = makeTrace();
    const [begun, gate] = [defer<undefined>(), defer<number>()];
    let rate = 2;
    const scale = loneCache({ onEvent }).wrap(async function scale(n: number): Promise<number> {
      begun.resolve(undefined);
      return n * rate * (await gate.promise);
    });
    const first = scale(1);
    await begun.promise;
    rate = 3;
    gate.resolve(10);
    expect(await first).toBe(20);
    expect(take()).toContain('skip changed');
    expect(await scale(1)).toBe(30);
    expect(await scale(1)).toBe(30);
    expect(take().slice(-1)).toEqual(['hit']);
  });

  it('is the same one for a clock that was set back', () => {
    let rate = 2;
    const scale = loneCache().wrap((n: number) => n * rate);
    expect(scale(1)).toBe(2);
    rate = 3;
    clock.now -= 60_000;
    expect(scale(1)).toBe(3);
  });
});

describe('What a function changes itself', () => {
  it('does not make it another one: counters, memos, queues, fields', () => {
    const memo = new Map<number, number>();
    const queue: number[] = [];
    const counters = { all: 0, factor: 2 };
    class Client {
      calls = 0;
      readonly factor: number;
      constructor(factor: number) {
        this.factor = factor;
      }
      get(n: number): number {
        this.calls += 1;
        return n * this.factor;
      }
    }
    const client = new Client(2);
    let runs = 0;
    const helper = (n: number): number => {
      runs += 1;
      counters.all += 1;
      queue.push(n);
      if (!memo.has(n)) memo.set(n, client.get(n) * counters.factor);
      return memo.get(n) as number;
    };
    const cached = loneCache().wrap(function cached(n: number): number {
      return helper(n);
    });
    expect([cached(1), cached(2), cached(1), cached(2), runs]).toEqual([4, 8, 4, 8, 2]);
    counters.factor = 3;
    expect([cached(3), cached(1)]).toEqual([18, 4]);
    expect(runs).toBe(4);
  });
});

describe('The option captures', () => {
  const wrapWith = (captures: 'auto' | 'code' | 'off' | { readonly ignore: readonly string[] }) => {
    const state = { runs: 0 };
    const make = (rate: number, plus: (n: number) => number) =>
      function price(n: number): string {
        state.runs += 1;
        return `${plus(n)} at ${rate}`;
      };
    const cache = loneCache({ captures });
    return (rate: number, plus: (n: number) => number) => cache.wrap(make(rate, plus), { sameEverywhere: true })(1);
  };
  const one = (n: number): number => n + 1;
  const two = (n: number): number => n + 2;

  it.each([
    ['auto' as const, ['2 at 1', '2 at 2', '3 at 1']],
    ['code' as const, ['2 at 1', '2 at 1', '3 at 1']],
    ['off' as const, ['2 at 1', '2 at 1', '2 at 1']],
    [{ ignore: ['rate'] }, ['2 at 1', '2 at 1', '3 at 1']],
    [{ ignore: ['plus'] }, ['2 at 1', '2 at 2', '2 at 1']],
  ])('that is %j counts what it says', (captures, values) => {
    const call = wrapWith(captures);
    expect([call(1, one), call(2, one), call(1, two)]).toEqual(values);
  });

  it('keeps the entries of its values apart', () => {
    const fn = (): number => 1;
    const cache = loneCache();
    const ids = (['auto', 'code', 'off'] as const).map((captures) => cache.wrap(fn, { captures }).cache.itemFor().id);
    expect(new Set(ids).size).toBe(3);
  });
});

describe('A version', () => {
  it('stands for the code of helpers, and captured values still count', () => {
    const cache = loneCache();
    const make = (rate: number, helper: (n: number) => number) =>
      cache.wrap(
        function price(n: number): number {
          return helper(n) * rate;
        },
        { version: '1' },
      );
    const values = [make(2, (n) => n + 1)(1), make(2, (n) => n + 5)(1), make(3, (n) => n + 5)(1)];
    expect(values).toEqual([4, 4, 18]);
  });
});

describe('The class of this and of arguments', () => {
  const makeMoney = (factor: number) =>
    class Money {
      readonly amount: number;
      constructor(amount: number) {
        this.amount = amount;
      }
      [cacheKey](): number {
        return this.amount;
      }
      value(): number {
        return this.amount * factor;
      }
    };

  it('counts by its code, and by what that captures', () => {
    const cache = loneCache();
    const valueOf = cache.wrap((money: { value(): number }) => money.value());
    const values = [2, 3, 2].map((factor) => valueOf(new (makeMoney(factor))(10)));
    expect(values).toEqual([20, 30, 20]);
    const value = cache.wrap(
      {
        value(this: { value(): number }): number {
          return this.value();
        },
      }.value,
    );
    expect([2, 3].map((factor) => value.call(new (makeMoney(factor))(10)))).toEqual([20, 30]);
    expect([2, 3].map((factor) => cache.itemForKey(new (makeMoney(factor))(10)).id)[0]).toBe(
      cache.itemForKey(new (makeMoney(2))(10)).id,
    );
  });
});

describe('A mock', () => {
  it('shares entries with no other one', () => {
    const cache = loneCache();
    const mocks = [1, 2].map((value) => jest.fn(() => value));
    expect(mocks.map((mock) => cache.wrap(mock)())).toEqual([1, 2]);
    const [first] = mocks;
    expect([cache.wrap(first as () => number)(), first?.mock.calls.length]).toEqual([1, 1]);
  });
});
