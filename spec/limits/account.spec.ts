import { beforeEach, describe, expect, it } from '@jest/globals';
import { USAGE_LEASE } from '../../lib/common/ids.ts';
import { list, record } from '../../lib/limits/account.ts';
import { recordRemovedFrom } from '../../lib/limits/sizes.ts';
import { Usage } from '../../lib/limits/usage.ts';
import { carryOutSync } from '../../lib/runtime/steps.ts';
import { countersInRecords } from '../../lib/stores/counters-in-records.ts';
import { memoryStore } from '../../lib/stores/memory.ts';
import type { Counts, StoreEntry, SyncStore } from '../../lib/stores/store.ts';
import { idOf, NEVER } from '../support/store-suite/use-store.ts';
import { takeLease } from '../support/lease.ts';

const LIMITS = { maxEntries: 1000, maxBytes: Infinity };

/** A process that keeps limits. */
class Process {
  readonly usage = new Usage(LIMITS);
  readonly store: SyncStore;

  constructor(store: SyncStore) {
    this.store = store;
  }

  save(from: number, to: number): void {
    for (let n = from; n < to; n++) {
      this.store.set(idOf(n), [new Uint8Array(10)], NEVER);
      this.usage.change({ id: idOf(n), entries: 1, bytes: 10 });
      this.record();
    }
  }

  remove(from: number, to: number): void {
    for (let n = from; n < to; n++) {
      this.store.delete(idOf(n));
      this.usage.change({ id: idOf(n), entries: -1, bytes: -10 });
      this.record();
    }
  }

  record(): void {
    carryOutSync(record(this));
  }

  list(): void {
    carryOutSync(list(this, 'at once'));
  }
}

describe('The counters of sizes', () => {
  let store: SyncStore;
  let one: Process;
  let other: Process;
  const counted = (): Counts => store.counters.read('usage');

  beforeEach(() => {
    store = memoryStore();
    one = new Process(store);
    other = new Process(store);
  });

  type Entries = readonly StoreEntry[];

  /** What a listing shows of a store in which something happens meanwhile: what was there before, and what is there after. */
  const VIEWS: readonly [string, (before: Entries, after: Entries) => Entries][] = [
    ['all as it was before', (before) => before],
    ['all as it is after', (_before, after) => after],
    ['neither what was saved nor what was removed', (before, after) => common(before, after)],
    [
      'half of what was removed',
      (before, after) => before.filter((entry, n) => n % 2 === 0 || common([entry], after).length > 0),
    ],
    ['both what was saved and what was removed', (before, after) => [...before, ...missing(before, after)]],
  ];
  const common = (some: Entries, others: Entries): Entries =>
    some.filter(({ id }) => others.some((entry) => entry.id === id));
  const missing = (some: Entries, others: Entries): Entries =>
    others.filter(({ id }) => !some.some((entry) => entry.id === id));

  /** A process during whose listings something happens. */
  function interrupted(happen: () => void, view = VIEWS[0]![1]): Process {
    const entries = (): Entries => {
      const before = [...store.entries()];
      happen();
      return view(before, [...store.entries()]);
    };
    return new Process({ ...store, entries });
  }

  it('begin with a listing of what was there before, once', () => {
    for (let n = 0; n < 20; n++) store.set(idOf(n), [new Uint8Array(10)], NEVER);
    carryOutSync(record(one, 'at once'));
    expect(counted()).toEqual({ entries: 20, bytes: 200, listings: 1 });
    carryOutSync(record(other, 'at once'));
    expect(counted()).toEqual({ entries: 20, bytes: 200, listings: 1 });
    one.save(20, 30);
    other.save(30, 40);
    other.remove(20, 25);
    expect(counted()).toEqual({ entries: 35, bytes: 350, removed: 5, removedBytes: 50, listings: 1 });
  });

  it.each(VIEWS)('stay exact where others save and evict while the first listing shows %s', (_name, view) => {
    one.save(0, 100);
    const happen = (): void => {
      other.save(100, 400);
      one.remove(0, 80);
    };
    interrupted(happen, view).list();
    expect(counted()).toMatchObject({ entries: 320, bytes: 3200, listings: 1 });
  });

  it.each(VIEWS)('stay exact where others save and evict while a later listing shows %s', (_name, view) => {
    one.save(0, 500);
    one.list();
    const happen = (): void => {
      other.save(500, 800);
      one.remove(0, 300);
    };
    interrupted(happen, view).list();
    expect(counted()).toMatchObject({ entries: 500, bytes: 5000, listings: 1 });
  });

  it.each(VIEWS)('are not less than what is there, where they were wrong while a listing shows %s', (_name, view) => {
    one.save(0, 300);
    one.list();
    for (let n = 1000; n < 1600; n++) store.set(idOf(n), [new Uint8Array(10)], NEVER);
    const happen = (): void => {
      other.save(300, 400);
      one.remove(0, 100);
    };
    interrupted(happen, view).list();
    const { entries = 0, listings } = counted();
    expect(listings).toBe(2);
    expect(entries).toBeGreaterThanOrEqual(900);
    expect(entries).toBeLessThanOrEqual(1100);
  });

  it('are corrected to the last one where others do nothing meanwhile', () => {
    one.save(0, 500);
    one.list();
    store.delete(idOf(0));
    other.list();
    expect(counted()).toMatchObject({ entries: 499, bytes: 4990, listings: 2 });
    other.list();
    expect(counted()).toMatchObject({ listings: 2 });
  });

  it('are left alone where others are busy, and they are off by no more than a twentieth of a limit', () => {
    one.save(0, 500);
    one.list();
    for (let n = 0; n < 50; n++) store.delete(idOf(n));
    interrupted(() => other.save(500, 501)).list();
    expect(counted()).toMatchObject({ entries: 501, listings: 1 });
    store.delete(idOf(50));
    interrupted(() => other.save(501, 502)).list();
    expect(counted()).toMatchObject({ entries: 451, listings: 2 });
  });

  it('are corrected once where two processes find the same fault', () => {
    one.save(0, 500);
    one.list();
    for (let n = 0; n < 200; n++) store.delete(idOf(n));
    interrupted(() => other.list()).list();
    expect(counted()).toEqual({ entries: 300, bytes: 3000, listings: 2 });
  });

  it('are left to another process that corrects them', () => {
    one.save(0, 100);
    const lease = takeLease(store, USAGE_LEASE);
    one.list();
    expect(counted()).toEqual({ entries: 100, bytes: 1000 });
    lease?.release();
    one.list();
    expect(counted()).toEqual({ entries: 100, bytes: 1000, listings: 1 });
  });

  it('are told of what is removed without limits, where others have them', () => {
    carryOutSync(recordRemovedFrom(store, { entries: 1, bytes: 10 }));
    expect(counted()).toEqual({});
    one.save(0, 10);
    one.list();
    carryOutSync(recordRemovedFrom(store, { entries: 1, bytes: 10 }));
    expect(counted()).toMatchObject({ entries: 9, bytes: 90, listings: 1 });
  });

  it('are not kept in records, which would be read at each save: a process goes by itself then', () => {
    const alone = new Process({ ...store, counters: countersInRecords<SyncStore>(store) });
    alone.save(0, 1001);
    expect(alone.usage.isOver).toBe(false);
    alone.list();
    expect(alone.usage.isOver).toBe(true);
    alone.remove(0, 1);
    expect([alone.usage.isOver, [...store.entries()].length, counted()]).toEqual([false, 1000, {}]);
  });
});
