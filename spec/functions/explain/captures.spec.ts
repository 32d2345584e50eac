import { describe, expect, it } from '@jest/globals';
import { useClock } from '../../support/clock.ts';
import { loneCache } from '../../support/identity.ts';

const HERE = String.raw`\(\/\S+captures\.spec\.ts:\d+\)`;

describe('An explanation of a call of a function that captures something else than before', () => {
  const clock = useClock();

  it('names the variable, and what it was where this process knows it', () => {
    let rate = 1.1;
    const scale = loneCache().wrap(function scale(n: number): number {
      return n * rate;
    });
    scale(1);
    rate = 1.2;
    clock.now += 60_000;
    const { differs, message } = scale.cache.explain(1);
    expect(differs).toEqual(['captures']);
    expect(message).toMatch(new RegExp(`differs: the variable rate of scale ${HERE} was 1\\.1, is 1\\.2\\.$`));
  });

  it('names the helper whose variable has changed no more than that variable', () => {
    const table = { rate: 1 };
    const byTable = (n: number): number => n * table.rate;
    const scale = loneCache().wrap(function scale(n: number): number {
      return byTable(n);
    });
    scale(1);
    table.rate = 2;
    clock.now += 60_000;
    const { message } = scale.cache.explain(1);
    expect(message).toMatch(new RegExp(`differs: the variable table of byTable ${HERE} has changed\\.$`));
  });

  it('names a helper of another text, with its place', () => {
    const cache = loneCache();
    const wrapWith = (helper: (n: number) => number) =>
      cache.wrap(function scale(n: number): number {
        return helper(n);
      });
    wrapWith((n) => n + 1)(1);
    const { differs, message } = wrapWith((n) => n + 2).cache.explain(1);
    expect(differs).toEqual(['captures']);
    expect(message).toMatch(new RegExp(`differs: helper ${HERE} has changed\\.$`));
  });

  it('says what is new, and that something is gone, beside a change of the source', () => {
    const cache = loneCache();
    const [first, second] = [1, 2];
    cache.wrap({ scale: (n: number) => n * first }.scale)(1);
    const { differs, message } = cache.wrap({ scale: (n: number) => n * second }.scale).cache.explain(1);
    expect(differs).toEqual(['source', 'captures']);
    expect(message).toMatch(
      /the source of the function has changed; the variable second of scale \(.+\) is captured only now; something/,
    );
  });

  it('says so where it is no variable', () => {
    const cache = loneCache();
    const make = (rate: number) =>
      Object.assign(
        function scale(n: number): number {
          return n;
        },
        { rate },
      );
    cache.wrap(make(1))(1);
    const { differs, message } = cache.wrap(make(2)).cache.explain(1);
    expect(differs).toEqual(['captures']);
    expect(message).toMatch(/differs: what the function captures has changed\.$/);
  });

  it('counts what does not fit in', () => {
    let [a, b, c, d, e] = [1, 1, 1, 1, 1];
    const sum = loneCache().wrap(function sum(n: number): number {
      return n + a + b + c + d + e;
    });
    sum(1);
    [a, b, c, d, e] = [2, 2, 2, 2, 2];
    clock.now += 60_000;
    expect(sum.cache.explain(1).message).toMatch(/is 2; .* is 2; .* is 2; 2 more have changed\.$/);
  });
});
