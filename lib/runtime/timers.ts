/** Timers on the way of a call. No other part of that way sets one. */

import { clearTimeout, setTimeout } from 'node:timers';

const settled = Promise.resolve();

/** Whether a timer keeps the program alive. */
export interface TimerOptions {
  readonly keepsAlive?: boolean;
}

/**
 * Begins after so many ms. The timer is set when the stack is empty: where a full one ends the setting of a timer in the middle,
 * Node may count one for ever that is not there, and the process never ends.
 *
 * @returns what takes it back
 */
export function later(work: () => void, delay: number, { keepsAlive = false }: TimerOptions = {}): () => void {
  let timer: NodeJS.Timeout | undefined;
  let isWanted = true;
  const begin = (): void => {
    if (!isWanted) return;
    timer = setTimeout(work, delay);
    if (!keepsAlive) timer.unref();
  };
  void settled.then(begin);
  return () => {
    isWanted = false;
    clearTimeout(timer);
  };
}

/** Does work every so many ms, and keeps no program alive. @returns what ends it */
export function every(work: () => void, period: number): () => void {
  let cancel = later(again, period);
  function again(): void {
    cancel = later(again, period);
    work();
  }
  return () => cancel();
}
