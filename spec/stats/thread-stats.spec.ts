import { describe, expect, it, jest } from '@jest/globals';
import { existsSync, rmSync } from 'node:fs';
import { carryOut, carryOutSync } from '../../lib/runtime/steps.ts';
import { fileStore } from '../../lib/stores/file/file-store.ts';
import { memoryStore } from '../../lib/stores/memory.ts';
import type { AsyncStore } from '../../lib/stores/store.ts';
import { sumUp } from '../../lib/stats/stored.ts';
import { ThreadStats } from '../../lib/stats/thread-stats.ts';
import { useCounting } from '../support/counting.ts';
import { makeFaulty } from '../support/faulty-store.ts';

const counting = useCounting();

async function withFakeTimers(work: () => Promise<void>): Promise<void> {
  jest.useFakeTimers({ doNotFake: ['Date', 'hrtime', 'nextTick', 'performance', 'queueMicrotask', 'setImmediate'] });
  try {
    await work();
  } finally {
    jest.useRealTimers();
  }
}

describe('What a thread counts', () => {
  it('is known to itself at once, and to others when it is written', () => {
    const [one, other] = [counting.begin(), counting.begin()];
    one.fail(2);
    expect([one.unwritten(), other.written()]).toEqual([2, 0]);
    one.flush();
    other.fail(3);
    expect([one.unwritten(), other.unwritten(), other.written()]).toEqual([0, 3, 2]);
    one.fail(10);
    one.flush();
    other.flush();
    expect([one.written(), other.written()]).toEqual([15, 15]);
  });

  it('is not written where nothing has changed', () => {
    const { store, asked } = makeFaulty(fileStore({ path: counting.path }));
    const thread = counting.begin(store);
    thread.flush();
    thread.fail();
    thread.flush();
    thread.flush();
    expect(asked.filter((operation) => operation === 'counters.add')).toHaveLength(1);
  });

  it('is written later where it cannot be written now', () => {
    const faulty = makeFaulty(fileStore({ path: counting.path }));
    const thread = counting.begin(faulty.store);
    thread.fail(5);
    faulty.break('counters.add', { error: new Error('full') });
    thread.flush();
    thread.fail(2);
    thread.flush();
    expect(thread.unwritten()).toBe(7);
    faulty.mend();
    expect(thread.written()).toBe(0);
    thread.flush();
    expect([thread.unwritten(), thread.written()]).toEqual([0, 7]);
  });

  it('makes no folder anew, and is lost with it', () => {
    const thread = counting.begin();
    thread.fail(5);
    thread.flush();
    rmSync(counting.path, { recursive: true });
    thread.fail(1);
    thread.flush();
    expect([existsSync(counting.path), thread.unwritten(), thread.written()]).toEqual([false, 0, 0]);
  });

  it('is written every five seconds while there is something to write', async () => {
    await withFakeTimers(async () => {
      const thread = counting.begin();
      thread.fail(5);
      await jest.advanceTimersByTimeAsync(4999);
      expect(thread.written()).toBe(0);
      await jest.advanceTimersByTimeAsync(1);
      expect([thread.written(), jest.getTimerCount()]).toEqual([5, 0]);
      thread.fail();
      await jest.advanceTimersByTimeAsync(5000);
      expect([thread.written(), jest.getTimerCount()]).toEqual([6, 0]);
    });
  });

  it('is written when one of several stores is closed, and goes on by way of the others', async () => {
    const [first, second] = [fileStore({ path: counting.path }), fileStore({ path: counting.path })];
    const thread = counting.begin(first);
    const other = thread.all.of({ name: 'load', identity: 'i' }, second);
    thread.fail();
    other.addError();
    carryOutSync(thread.all.release(second));
    second.close();
    expect([thread.unwritten(), thread.written()]).toEqual([0, 2]);
    await withFakeTimers(async () => {
      thread.fail(5);
      await jest.advanceTimersByTimeAsync(5000);
    });
    expect(thread.written()).toBe(7);
  });

  it('is not lost where it is counted while a store that answers with promises is written to', async () => {
    const store: AsyncStore = memoryStore({ async: true });
    const stats = new ThreadStats();
    const counters = stats.of({ name: 'load', identity: 'i' }, store);
    const flush = async (): Promise<void> => carryOut(store, stats.flush(store));
    counters.addError();
    const flushes = [flush(), flush()];
    counters.addError();
    await Promise.all([...flushes, flush()]);
    expect([await store.counters.read('calls'), stats.unwritten()]).toEqual([{ 'errors:i:load': 2 }, []]);
    await carryOut(store, stats.release(store));
  });

  it('takes no more memory for many counters of one function, where no timer runs', () => {
    const thread = counting.begin();
    for (let n = 0; n < 5000; n++) thread.all.of({ name: 'load', identity: 'i' }, thread.store).addError();
    expect([thread.unwritten(), thread.all.unwritten().length < 1100]).toEqual([5000, true]);
    thread.flush();
    expect(thread.written()).toBe(5000);
  });

  it('stays in it without a store, whatever counters it was counted by', () => {
    const stats = new ThreadStats();
    const count = (): void => stats.of({ name: 'load', identity: 'i' }, undefined).addError();
    for (let n = 0; n < 2500; n++) count();
    const [of, ...others] = sumUp(stats.unwritten());
    expect([of, others, sumUp(stats.sinceStart())]).toMatchObject([
      { name: 'load', identity: 'i', errors: 2500 },
      [],
      [of],
    ]);
    expect(stats.unwritten().length).toBeLessThan(1100);
    stats.reset();
    expect(stats.unwritten()).toEqual([]);
    count();
    expect(stats.unwritten()).toMatchObject([{ errors: 1 }]);
  });
});
