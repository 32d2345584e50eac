import { describe, expect, it, jest } from '@jest/globals';
import { Refreshes, type Attempt } from '../../lib/calls/refreshes.ts';

const MINUTE = 60_000;

/** When attempts of one id may begin that all fail at once: ms since the first one. */
function beginnings(count: number, end: (refreshes: Refreshes, attempt: Attempt, now: number) => void): number[] {
  const refreshes = new Refreshes();
  const begun: number[] = [];
  for (let now = 0; begun.length < count; now += 50) {
    const attempt = refreshes.begin('id', now, 1000);
    if (attempt === undefined) continue;
    begun.push(now);
    end(refreshes, attempt, now);
  }
  return begun;
}

const pausesOf = (begun: readonly number[]): number[] => begun.slice(1).map((at, index) => at - (begun[index] ?? 0));

describe('Refreshes in the background', () => {
  it('that fail have pauses in between that grow, up to a minute', () => {
    const pauses = pausesOf(beginnings(12, (refreshes, attempt, now) => refreshes.end(attempt, now)));
    expect(pauses).toEqual([500, 1000, 2000, 4000, 8000, 16_000, 32_000, MINUTE, MINUTE, MINUTE, MINUTE]);
  });

  it('that do not come back are replaced after the time that others wait, and count as failed', () => {
    expect(pausesOf(beginnings(8, () => undefined))).toEqual([1000, 1000, 1000, 2000, 4000, 8000, 16_000]);
  });

  it('that do not fail have none', () => {
    expect(pausesOf(beginnings(4, (refreshes, attempt) => refreshes.end(attempt, undefined)))).toEqual([50, 50, 50]);
  });

  it('begin with the first pause again when one has not failed', () => {
    const refreshes = new Refreshes();
    const next = (now: number): Attempt => refreshes.begin('id', now, 1000) as Attempt;
    refreshes.end(next(0), 0);
    refreshes.end(next(500), undefined);
    refreshes.end(next(500), 500);
    expect([refreshes.begin('id', 999, 1000), refreshes.begin('id', 1000, 1000)?.failures]).toEqual([undefined, 1]);
  });

  it('of other ids do not hold each other up', () => {
    const refreshes = new Refreshes();
    expect(refreshes.begin('a', 0, 1000)).toBeDefined();
    expect(refreshes.begin('b', 0, 1000)).toBeDefined();
    expect(refreshes.begin('a', 0, 1000)).toBeUndefined();
  });

  it('are told when another one takes their place, and change nothing when they end after that', () => {
    const refreshes = new Refreshes();
    const hung = refreshes.begin('id', 0, 1000) as Attempt;
    hung.giveUp = jest.fn();
    const second = refreshes.begin('id', 1000, 1000) as Attempt;
    expect(hung.giveUp).toHaveBeenCalledTimes(1);
    refreshes.end(hung, undefined);
    expect(refreshes.begin('id', 1001, 1000)).toBeUndefined();
    refreshes.end(second, undefined);
    expect(refreshes.begin('id', 1001, 1000)).toBeDefined();
  });

  it('go on when the clock is set back', () => {
    const refreshes = new Refreshes();
    refreshes.end(refreshes.begin('id', 1_000_000, 1000) as Attempt, 1_000_000);
    expect(refreshes.begin('id', 0, 1000)).toBeDefined();
  });

  it('that failed are known for 10,000 ids, the last ones', () => {
    const refreshes = new Refreshes();
    for (let id = 0; id <= 10_000; id++) refreshes.end(refreshes.begin(`${id}`, 0, 1000) as Attempt, 0);
    expect([refreshes.begin('1', 0, 1000), refreshes.begin('10000', 0, 1000)]).toEqual([undefined, undefined]);
    expect(refreshes.begin('0', 0, 1000)).toBeDefined();
  });
});
