/** Work of the cache's own that no call waits for: it is done in the background, and keeps no program alive. */

import { performance } from 'node:perf_hooks';

import { isThenable } from '../common/kind.ts';
import { outsideOfCalls } from './in-flight.ts';
import type { Steps } from './steps.ts';
import { setImmediate, setTimeout } from './timers.ts';

/** How much is done in one turn of the event loop: so many steps or ms, whichever comes first. */
const SLICE = { steps: 50, ms: 2 } as const;

/** Ms of rest between two turns. */
const REST = 1;

/** What a store answered: a value, or what it threw. */
type Answered = { readonly value: unknown } | { readonly error: unknown };

/**
 * Carries an operation out in small slices, over a store of either kind, with turns of the event loop in between. When the
 * program ends meanwhile it stops where it is.
 */
export function carryOutInBackground<T>(steps: Steps<T>): Promise<T> {
  return outsideOfCalls(() => carryOutInSlices(steps));
}

async function carryOutInSlices<T>(steps: Steps<T>): Promise<T> {
  let answered: Answered = { value: undefined };
  for (;;) {
    const result = runSlice(steps, answered);
    if (result.done === true) return result.value;
    answered = await answerTo(result.value);
    await rest();
  }
}

/** Goes on until the slice is over, or there is something to wait for. */
function runSlice<T>(steps: Steps<T>, first: Answered): IteratorResult<unknown, T> {
  const end = performance.now() + SLICE.ms;
  let answered = first;
  for (let done = 1; ; done++) {
    const result = 'error' in answered ? steps.throw(answered.error) : steps.next(answered.value);
    const isOver = done >= SLICE.steps || performance.now() >= end;
    if (result.done === true || isOver || isThenable(result.value)) return result;
    answered = { value: result.value };
  }
}

async function answerTo(given: unknown): Promise<Answered> {
  try {
    return { value: await given };
  } catch (error) {
    return { error };
  }
}

/**
 * Two timers may be due in one turn; a whole turn has passed when the immediate comes. It keeps its reference, which holds
 * the program for that turn at most: for one without it, a program that waits for nothing but its sockets does not turn.
 */
async function rest(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(() => setImmediate(resolve), REST).unref();
  });
}
