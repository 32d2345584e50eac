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
    const first = time.begin();
    now += 30;
    expect(time.end(first)).toBe(30);
    now += 500;
    const second = time.begin();
    now += 20;
    expect(time.end(second)).toBe(20);
  });

  it('is shared by those that go on at the same time', () => {
    const time = new SharedTime();
    const all = Array.from({ length: 300 }, () => time.begin());
    now += 2000;
    const shares = all.map((begun) => time.end(begun));
    expect(shares[0]).toBeCloseTo(2000 / 300);
    expect(shares.reduce((sum, share) => sum + share)).toBeCloseTo(2000);
  });

  it('is halved only where two overlap, within one another too', () => {
    const time = new SharedTime();
    const outer = time.begin();
    now += 30;
    const inner = time.begin();
    now += 40;
    expect(time.end(inner)).toBe(20);
    now += 30;
    expect(time.end(outer)).toBe(80);
  });
});
