/** All arithmetic with times. Times are ms since the epoch, durations ms; the clock is always passed in. */

/** Ms since the epoch, now. */
export type Clock = () => number;

/** What is said about the life of a record. */
export interface Lifetime {
  readonly createdAt: number;
  /** The end that was fixed when it was saved, for every reader; `Infinity` when none was. */
  readonly expiresAt: number;
  /** When it is of no use any more to a cache like the one that saved it. */
  readonly keepUntil: number;
  /** Whether that end holds for every cache that removes what is old: the function that saved it has a maxAge of its own. */
  readonly keepsOwnAge: boolean;
  /** Ms; how old its writer would let it become. */
  readonly maxAge: number;
}

/** How old a reader lets a record become, in ms; undefined: as old as its writer would. */
type MaxAge = number | undefined;

/** How old a reader lets a record become, and for how much longer it is of use to that reader, in ms. */
export interface Ages {
  readonly maxAge: MaxAge;
  readonly grace: number;
}

/** Clocks of machines that share a folder differ a little; a record from further ahead is not believed. */
const MAX_SKEW = 60_000;

/** How long ago a record was saved, in ms; never negative. */
export function ageOf(record: Pick<Lifetime, 'createdAt'>, now: number): number {
  return Math.max(0, now - record.createdAt);
}

/** When a reader with this maxAge stops to take the record. */
export function endOf(record: Lifetime, maxAge: MaxAge): number {
  return Math.min(record.expiresAt, record.createdAt + (maxAge ?? record.maxAge));
}

/** What makes that end: the reader's maxAge, or the lifetime that was fixed when the record was saved. */
export function endIsBy(record: Lifetime, maxAge: MaxAge): 'maxAge' | 'lifetime' {
  return record.expiresAt <= record.createdAt + (maxAge ?? record.maxAge) ? 'lifetime' : 'maxAge';
}

/** Ms until then, and `grace` ms more; negative for a time that is over. */
export function timeLeft(record: Lifetime, { maxAge, grace }: Ages, now: number): number {
  return endOf(record, maxAge) + grace - now;
}

/** Whether it says of itself that it is from the future, by more than the clocks of machines differ. */
export function isFromTheFuture(record: Lifetime, now: number): boolean {
  return record.createdAt > now + MAX_SKEW;
}

/** Whether a reader with this maxAge takes the record. With a maxAge of 0 it never does. */
export function isFresh(record: Lifetime, maxAge: MaxAge, now: number): boolean {
  return now < endOf(record, maxAge) && !isFromTheFuture(record, now);
}

/** Whether it is not too long ago that a reader with this maxAge stopped to take the record: at most `grace` ms. */
export function isWithinGrace(record: Lifetime, { maxAge, grace }: Ages, now: number): boolean {
  return now < endOf(record, maxAge) + grace && !isFromTheFuture(record, now);
}

/**
 * Whether the record is of no use any more: past the end that was fixed for it, or else past the maxAge of its
 * function, or else past that of the cache.
 */
export function isOutdated(record: Lifetime, ages: Ages, now: number): boolean {
  return record.keepsOwnAge ? isPastItsOwnEnd(record, now) : !isWithinGrace(record, ages, now);
}

/** Whether the record is of no use to a cache like the one that saved it: all that can be said without a cache. */
export function isPastItsOwnEnd(record: Lifetime, now: number): boolean {
  return now >= record.keepUntil || isFromTheFuture(record, now);
}
