/** Whether a function answered with a promise, or with anything that `await` waits for. */
export function isThenable(value: unknown): value is PromiseLike<unknown> {
  if (value === null || (typeof value !== 'object' && typeof value !== 'function')) return false;
  try {
    return typeof (value as { then?: unknown }).then === 'function';
  } catch {
    // A getter that throws: a value like any other, which the function gave and the caller is to have.
    return false;
  }
}
