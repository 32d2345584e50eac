import { describe, expect, it, jest } from '@jest/globals';
import { existsSync, rmSync } from 'node:fs';
import { compactStatistics } from '../../lib/stats/statistics.ts';
import { carryOutSync } from '../../lib/runtime/steps.ts';
import { fileStore } from '../../lib/stores/file/file-store.ts';
import { useCounting } from '../support/counting.ts';
import { makeFaulty } from '../support/faulty-store.ts';

const counting = useCounting();

describe('What a thread counts', () => {
  it('is seen by itself at once, and by others when it is written', () => {
    const [one, other] = [counting.begin(), counting.begin()];
    one.fail(2);
    expect([one.sees(), other.sees(), counting.notes()]).toEqual([2, 0, []]);
    one.write();
    other.fail(3);
    expect([one.sees(), other.sees(), counting.notes().length]).toEqual([2, 5, 1]);
    one.fail(10);
    expect([one.sees(), other.sees()]).toEqual([12, 5]);
  });

  it('is written over its former note, and into another one from when that is final', () => {
    const thread = counting.begin();
    for (const isFinal of [false, false, true, false]) {
      thread.fail();
      thread.write(isFinal);
    }
    expect([thread.sees(), counting.begin().sees(), counting.notes().length]).toEqual([4, 4, 2]);
  });

  it('is not written where nothing has changed, but for its end', () => {
    const { store, asked } = makeFaulty(fileStore({ path: counting.path }));
    const thread = counting.begin(store);
    thread.write(true);
    thread.fail();
    thread.write();
    thread.write();
    expect(asked.filter((operation) => operation === 'set')).toHaveLength(1);
    thread.write(true);
    carryOutSync(compactStatistics(store));
    expect([thread.sees(), counting.notes().length]).toEqual([1, 1]);
  });

  it('is written later where it cannot be written now', () => {
    const faulty = makeFaulty(fileStore({ path: counting.path }));
    const thread = counting.begin(faulty.store);
    thread.fail(5);
    faulty.break('set', { error: new Error('full') });
    thread.write();
    faulty.mend();
    faulty.break('get', { error: new Error('not now') });
    thread.write();
    faulty.mend();
    expect(counting.begin().sees()).toBe(0);
    thread.write();
    expect([thread.sees(), counting.begin().sees()]).toEqual([5, 5]);
  });

  it('makes no folder anew, and is lost with it', () => {
    const thread = counting.begin();
    thread.fail(5);
    thread.write();
    rmSync(counting.path, { recursive: true });
    thread.fail(1);
    thread.store.close();
    const next = counting.begin();
    next.fail(1);
    next.write(true);
    carryOutSync(compactStatistics(next.store));
    expect(existsSync(counting.path)).toBe(false);
  });

  it('is written every few seconds while there is something to write', () => {
    jest.useFakeTimers({ doNotFake: ['Date', 'hrtime', 'nextTick', 'performance', 'queueMicrotask', 'setImmediate'] });
    try {
      const thread = counting.begin();
      thread.fail(5);
      jest.advanceTimersByTime(4999);
      expect(counting.notes()).toEqual([]);
      jest.advanceTimersByTime(1);
      expect([counting.notes().length, jest.getTimerCount()]).toEqual([1, 0]);
      thread.fail();
      jest.advanceTimersByTime(5000);
      expect([counting.notes().length, counting.begin().sees()]).toEqual([1, 6]);
    } finally {
      jest.useRealTimers();
    }
  });

  it('is written by way of another store when one is closed', () => {
    const [first, second] = [fileStore({ path: counting.path }), fileStore({ path: counting.path })];
    const thread = counting.begin(first);
    thread.all.of({ name: 'load', identity: 'i', store: second });
    carryOutSync(thread.all.detach(second));
    second.close();
    thread.fail(5);
    carryOutSync(thread.all.detach(first));
    expect(counting.begin().sees()).toBe(5);
  });
});
