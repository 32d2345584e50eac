import { afterEach, beforeEach, jest } from '@jest/globals';

/** The time as the cache sees it, in the hands of the spec. */
export interface SpecClock {
  /** Ms since the epoch. */
  now: number;
}

/** Where every spec begins: Fri, 15 Jan 2027 08:00:00 GMT. */
export const START = 1_800_000_000_000;

/** Stands still at {@link START} until the spec moves it. */
export function useClock(): SpecClock {
  const clock: SpecClock = { now: START };
  let spy: { mockRestore(): void } | undefined;
  beforeEach(() => {
    clock.now = START;
    spy = jest.spyOn(Date, 'now').mockImplementation(() => clock.now);
  });
  afterEach(() => {
    spy?.mockRestore();
  });
  return clock;
}
