const brand: unique symbol = Symbol.for('tempcache.NoCache') as never;

/**
 * Thrown inside a cached function: the call returns `value`, and nothing is stored.
 *
 * @example
 * const report = cache.wrap(async function report(day: string) {
 *   const rows = await load(day);
 *   if (rows.length === 0) throw new NoCache([]); // there may be some tomorrow
 *   return rows;
 * });
 */
export class NoCache<T = unknown> extends Error {
  /** What the call returns. */
  readonly value: T;

  constructor(value: T) {
    super('The value of a cached function that is not to be stored was thrown outside of a cached call');
    this.value = value;
  }

  static {
    Object.defineProperty(this.prototype, 'name', { value: 'NoCache', configurable: true, writable: true });
    Object.defineProperty(this.prototype, brand, { value: true });
  }
}

/** Whether something thrown is a {@link NoCache}, of another copy of this package too. Never throws. */
export function isNoCache(thrown: unknown): thrown is NoCache {
  if (typeof thrown !== 'object' || thrown === null) return false;
  try {
    return brand in thrown;
  } catch {
    // A proxy whose handler throws, or that was revoked.
    return false;
  }
}
