import { describe, expect, it } from '@jest/globals';
import {
  hasExpired,
  isAskedFor,
  isSoLongAgo,
  judgeEntry,
  mayGoUnread,
  type Pruner,
} from '../../lib/maintenance/policy.ts';
import type { Lifetime } from '../../lib/records/freshness.ts';

const DAY = 86_400_000;
const SAVED = 1_800_000_000_000;

/** A record that was saved with these ages, in ms. */
function saved({ keep = 1000, lifetime = Infinity, keepsOwnAge = false }): Lifetime {
  const keepUntil = SAVED + Math.min(keep, lifetime);
  return { createdAt: SAVED, keepUntil, expiresAt: SAVED + lifetime, keepsOwnAge, maxAge: keep };
}

const AGES = { maxAge: 1000, grace: 0 };
const PRUNERS: Readonly<Record<Pruner['by'], Pruner>> = {
  cache: { by: 'cache', ...AGES },
  function: { by: 'function', ...AGES, identity: 'a' },
  schedule: { by: 'schedule', ...AGES },
  inspector: { by: 'inspector' },
};

describe('A record', () => {
  it.each([
    // In ms after the save. Who prunes has a maxAge of 1,000 ms; the inspector has none.
    { record: 'of a writer with that maxAge', ages: {}, ends: [1000, 1000, 1000, 1000] },
    { record: 'of one with a shorter one', ages: { keep: 10 }, ends: [1000, 1000, 1000, 10] },
    { record: 'of one with a longer one', ages: { keep: 5000 }, ends: [1000, 1000, 5000, 5000] },
    {
      record: 'of a function with a longer one',
      ages: { keep: 5000, keepsOwnAge: true },
      ends: [5000, 1000, 5000, 5000],
    },
    { record: 'of a function with a shorter one', ages: { keep: 10, keepsOwnAge: true }, ends: [10, 1000, 10, 10] },
    { record: 'with a lifetime', ages: { lifetime: 20 }, ends: [20, 20, 20, 20] },
    { record: 'for ever', ages: { keep: Infinity }, ends: [1000, 1000, Infinity, Infinity] },
  ])('$record expires by the rule of the one who prunes', ({ ages, ends }) => {
    Object.values(PRUNERS).forEach((pruner, place) => {
      const end = ends[place] as number;
      const expired = [Math.min(end, 1e9) - 1, end].map((age) => hasExpired(saved(ages), pruner, SAVED + age));
      expect([pruner.by, ...expired]).toEqual([pruner.by, false, true]);
    });
  });

  it('that may still be served stale is kept, with a lifetime too', () => {
    const late = saved({ lifetime: 20 });
    const expired = (pruner: Pruner, age: number): boolean =>
      hasExpired({ ...late, keepUntil: SAVED + 50 }, pruner, SAVED + age);
    for (const pruner of Object.values(PRUNERS)) {
      const graceful = { ...pruner, grace: 30 };
      expect([pruner.by, expired(graceful, 49), expired(graceful, 50)]).toEqual([pruner.by, false, true]);
    }
  });

  it('of a reader that has no age of its own expires with that of its writer', () => {
    const pruner = { by: 'function', identity: 'a', maxAge: undefined, grace: 5 } as const;
    expect([14, 15].map((age) => hasExpired(saved({ keep: 10 }), pruner, SAVED + age))).toEqual([false, true]);
  });

  it('from the future expires for all', () => {
    for (const pruner of Object.values(PRUNERS)) expect(hasExpired(saved({}), pruner, SAVED - DAY)).toBe(true);
  });

  it('of another function is none of the business of a function', () => {
    expect(Object.values(PRUNERS).map((pruner) => isAskedFor({ identity: 'b' }, pruner))).toEqual([
      true,
      false,
      true,
      true,
    ]);
    expect(isAskedFor({ identity: 'a' }, PRUNERS.function)).toBe(true);
  });

  it('that is good goes for the ages that are asked for besides', () => {
    const head = saved({ keep: Infinity });
    const judge = (ages: object, lastUsedAt: number, now: number): string =>
      judgeEntry({ head, lastUsedAt: SAVED + lastUsedAt }, { pruner: PRUNERS.inspector, ...ages }, SAVED + now);
    expect([judge({}, 0, 1e9), judge({ olderThan: 500 }, 400, 499), judge({ olderThan: 500 }, 400, 500)]).toEqual([
      'good',
      'good',
      'expired',
    ]);
    expect([judge({ unusedFor: 500 }, 100, 599), judge({ unusedFor: 500 }, 100, 600)]).toEqual(['good', 'unused']);
    expect(judge({ unusedFor: 500, olderThan: 500 }, 0, 500)).toBe('expired');
  });

  it('that does not say whose it is goes at once, or when it was not used for long, or not at all', () => {
    const ages = [0, DAY - 1, DAY, 3 * DAY];
    const goes = (pruner: Pruner): boolean[] => ages.map((age) => mayGoUnread(SAVED, { pruner }, SAVED + age));
    expect(goes(PRUNERS.cache)).toEqual([true, true, true, true]);
    expect(goes(PRUNERS.inspector)).toEqual([true, true, true, true]);
    expect(goes(PRUNERS.function)).toEqual([false, false, false, false]);
    expect(goes(PRUNERS.schedule)).toEqual([false, false, true, true]);
    expect(goes({ by: 'schedule', maxAge: DAY, grace: DAY })).toEqual([false, false, false, true]);
  });
});

describe('A time', () => {
  it('in parts of a millisecond, or ahead of the clock, is never younger than new', () => {
    expect([isSoLongAgo(SAVED + 0.7, 5, SAVED + 5), isSoLongAgo(SAVED + 0.7, 5, SAVED + 4)]).toEqual([true, false]);
    expect([isSoLongAgo(SAVED + 9000, 0, SAVED), isSoLongAgo(SAVED + 9000, 1, SAVED)]).toEqual([true, false]);
    expect(isSoLongAgo(0, Infinity, SAVED)).toBe(false);
  });
});
