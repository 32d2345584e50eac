import { beforeEach, describe, expect, it } from '@jest/globals';
import { COUNTERS_BASE, COUNTERS_PREFIX, COUNTERS_RESETS } from '../../lib/common/ids.ts';
import { ABANDONED, countersInRecords } from '../../lib/stores/counters-in-records.ts';
import { memoryStore } from '../../lib/stores/memory.ts';
import type { SyncCounters, SyncStore } from '../../lib/stores/store.ts';
import { useClock } from '../support/clock.ts';
import { makeFaulty } from '../support/faulty-store.ts';
import { takeLease } from '../support/lease.ts';

/** More than a reader leaves alone. */
const MANY = 70;

describe('Counters in records', () => {
  const clock = useClock();
  let store: SyncStore;

  beforeEach(() => {
    store = memoryStore({ clock: () => clock.now });
  });

  /** Another thread: a scope of its own over the same records. */
  function thread(over: SyncStore = store): SyncCounters {
    return countersInRecords<SyncStore>({ ...over, scope: {} });
  }

  function records(): string[] {
    const ids = [...store.entries(COUNTERS_PREFIX)].map(({ id }) => id);
    return ids.filter((id) => id !== COUNTERS_BASE && id !== COUNTERS_RESETS);
  }

  function addByMany(delta = 1): void {
    for (let n = 0; n < MANY; n++) thread().add('a', { x: delta });
  }

  it('stand in one record a thread, which it rewrites', () => {
    const [one, other] = [thread(), thread()];
    for (let n = 0; n < 5; n++) one.add('a', { x: 1 });
    other.add('b', { x: 1 });
    expect(records()).toHaveLength(2);
  });

  it('are merged when they are many and abandoned, and count once', () => {
    addByMany();
    const living = thread();
    clock.now += ABANDONED - 1;
    living.add('a', { x: 1000 });
    expect([living.read('a'), records().length]).toEqual([{ x: MANY + 1000 }, MANY + 1]);
    clock.now++;
    expect([living.read('a'), records().length]).toEqual([{ x: MANY + 1000 }, 1]);
    living.add('a', { x: 1 });
    expect([thread().read('a'), records().length]).toEqual([{ x: MANY + 1001 }, 1]);
  });

  it('are left alone while they are few, or another process merges', () => {
    thread().add('a', { x: 1 });
    clock.now += ABANDONED;
    expect([thread().read('a'), records().length]).toEqual([{ x: 1 }, 1]);
    addByMany();
    clock.now += ABANDONED;
    const lease = takeLease(store, COUNTERS_BASE, ABANDONED);
    expect([thread().read('a'), records().length]).toEqual([{ x: MANY + 1 }, MANY + 1]);
    lease?.release();
    expect([thread().read('a'), records().length]).toEqual([{ x: MANY + 1 }, 0]);
  });

  it('go into another record in time before the former one may be merged', () => {
    const one = thread();
    one.add('a', { x: 1 });
    clock.now += ABANDONED / 2 + 1;
    one.add('a', { x: 1 });
    expect([records().length, thread().read('a')]).toEqual([2, { x: 2 }]);
  });

  it('go into another record when the former one was merged all the same', () => {
    const one = thread();
    one.add('a', { x: 1000 });
    addByMany();
    clock.now += ABANDONED;
    thread().read('a');
    // As if it had looked at its clock before.
    clock.now -= ABANDONED;
    one.add('a', { x: 1 });
    expect([one.read('a'), records().length]).toEqual([{ x: MANY + 1001 }, 1]);
  });

  it('count once where a merge was cut off before it could remove what it has merged', () => {
    addByMany();
    clock.now += ABANDONED;
    const faulty = makeFaulty(store);
    faulty.break('delete', { error: new Error('killed') });
    expect(() => thread(faulty.store).read('a')).toThrow('killed');
    expect([thread().read('a'), records().length]).toEqual([{ x: MANY }, MANY]);
    addByMany();
    expect(thread().read('a')).toEqual({ x: 2 * MANY });
    clock.now += ABANDONED;
    expect([thread().read('a'), records().length]).toEqual([{ x: 2 * MANY }, 0]);
  });

  it('are read again where they are merged meanwhile', () => {
    addByMany();
    clock.now += ABANDONED;
    let merges = 1;
    const merging: SyncStore = {
      ...store,
      // After the reader has seen the merged one, and before it sees the others.
      entries(prefix) {
        if (merges-- > 0) thread().read('a');
        return store.entries(prefix);
      },
    };
    expect([thread(merging).read('a'), records().length]).toEqual([{ x: MANY }, 0]);
    expect(merges).toBeLessThan(0);
  });

  it('keep a reset that comes in the middle of a merge', () => {
    addByMany();
    clock.now += ABANDONED;
    let resets = 1;
    const resetting: SyncStore = {
      ...store,
      set(id, record, hints) {
        if (id === COUNTERS_BASE && resets-- > 0) thread().reset('a');
        store.set(id, record, hints);
      },
    };
    thread(resetting).read('a');
    expect(resets).toBe(0);
    thread().add('a', { x: 1 });
    expect([thread().read('a'), records().length]).toEqual([{ x: 1 }, 1]);
  });

  it('count nothing where a record is damaged', () => {
    const [one, other] = [thread(), thread()];
    one.add('a', { x: 1 });
    const [id = ''] = records();
    other.add('a', { x: 10 });
    for (const bytes of ['', 'abc', 'rubbish that is longer']) {
      store.set(id, [Buffer.from(bytes)], { expiresAt: Infinity });
      expect(one.read('a')).toEqual({ x: 10 });
    }
    one.add('a', { x: 2 });
    expect(other.read('a')).toEqual({ x: 12 });
  });
});
