import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { defer } from '../support/deferred.ts';
import { later, within } from '../../lib/runtime/timers.ts';

const DAY = 86_400_000;

afterEach(() => {
  jest.useRealTimers();
});

describe('Work after a time', () => {
  it.each([10, 2 ** 31 - 1, 2 ** 31, 100 * DAY])('of %d ms is done then, once, and not before', async (ms) => {
    jest.useFakeTimers();
    const work = jest.fn();
    later(work, ms);
    await Promise.resolve();
    jest.advanceTimersByTime(ms - 1);
    expect(work).not.toHaveBeenCalled();
    jest.advanceTimersByTime(1);
    expect(work).toHaveBeenCalledTimes(1);
    expect(jest.getTimerCount()).toBe(0);
  });

  it('that has no end is never done, and sets no timer', async () => {
    jest.useFakeTimers();
    later(() => undefined, Infinity);
    await Promise.resolve();
    expect(jest.getTimerCount()).toBe(0);
  });

  it.each([0, 30 * DAY])('is not done when it was taken back after %d ms', async (elapsed) => {
    jest.useFakeTimers();
    const work = jest.fn();
    const cancel = later(work, 100 * DAY);
    await Promise.resolve();
    jest.advanceTimersByTime(elapsed);
    cancel();
    expect(jest.getTimerCount()).toBe(0);
    expect(work).not.toHaveBeenCalled();
  });
});

describe('What a promise gives within a time', () => {
  it.each([1000, Infinity])('of %d ms is what it gives or rejects with, and no timer is left', async (ms) => {
    jest.useFakeTimers();
    expect(await within(Promise.resolve(1), ms, () => 2)).toBe(1);
    await expect(within(Promise.reject(new Error('no luck')), ms, () => 2)).rejects.toThrow('no luck');
    expect(jest.getTimerCount()).toBe(0);
  });

  it('that is over is what stands in for it', async () => {
    jest.useFakeTimers();
    const never = defer<number>().promise;
    const given = within(never, 1000, () => 2);
    const thrown = within(never, 1000, () => JSON.parse('{') as number);
    const caught = expect(thrown).rejects.toBeInstanceOf(SyntaxError);
    await jest.advanceTimersByTimeAsync(1000);
    expect(await given).toBe(2);
    await caught;
  });
});
