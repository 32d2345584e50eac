/**
 * The timers as they are when this package is loaded. Tests put others in their place later on, which stand still: what the cache
 * does must not stand still with them.
 */
import * as timers from 'node:timers';

export const setTimeout: typeof timers.setTimeout = timers.setTimeout;
export const clearTimeout: typeof timers.clearTimeout = timers.clearTimeout;
export const setImmediate: typeof timers.setImmediate = timers.setImmediate;

/** Ms of the longest timer that Node has; a longer one would go off at once. */
const LONGEST = 2 ** 31 - 1;

const settled = Promise.resolve();

/** Whether a timer keeps the program alive. */
export interface TimerOptions {
  readonly keepsAlive?: boolean;
}

/**
 * Begins after so many ms, however many, and never after `Infinity`. The timer is set when the stack is empty: where a full one
 * ends the setting of a timer in the middle, Node may count one for ever that is not there, and the process never ends.
 *
 * @returns what takes it back
 */
export function later(work: () => void, delay: number, { keepsAlive = false }: TimerOptions = {}): () => void {
  let timer: NodeJS.Timeout | undefined;
  let isWanted = delay !== Infinity;
  const begin = (left: number): void => {
    if (!isWanted) return;
    timer = setTimeout(left > LONGEST ? () => begin(left - LONGEST) : work, Math.min(left, LONGEST));
    if (!keepsAlive) timer.unref();
  };
  void settled.then(() => begin(delay));
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

/** Lets so many ms pass; the program waits for that. */
export async function pass(ms: number): Promise<void> {
  return new Promise((resolve) => {
    later(resolve, ms, { keepsAlive: true });
  });
}

/** Lets the event loop turn once. */
export async function turn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

/** What a promise gives, or what `otherwise` gives or throws where that takes more than so many ms; the program waits for that. */
export async function within<T, U>(promise: PromiseLike<T>, ms: number, otherwise: () => U): Promise<T | U> {
  if (ms === Infinity) return promise;
  let cancel = (): void => undefined;
  const over = new Promise<void>((resolve) => {
    cancel = later(resolve, ms, { keepsAlive: true });
  });
  try {
    return await Promise.race([promise, over.then(otherwise)]);
  } finally {
    cancel();
  }
}
