import { isThenable } from '../common/kind.ts';
import { pass } from './timers.ts';

/** What answers at once, or with promises: a store. */
export interface Kind {
  readonly kind: 'sync' | 'async';
}

/** What an operation gives over a store of one kind: the value itself, or a promise of it. */
export type Answer<S extends Kind, T> = S extends { readonly kind: 'async' } ? Promise<T> : T;

/**
 * An operation in steps: it yields what the store answers, a value or a promise, and is given the value. So it is
 * written once for both kinds of store. Too slow for a hit, which has a way of its own.
 */
export type Steps<T> = Generator<unknown, T, unknown>;

/** A step that takes time and nothing else. */
class Sleep {
  readonly ms: number;

  constructor(ms: number) {
    this.ms = ms;
  }
}

const sleeper = new Int32Array(new SharedArrayBuffer(4));

/** Waits, where there is something to wait for: `const bytes = yield* step(store.get(id))`. */
export function* step<T>(answer: T | Promise<T>): Steps<T> {
  return (yield answer) as T;
}

/** Lets so many ms pass: in a promise with a timer; at once by blocking the thread. */
export function* sleep(ms: number): Steps<void> {
  yield new Sleep(ms);
}

/** Goes over what a store lists, at once or bit by bit; a visit may have steps of its own. */
export function* each<T>(list: Iterable<T> | AsyncIterable<T>, visit: (entry: T) => Steps<void> | void): Steps<void> {
  const iterator = Symbol.asyncIterator in list ? list[Symbol.asyncIterator]() : list[Symbol.iterator]();
  try {
    for (;;) {
      const result: IteratorResult<T> = yield* step(iterator.next());
      if (result.done === true) return;
      const more = visit(result.value);
      if (more !== undefined) yield* more;
    }
  } finally {
    yield* step(iterator.return?.() as undefined);
  }
}

/** Carries an operation out: at once over a sync store, in a promise over an async one. */
export function carryOut<S extends Kind, T>(store: S, steps: Steps<T>): Answer<S, T> {
  return (store.kind === 'sync' ? carryOutSync(steps) : carryOutAsync(steps)) as Answer<S, T>;
}

/** Carries an operation out at once. */
export function carryOutSync<T>(steps: Steps<T>): T {
  let result = steps.next();
  while (result.done !== true) {
    if (result.value instanceof Sleep) Atomics.wait(sleeper, 0, 0, result.value.ms);
    result = steps.next(result.value);
  }
  return result.value;
}

/** Carries an operation out: at once as far as it goes, and in a promise from where there is something to wait for. */
export function carryOutHere<T>(steps: Steps<T>): T | Promise<T> {
  let result = steps.next();
  while (result.done !== true) {
    if (result.value instanceof Sleep || isThenable(result.value)) return carryOutLater(steps, result.value);
    result = steps.next(result.value);
  }
  return result.value;
}

/** Carries an operation out, and waits for promises alone: what is there at once may be lent for a moment only. */
export async function carryOutAsync<T>(steps: Steps<T>): Promise<T> {
  return carryOutHere(steps);
}

async function carryOutLater<T>(steps: Steps<T>, first: unknown): Promise<T> {
  let answer = first;
  for (;;) {
    let result: IteratorResult<unknown, T> | undefined;
    try {
      if (answer instanceof Sleep) answer = await pass(answer.ms);
      else if (isThenable(answer)) answer = await answer;
    } catch (error) {
      result = steps.throw(error);
    }
    result ??= steps.next(answer);
    if (result.done === true) return result.value;
    answer = result.value;
  }
}
