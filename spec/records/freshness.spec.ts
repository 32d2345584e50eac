import { describe, expect, it } from '@jest/globals';
import {
  endIsBy,
  endOf,
  isFresh,
  isFromTheFuture,
  isOutdated,
  isPastItsOwnEnd,
  timeLeft,
  type Lifetime,
} from '../../lib/records/freshness.ts';

const T = 1_800_000_000_000;
const MINUTE = 60_000;

function life(fields: Partial<Lifetime> = {}): Lifetime {
  return { createdAt: T, expiresAt: Infinity, keepUntil: 0, keepsOwnAge: false, maxAge: 1000, ...fields };
}

interface Case {
  readonly name: string;
  readonly record?: Partial<Lifetime>;
  readonly maxAge: number;
  /** Ms after the record was made. */
  readonly after: number;
  readonly fresh: boolean;
}

const CASES: readonly Case[] = [
  { name: 'at once', maxAge: 1000, after: 0, fresh: true },
  { name: 'just before its age', maxAge: 1000, after: 999, fresh: true },
  { name: 'at its age', maxAge: 1000, after: 1000, fresh: false },
  { name: 'past its age', maxAge: 1000, after: 1001, fresh: false },
  { name: 'at once with a maxAge of 0', maxAge: 0, after: 0, fresh: false },
  { name: 'with a maxAge of 0 when the clock went back', maxAge: 0, after: -10, fresh: true },
  { name: 'in a thousand years with a maxAge of Infinity', maxAge: Infinity, after: 3.2e13, fresh: true },
  { name: 'before a lifetime of its own', record: { expiresAt: T + 10 }, maxAge: Infinity, after: 9, fresh: true },
  {
    name: 'at the end of a lifetime of its own',
    record: { expiresAt: T + 10 },
    maxAge: Infinity,
    after: 10,
    fresh: false,
  },
  { name: 'past its age within a longer lifetime', record: { expiresAt: T + 10 }, maxAge: 5, after: 5, fresh: false },
  { name: 'at once with a lifetime of 0', record: { expiresAt: T }, maxAge: 1000, after: 0, fresh: false },
  {
    name: 'whatever its function wanted, for this reader',
    record: { keepUntil: T + 1 },
    maxAge: 100,
    after: 50,
    fresh: true,
  },
  { name: 'when the clock went back by a minute', maxAge: 1000, after: -MINUTE, fresh: true },
  { name: 'when the clock went back by more', maxAge: Infinity, after: -MINUTE - 1, fresh: false },
  { name: 'when the clock went far forward', maxAge: 1000, after: 1e12, fresh: false },
  { name: 'with a time that is no number', record: { createdAt: Number.NaN }, maxAge: 1000, after: 0, fresh: false },
  { name: 'with an end that is no number', record: { expiresAt: Number.NaN }, maxAge: 1000, after: 0, fresh: false },
];

describe('A record', () => {
  it.each(CASES.filter(({ fresh }) => fresh))('is fresh $name', ({ record, maxAge, after }) => {
    expect(isFresh(life(record), maxAge, T + after)).toBe(true);
    expect(isOutdated(life(record), { maxAge, grace: 0 }, T + after)).toBe(false);
  });

  it.each(CASES.filter(({ fresh }) => !fresh))('is not fresh $name', ({ record, maxAge, after }) => {
    expect(isFresh(life(record), maxAge, T + after)).toBe(false);
    expect(isOutdated(life(record), { maxAge, grace: 0 }, T + after)).toBe(true);
  });

  it('ends by its own lifetime or by the age of the reader, whichever comes first', () => {
    expect(endOf(life(), 1000)).toBe(T + 1000);
    expect(endOf(life(), Infinity)).toBe(Infinity);
    expect(endOf(life({ expiresAt: T + 5 }), 1000)).toBe(T + 5);
    expect(endOf(life({ expiresAt: T + 5000 }), 1000)).toBe(T + 1000);
  });

  it('ends by the age of its writer where its reader has none', () => {
    expect(endOf(life({ maxAge: 50 }), undefined)).toBe(T + 50);
    expect(endOf(life({ maxAge: 50, expiresAt: T + 5 }), undefined)).toBe(T + 5);
    expect([49, 50].map((after) => isFresh(life({ maxAge: 50 }), undefined, T + after))).toEqual([true, false]);
  });

  it('that its function wants to be kept is outdated by that alone', () => {
    const own = (fields: Partial<Lifetime>): Lifetime => life({ keepsOwnAge: true, ...fields });
    const kept = own({ keepUntil: T + 5000 });
    expect(isOutdated(kept, { maxAge: 10, grace: 0 }, T + 4999)).toBe(false);
    expect(isOutdated(kept, { maxAge: Infinity, grace: 0 }, T + 5000)).toBe(true);
    expect(isOutdated(own({ keepUntil: T + 20 }), { maxAge: 100, grace: 100 }, T + 20)).toBe(true);
    expect(isOutdated(own({ keepUntil: Infinity }), { maxAge: 10, grace: 0 }, T + 1e12)).toBe(false);
  });

  it('tells without a reader when its writer has no use for it any more', () => {
    const kept = life({ keepUntil: T + 5000 });
    expect(isPastItsOwnEnd(kept, T + 4999)).toBe(false);
    expect(isPastItsOwnEnd(kept, T + 5000)).toBe(true);
    expect(isPastItsOwnEnd(kept, T - MINUTE - 1)).toBe(true);
  });
});

describe('The end of a record', () => {
  it.each([
    ['maxAge', {}, 1000],
    ['maxAge', { expiresAt: T + 1001 }, 1000],
    ['lifetime', { expiresAt: T + 1000 }, 1000],
    ['lifetime', { expiresAt: T }, Infinity],
  ] as const)('is by its %s', (by, record, maxAge) => {
    expect(endIsBy(life(record), maxAge)).toBe(by);
  });

  it('is so far away, or was so long ago', () => {
    expect(timeLeft(life(), { maxAge: 1000, grace: 0 }, T + 400)).toBe(600);
    expect(timeLeft(life(), { maxAge: 1000, grace: 500 }, T + 400)).toBe(1100);
    expect(timeLeft(life({ expiresAt: T + 100 }), { maxAge: 1000, grace: 0 }, T + 400)).toBe(-300);
    expect(timeLeft(life(), { maxAge: Infinity, grace: 0 }, T)).toBe(Infinity);
  });

  it('counts for nothing in a record from the future, as far as clocks do not differ by so much', () => {
    expect([0, -MINUTE, -MINUTE - 1].map((after) => isFromTheFuture(life(), T + after))).toEqual([false, false, true]);
  });
});
