import { beforeEach, describe, expect, it } from '@jest/globals';
import { USAGE_LEASE } from '../../lib/common/ids.ts';
import { record } from '../../lib/limits/account.ts';
import { list, type ListingTerms } from '../../lib/limits/list.ts';
import { recordRemovedFrom } from '../../lib/limits/sizes.ts';
import { Usage } from '../../lib/limits/usage.ts';
import { carryOutSync } from '../../lib/runtime/steps.ts';
import { countersInRecords } from '../../lib/stores/counters-in-records.ts';
import { memoryStore } from '../../lib/stores/memory.ts';
import type { Counts, SyncStore } from '../../lib/stores/store.ts';
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

  list(terms: Partial<ListingTerms> = {}): void {
    carryOutSync(list(this, { pace: 'at once', ...terms }));
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

  /** The same process, while whose listings something else happens: before it, in its middle, or when it has met all. */
  function interrupted(when: 'first' | 'middle' | 'last', happen: () => void): Process {
    const entries = function* entries(): Generator<{ id: string; size: number; lastUsedAt: number }, void> {
      const all = [...store.entries()];
      if (when === 'first') happen();
      const listed = when === 'first' ? [...store.entries()] : all;
      for (const [n, entry] of listed.entries()) {
        if (when === 'middle' && n === listed.length >> 1) happen();
        yield entry;
      }
      if (when === 'last') happen();
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
    expect(counted()).toEqual({ entries: 35, bytes: 350, listings: 1 });
  });

  it.each(['first', 'middle', 'last'] as const)(
    'stay exact where others save while the first listing is made: %s',
    (when) => {
      one.save(0, 100);
      interrupted(when, () => other.save(100, 300)).list();
      expect(counted()).toEqual({ entries: 300, bytes: 3000, listings: 1 });
    },
  );

  it.each(['first', 'middle', 'last'] as const)(
    'stay exact where others save and evict while a listing is made: %s',
    (when) => {
      one.save(0, 500);
      one.list();
      const busy = interrupted(when, () => {
        other.save(500, 700);
        one.remove(0, 300);
      });
      busy.list();
      expect(counted()).toEqual({ entries: 400, bytes: 4000, listings: 1 });
    },
  );

  it('are never less than what is there, where they were wrong and others save while that is found out', () => {
    one.save(0, 100);
    one.list();
    for (let n = 100; n < 400; n++) store.set(idOf(n), [new Uint8Array(10)], NEVER);
    interrupted('first', () => other.save(400, 500)).list();
    expect(counted()).toMatchObject({ listings: 2 });
    expect(counted()['entries']).toBeGreaterThanOrEqual(500);
    expect(counted()['entries']).toBeLessThanOrEqual(600);
  });

  it('are corrected where they are off by more than a twentieth of a limit, or exactness is asked for', () => {
    one.save(0, 500);
    one.list();
    for (let n = 0; n < 50; n++) store.delete(idOf(n));
    one.list();
    expect(counted()).toEqual({ entries: 500, bytes: 5000, listings: 1 });
    store.delete(idOf(50));
    other.list();
    expect(counted()).toMatchObject({ entries: 449, listings: 2 });
    store.delete(idOf(51));
    one.list({ isExact: true });
    expect(counted()).toEqual({ entries: 448, bytes: 4480, listings: 3 });
  });

  it('are corrected once where two processes find the same fault', () => {
    one.save(0, 500);
    one.list();
    for (let n = 0; n < 200; n++) store.delete(idOf(n));
    interrupted('last', () => other.list()).list();
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
    expect(counted()).toEqual({ entries: 9, bytes: 90, listings: 1 });
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
