import { describe, expect, it } from '@jest/globals';
import { setImmediate } from 'node:timers/promises';
import { memoryStore } from '../../lib/stores/memory.ts';
import type { AsyncStore } from '../../lib/stores/store.ts';
import { TempCache } from '../../lib/temp-cache.ts';
import { makeApart, type Traits } from '../support/apart.ts';
import { defer } from '../support/deferred.ts';
import { makeTrace, type Trace } from '../support/trace.ts';

interface Process {
  readonly cache: TempCache<AsyncStore>;
  readonly trace: Trace;
}

/** Several caches that share nothing but the records and leases of one asynchronous store. */
function makeProcesses(clock?: () => number): (options?: object, traits?: Traits) => Process {
  const apart = makeApart(memoryStore({ async: true, clock: clock ?? Date.now }));
  return (options = {}, traits = {}) => {
    const trace = makeTrace();
    const cache = new TempCache<AsyncStore>('spec', { ...options, store: apart(traits), onEvent: trace.onEvent });
    return { cache, trace };
  };
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await setImmediate();
}

describe('Processes that share a remote store', () => {
  it('compute a missing value once, and the others are served it', async () => {
    const makeProcess = makeProcesses();
    const processes = Array.from({ length: 5 }, () => makeProcess());
    const pending = defer<string>();
    let calls = 0;
    const load = async (): Promise<string> => {
      calls++;
      return pending.promise;
    };
    const answers = processes.flatMap(({ cache }) => [cache.cacheResult(load), cache.cacheResult(load)]);
    await until(() => calls > 0);
    for (let turn = 0; turn < 50; turn++) await setImmediate();
    pending.resolve('value');
    expect(await Promise.all(answers)).toEqual(Array(10).fill('value'));
    expect(calls).toBe(1);
    const told = processes.map(({ trace }) => trace.take().join(' ')).sort();
    // The second caller of each process joins the first one, which is served what another process has computed.
    expect(told).toEqual([...Array(4).fill('coalesced coalesced'), 'miss absent save coalesced']);
  });

  it('wait no longer than waitTimeout, and compute then', async () => {
    const makeProcess = makeProcesses();
    const [slow, hasty] = [makeProcess(), makeProcess({ waitTimeout: 20 })];
    const pending = defer<string>();
    const answer = slow.cache.itemForKey(1).loadOrSave(() => pending.promise);
    await until(() => slow.trace.events.length > 0);
    expect(await hasty.cache.itemForKey(1).loadOrSave(() => 'hasty')).toBe('hasty');
    pending.resolve('slow');
    expect([await answer, await hasty.cache.itemForKey(1).load()]).toEqual(['slow', 'slow']);
    expect([slow.trace.take(), hasty.trace.take()]).toEqual([
      ['miss absent', 'save'],
      ['miss absent', 'save', 'hit'],
    ]);
  });

  it('take a lease over that has run out; who lost it neither fails nor loses its value', async () => {
    const clock = { now: 0 };
    const makeProcess = makeProcesses(() => clock.now);
    const [silent, other] = [makeProcess(), makeProcess()];
    const pending = defer<string>();
    const answer = silent.cache.itemForKey(1).loadOrSave(() => pending.promise);
    await until(() => silent.trace.events.length > 0);
    const second = other.cache.itemForKey(1).loadOrSave(() => 'taken over');
    clock.now += 30_001;
    expect(await second).toBe('taken over');
    expect(other.trace.take()).toEqual(['takeover', 'miss absent', 'save']);
    pending.resolve('late');
    expect([await answer, silent.trace.take()]).toEqual(['late', ['miss absent', 'save']]);
    expect(await other.cache.itemForKey(1).load()).toBe('late');
  });

  it('whose leases are lost at once compute each for itself, and nothing fails', async () => {
    const makeProcess = makeProcesses();
    const processes = [1, 2, 3].map(() => makeProcess({}, { losesLeases: true }));
    const answers = processes.map(async ({ cache }, n) => cache.itemForKey(1).loadOrSave(async () => `value ${n}`));
    const values = await Promise.all(answers);
    for (const [n, value] of values.entries()) expect([`value ${n}`, ...values]).toContain(value);
    expect(values).toContain(await processes[0]?.cache.itemForKey(1).load());
    for (const { trace } of processes) expect(trace.take().join(' ')).not.toMatch(/Failed/);
  });

  it('whose computation fails let the next one try', async () => {
    const makeProcess = makeProcesses();
    const processes = [1, 2, 3].map(() => makeProcess());
    let calls = 0;
    const load = async (): Promise<number> => {
      await setImmediate();
      if (++calls === 1) throw new Error('no luck');
      return calls;
    };
    const results = await Promise.allSettled(processes.map(async ({ cache }) => cache.cacheResult(load)));
    const values = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
    expect(values).toEqual([2, 2]);
    expect(calls).toBe(2);
  });

  it('do not wait for ever where one joins a call that waits for another process, which waits for this one', async () => {
    const makeProcess = makeProcesses();
    // Who is lower in the order waits for who is higher.
    const [high, low] = [makeProcess({}, { holder: 'b' }), makeProcess({}, { holder: 'a' })];
    const itemOf = ({ cache }: Process, name: string) => cache.itemForKey(name);
    const go = defer<undefined>();
    const lowY = itemOf(low, 'y').loadOrSave(async () => {
      await go.promise;
      return `y of low after ${await itemOf(low, 'x').loadOrSave(async () => 'x of low')}`;
    });
    await until(() => low.trace.events.length > 0);
    // Waits for `low`, as nobody needs it yet.
    const highY = itemOf(high, 'y').loadOrSave(async () => 'y of high');
    const highX = itemOf(high, 'x').loadOrSave(async () => {
      go.resolve(undefined);
      return `x of high after ${await itemOf(high, 'y').loadOrSave(async () => 'y once more')}`;
    });
    expect(await Promise.all([highY, highX, lowY])).toEqual([
      'y of high',
      'x of high after y of high',
      'y of low after x of high after y of high',
    ]);
  });

  it('that need values of each other do not wait for ever, whoever joins in', async () => {
    const makeProcess = makeProcesses();
    const processes = [makeProcess(), makeProcess(), makeProcess()];
    const key = (name: string): string => name;
    const functionsOf = ({ cache }: Process): ((name: string, depth?: number) => Promise<string>) => {
      const other: Record<string, string> = { a: 'b', b: 'c', c: 'a' };
      const load: (name: string, depth?: number) => Promise<string> = cache.wrap(
        async (name: string, depth = 0) => {
          await setImmediate();
          return depth < 3 ? `${name} ${await load(other[name] as string, depth + 1)}`.slice(0, 1) : name;
        },
        { name: 'load', key },
      );
      return load;
    };
    const loads = processes.map(functionsOf);
    // Each process begins with another one, and asks for all the others from outside as well.
    const answers = loads.flatMap((load, n) => [0, 1, 2].map(async (step) => load('abc'[(n + step) % 3] as string)));
    expect((await Promise.all(answers)).sort().join('')).toBe('aaabbbccc');
  });
});
