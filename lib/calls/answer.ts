import type { Result } from '../records/outcome.ts';

/** What the caller of a synchronous or undeclared function gets: what the function itself would have answered with. */
export function answer(result: Result | Promise<Result>): unknown {
  if (!isResult(result)) return result.then(valueOf);
  return result.promised ? Promise.resolve(result.value) : result.value;
}

/** What the caller of an asynchronous function gets. */
export function answerLater(result: Result | Promise<Result>): Promise<unknown> {
  return isResult(result) ? Promise.resolve(result.value) : result.then(valueOf);
}

export function valueOf(result: Result): unknown {
  return result.value;
}

/** Whether a call has its answer already. */
export function isResult(result: Result | Promise<Result>): result is Result {
  return 'hit' in result;
}
