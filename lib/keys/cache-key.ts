/**
 * The symbol of the method that tells what an instance is as a key. A class that has it is keyed by its class name and
 * by what the method returns; without it instances are refused, because private fields cannot be seen.
 *
 * @example
 * class User {
 *   constructor(readonly id: number) {}
 *   [cacheKey]() { return this.id; }
 * }
 */
export const cacheKey: unique symbol = Symbol.for('tempcache.cacheKey') as never;

/** An object that says itself what it is as a key. */
export interface CacheKeyed {
  [cacheKey](): unknown;
}
