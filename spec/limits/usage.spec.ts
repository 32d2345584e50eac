import { describe, expect, it } from '@jest/globals';
import { Usage } from '../../lib/limits/usage.ts';

const LIMITS = { maxEntries: 10, maxBytes: 1000 };
const idOf = (n: number): string => n.toString(16).padStart(64, 'f');
const change = (entries: number, bytes = entries * 10): { id: string; entries: number; bytes: number } => ({
  id: idOf(0),
  entries,
  bytes,
});

/** That of a cache which has listed so many entries of 10 bytes, over a store with counters that say the same. */
function usageOf(entries: number): Usage {
  const usage = new Usage(LIMITS);
  const listing = usage.begin(false);
  for (let n = 0; n < entries; n++) listing.add({ id: idOf(n), size: 10, lastUsedAt: n });
  usage.end(listing, true);
  expect(usage.isOver).toBe(false);
  usage.correct({ entries, bytes: 10 * entries });
  return usage;
}

describe('The usage of a cache', () => {
  it('is taken for nothing too much before anything is known', () => {
    const usage = new Usage(LIMITS);
    usage.change(change(100));
    expect(usage.isOver).toBe(false);
  });

  it('is over when either total is, and only then', () => {
    expect([usageOf(10).isOver, usageOf(11).isOver]).toEqual([false, true]);
    const usage = usageOf(5);
    usage.change(change(1, 950));
    expect(usage.isOver).toBe(false);
    usage.change(change(0, 1));
    expect(usage.isOver).toBe(true);
  });

  it('counts a change once, whether it is being recorded, recorded, or neither', () => {
    const usage = usageOf(9);
    usage.change(change(1));
    expect([usage.isOver, usage.hasUnrecorded]).toEqual([false, true]);
    const recording = usage.beginRecording();
    expect(recording).toMatchObject({ entries: 1, bytes: 10 });
    expect([usage.isOver, usage.hasUnrecorded]).toEqual([false, false]);
    usage.endRecording(recording, { entries: 10, bytes: 100 });
    expect([usage.isOver, usage.recorded]).toEqual([false, { entries: 1, bytes: 10 }]);
    usage.change(change(1));
    expect(usage.isOver).toBe(true);
  });

  it('keeps a change that could not be recorded', () => {
    const usage = usageOf(10);
    usage.change(change(1));
    usage.cancelRecording(usage.beginRecording());
    expect([usage.isOver, usage.hasUnrecorded, usage.recorded.entries]).toEqual([true, true, 0]);
  });

  it('follows what others have saved, and goes on by itself where there is no answer', () => {
    const usage = usageOf(5);
    usage.change(change(1));
    usage.endRecording(usage.beginRecording(), { entries: 11, bytes: 110 });
    expect(usage.isOver).toBe(true);
    const alone = usageOf(10);
    alone.change(change(1));
    alone.endRecording(alone.beginRecording(), undefined);
    expect(alone.isOver).toBe(true);
  });

  it('takes no answer that is older than a correction', () => {
    const usage = usageOf(5);
    usage.change(change(1));
    const recording = usage.beginRecording();
    usage.correct({ entries: 6, bytes: 60 });
    usage.endRecording(recording, { entries: 50, bytes: 500 });
    expect(usage.isOver).toBe(false);
  });

  it('is what a listing has found where there are no counters', () => {
    const usage = usageOf(5);
    usage.change(change(8));
    const listing = usage.begin(false);
    for (let n = 0; n < 10; n++) listing.add({ id: idOf(n), size: 10, lastUsedAt: n });
    usage.end(listing, false);
    expect([usage.isOver, usage.hasUnrecorded]).toEqual([false, false]);
    usage.change(change(1));
    expect(usage.isOver).toBe(true);
  });

  it('takes what is about to go off the totals at once, until it is released', () => {
    const usage = usageOf(12);
    const first = usage.claim();
    expect([first?.id, usage.isOver]).toEqual([idOf(0), true]);
    const second = usage.claim();
    expect([second?.id, usage.isOver]).toEqual([idOf(1), false]);
    if (first !== undefined) usage.release(first);
    expect(usage.isOver).toBe(true);
    usage.change(change(-1));
    expect(usage.isOver).toBe(false);
  });

  it('is doubtful where the counters are far over what this process knows itself', () => {
    expect([usageOf(8).isDoubtful, usageOf(9).isDoubtful]).toEqual([true, false]);
  });

  it('is listed again after a part of so many saves and evictions as there were entries', () => {
    const usage = new Usage(LIMITS);
    expect(usage.mayList).toBe(true);
    const large = usageOf(1600);
    for (let n = 0; n < 99; n++) large.change(change(1));
    expect(large.mayList).toBe(false);
    large.claim();
    expect(large.mayList).toBe(true);
  });

  it('knows nothing of a listing that did not come to its end', () => {
    const usage = usageOf(9);
    const listing = usage.begin(true);
    expect(usage.isListing).toBe(true);
    usage.abandon(listing);
    usage.change(change(1));
    expect([usage.isListing, listing.bytes, usage.isOver]).toEqual([false, 0, false]);
  });
});
