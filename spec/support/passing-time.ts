import { afterEach, beforeEach, jest } from '@jest/globals';
import { setImmediate } from 'node:timers/promises';
import { useClock } from './clock.ts';

/** Lets everything happen that only waits for its turn. */
export async function turns(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await setImmediate();
}

/** Time that passes when the spec says so, for clocks and for timers. */
export function usePassingTime(): (ms: number) => Promise<void> {
  const clock = useClock();
  beforeEach(() => {
    jest.useFakeTimers({ doNotFake: ['Date', 'hrtime', 'nextTick', 'performance', 'queueMicrotask', 'setImmediate'] });
  });
  afterEach(() => {
    jest.useRealTimers();
  });
  return async (ms) => {
    clock.now += ms;
    await jest.advanceTimersByTimeAsync(ms);
    await turns();
  };
}
