import { describe, expect, it } from '@jest/globals';
import { ABANDONED, compactStatistics, resetStatistics } from '../../lib/stats/statistics.ts';
import { carryOutSync } from '../../lib/runtime/steps.ts';
import { fileStore } from '../../lib/stores/file/file-store.ts';
import type { SyncStore } from '../../lib/stores/store.ts';
import { useClock } from '../support/clock.ts';
import { useCounting } from '../support/counting.ts';
import { makeFaulty } from '../support/faulty-store.ts';
import { takeLease } from '../support/lease.ts';

const counting = useCounting();
const clock = useClock();

describe('The note of a thread', () => {
  it('counts once when its note was merged, because it was silent for long', () => {
    const thread = counting.begin();
    thread.fail(5);
    thread.write();
    thread.fail(1);
    clock.now += ABANDONED;
    carryOutSync(compactStatistics(thread.store));
    expect([thread.sees(), counting.begin().sees()]).toEqual([6, 5]);
    thread.fail(1);
    thread.write();
    expect([thread.sees(), counting.begin().sees()]).toEqual([7, 7]);
  });

  it('goes into a new note in time before its old one may be merged', () => {
    const thread = counting.begin();
    thread.fail(5);
    thread.write();
    clock.now += ABANDONED / 2;
    thread.fail(1);
    thread.write();
    expect([counting.notes().length, thread.sees(), counting.begin().sees()]).toEqual([2, 6, 6]);
  });

  it('is forgotten by a reset of another thread, but for what it has not written', () => {
    const [one, other] = [counting.begin(), counting.begin()];
    one.fail(5);
    one.write();
    one.fail(2);
    carryOutSync(resetStatistics(other.store));
    expect([one.sees(), other.sees()]).toEqual([2, 0]);
    one.fail(1);
    one.write();
    expect([one.sees(), other.sees()]).toEqual([3, 3]);
  });

  it('is forgotten by a reset that comes while it is being written', () => {
    const { store, ...faulty } = makeFaulty(fileStore({ path: counting.path }));
    const [one, other] = [counting.begin(store), counting.begin()];
    one.fail(5);
    one.write();
    one.fail(1);
    const { set } = store;
    Object.assign(store, {
      set: (...args: Parameters<SyncStore['set']>) => {
        carryOutSync(resetStatistics(other.store));
        Reflect.apply(set, store, args);
      },
    });
    one.write();
    expect([one.sees(), other.sees()]).toEqual([0, 0]);
    Object.assign(store, { set });
    one.fail(1);
    one.write();
    expect([one.sees(), other.sees(), faulty.asked.length > 0]).toEqual([1, 1, true]);
  });

  it('does not come back with what it told before its folder was destroyed', () => {
    const [one, other] = [counting.begin(), counting.begin()];
    one.fail(5);
    one.write();
    other.store.destroy();
    takeLease(other.store, 'f'.repeat(64), 1)?.release();
    one.fail(1);
    one.write();
    expect([one.sees(), other.sees()]).toEqual([1, 1]);
  });
});
