import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { performance } from 'node:perf_hooks';
import { SharedTime } from '../../lib/runtime/shared-time.ts';

let now = 0;
let spy: { mockRestore(): void } | undefined;

beforeEach(() => {
  now = 1000;
  spy = jest.spyOn(performance, 'now').mockImplementation(() => now);
});
afterEach(() => spy?.mockRestore());

describe('Shared time', () => {
  it('is all that has passed for a piece of work alone, and what stands between two of them is none of it', () => {
    const time = new SharedTime();
    const endFirst = time.begin();
    now += 30;
    expect(endFirst()).toBe(30);
    now += 500;
    const endSecond = time.begin();
    now += 20;
    expect(endSecond()).toBe(20);
  });

  it('is shared by those that go on at the same time', () => {
    const time = new SharedTime();
    const all = Array.from({ length: 300 }, () => time.begin());
    now += 2000;
    const shares = all.map((end) => end());
    expect(shares[0]).toBeCloseTo(2000 / 300);
    expect(shares.reduce((sum, share) => sum + share)).toBeCloseTo(2000);
  });

  it('is halved only where two overlap, within one another too', () => {
    const time = new SharedTime();
    const endOuter = time.begin();
    now += 30;
    const endInner = time.begin();
    now += 40;
    expect(endInner()).toBe(20);
    now += 30;
    expect(endOuter()).toBe(80);
  });

  it('ends once, however often that is said', () => {
    const time = new SharedTime();
    const [endOne, endOther] = [time.begin(), time.begin()];
    now += 10;
    expect([endOne(), endOne()]).toEqual([5, 5]);
    now += 10;
    expect(endOther()).toBe(15);
  });
});
