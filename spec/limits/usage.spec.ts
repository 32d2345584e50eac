import { describe, expect, it } from '@jest/globals';
import { Ledger } from '../../lib/limits/usage.ts';

const LIMITS = { maxEntries: 10, maxBytes: 1000 };
const idOf = (n: number): string => n.toString(16).padStart(64, 'f');
const change = (entries: number, bytes = entries * 10): { id: string; entries: number; bytes: number } => ({
  id: idOf(0),
  entries,
  bytes,
});

/** A ledger that has listed so many entries of 10 bytes. */
function ledgerOf(entries: number): Ledger {
  const ledger = new Ledger(LIMITS);
  const listing = ledger.begin(false);
  for (let n = 0; n < entries; n++) listing.take({ id: idOf(n), size: 10, lastUsedAt: n });
  expect(ledger.end(listing)).toEqual({ entries, bytes: 10 * entries });
  return ledger;
}

describe('a ledger', () => {
  it('takes nothing for too much before it knows anything', () => {
    const ledger = new Ledger(LIMITS);
    ledger.change(change(100));
    expect(ledger.isOver).toBe(false);
  });

  it('is over when either sum is, and only then', () => {
    expect([ledgerOf(10).isOver, ledgerOf(11).isOver]).toEqual([false, true]);
    const ledger = ledgerOf(5);
    ledger.change(change(1, 950));
    expect(ledger.isOver).toBe(false);
    ledger.change(change(0, 1));
    expect(ledger.isOver).toBe(true);
  });

  it('counts a change once, whether it is told, answered, or neither', () => {
    const ledger = ledgerOf(9);
    ledger.change(change(1));
    expect([ledger.isOver, ledger.hasUntold]).toEqual([false, true]);
    const told = ledger.tell();
    expect(told).toMatchObject({ entries: 1, bytes: 10 });
    expect([ledger.isOver, ledger.hasUntold]).toEqual([false, false]);
    ledger.answered(told, { entries: 10, bytes: 100 });
    expect(ledger.isOver).toBe(false);
    ledger.change(change(1));
    expect(ledger.isOver).toBe(true);
  });

  it('hears what others have saved, and goes on by itself where there is no answer', () => {
    const ledger = ledgerOf(5);
    ledger.change(change(1));
    ledger.answered(ledger.tell(), { entries: 11, bytes: 110 });
    expect(ledger.isOver).toBe(true);
    const alone = ledgerOf(10);
    alone.change(change(1));
    alone.answered(alone.tell(), undefined);
    expect(alone.isOver).toBe(true);
  });

  it('hears no answer that is older than a listing', () => {
    const ledger = ledgerOf(5);
    ledger.change(change(1));
    const told = ledger.tell();
    const listing = ledger.begin(true);
    ledger.end(listing);
    ledger.answered(told, { entries: 50, bytes: 500 });
    expect(ledger.isOver).toBe(false);
  });

  it('takes what is about to go off the sums at once, until it is settled', () => {
    const ledger = ledgerOf(12);
    const first = ledger.claim();
    expect([first?.id, ledger.isOver]).toEqual([idOf(0), true]);
    const second = ledger.claim();
    expect([second?.id, ledger.isOver]).toEqual([idOf(1), false]);
    if (first !== undefined) ledger.settle(first);
    expect(ledger.isOver).toBe(true);
    ledger.change(change(-1));
    expect(ledger.isOver).toBe(false);
  });

  it('doubts a count that is far over what it knows itself', () => {
    expect([ledgerOf(8).isDoubtful, ledgerOf(9).isDoubtful]).toEqual([true, false]);
  });

  it('lists again after a part of so many saves and evictions as there were entries', () => {
    const ledger = new Ledger(LIMITS);
    expect(ledger.mayList).toBe(true);
    const large = ledgerOf(1600);
    for (let n = 0; n < 99; n++) large.change(change(1));
    expect(large.mayList).toBe(false);
    large.claim();
    expect(large.mayList).toBe(true);
  });

  it('forgets a listing that did not come to its end', () => {
    const ledger = ledgerOf(9);
    const listing = ledger.begin(true);
    expect(ledger.isListing).toBe(true);
    ledger.abandon(listing);
    ledger.change(change(1));
    expect([ledger.isListing, listing.bytes, ledger.isOver]).toEqual([false, 0, false]);
  });
});
