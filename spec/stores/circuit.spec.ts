import { describe, expect, it } from '@jest/globals';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { defineStore } from '../../lib/stores/define-store.ts';
import { memoryStore } from '../../lib/stores/memory.ts';
import type { AsyncStore } from '../../lib/stores/store.ts';
import { TempCache } from '../../lib/temp-cache.ts';
import { makeFaulty } from '../support/faulty-store.ts';
import { turns, usePassingTime } from '../support/passing-time.ts';
import { makeTrace } from '../support/trace.ts';

const pass = usePassingTime();
const TIMEOUT = 5000;
const never = new Promise<never>(() => {});

/** A cache over a store far away, with a switch: `'answers'`, `'hangs'` or `'fails'`. */
function far() {
  const memory = memoryStore();
  const state = { does: 'answers', asked: 0 };
  const ask = async <T>(answer: () => T): Promise<T> => {
    state.asked++;
    if (state.does === 'fails') throw new Error('connection refused');
    return state.does === 'hangs' ? never : answer();
  };
  const bytesOf = (id: string): Uint8Array | undefined => {
    const parts = memory.get(id);
    return parts && Buffer.concat(parts);
  };
  const store: AsyncStore = defineStore({
    kind: 'async',
    scope: { far: true },
    timeout: TIMEOUT,
    get: async (id) => ask(() => bytesOf(id)),
    set: async (id, bytes, { expiresAt }) => ask(() => memory.set(id, [bytes], { expiresAt })),
    delete: async (id) => ask(() => memory.delete(id)),
    entries: () => [],
    clear: async () => ask(() => memory.clear()),
    close: () => undefined,
  });
  const trace = makeTrace();
  const cache = new TempCache('far', { store, stats: false, onEvent: trace.onEvent });
  let runs = 0;
  const load = cache.wrap(async (n: number) => ++runs && n, { name: 'load', captures: 'off' });
  const downs = (): unknown[] => trace.events.filter(({ type }) => type.startsWith('store'));
  return { cache, load, state, downs, runs: () => runs, trace };
}

describe('A store far away with a timeout', () => {
  it('that hangs has a call wait for that long and compute, and the next ones compute at once', async () => {
    const { load, state, downs, runs } = far();
    await load(1);
    state.does = 'hangs';
    const calls = Promise.all([load(1), load(2)]);
    await pass(TIMEOUT);
    expect([await calls, runs()]).toEqual([[1, 2], 3]);
    const { asked } = state;
    expect([await load(1), await load(3), state.asked]).toEqual([1, 3, asked]);
    expect(downs()).toMatchObject([{ type: 'storeDown', error: { code: 'ERR_TEMPCACHE_STORE' } }]);
  });

  it('that fails three times in a row is not asked for a while, and then by one call until it answers', async () => {
    const { load, state, downs, runs } = far();
    await load(1);
    state.does = 'fails';
    for (const n of [2, 3, 4, 5]) expect(await load(n)).toBe(n);
    const { asked } = state;
    await pass(999);
    await load(1);
    expect(state.asked).toBe(asked);
    await pass(1);
    await load(1);
    expect(state.asked).toBe(asked + 1);
    // Twice as long now.
    await pass(1999);
    await load(1);
    expect(state.asked).toBe(asked + 1);
    state.does = 'answers';
    await pass(1);
    const before = runs();
    expect([await load(1), runs()]).toEqual([1, before]);
    expect(downs().map((event) => (event as { type: string }).type)).toEqual(['storeDown', 'storeUp']);
  });

  it('tells the channels of the process once, whatever caches are over it', async () => {
    const heard: unknown[] = [];
    const listener = (event: unknown): void => void heard.push(event);
    subscribe('tempcache:storeDown', listener);
    const { load, state } = far();
    state.does = 'fails';
    for (const n of [1, 2, 3]) await load(n);
    unsubscribe('tempcache:storeDown', listener);
    expect(heard).toEqual([{ type: 'storeDown', id: '', name: '', store: '', error: new Error('connection refused') }]);
  });

  it('tells each cache that listens, and keeps none of those that are dropped', async () => {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    const { cache, state } = far();
    const heard: string[] = [];
    const view = cache.with({ onEvent: ({ type }) => void heard.push(type) });
    const listen = (): WeakRef<object> => {
      const onEvent = (): void => undefined;
      cache.with({ onEvent });
      return new WeakRef(onEvent);
    };
    const dropped = Array.from({ length: 10 }, listen);
    await turns();
    collect();
    expect(dropped.map((reference) => reference.deref())).toEqual(dropped.map(() => undefined));
    state.does = 'fails';
    for (const n of [1, 2, 3])
      await view
        .itemForKey(n)
        .load()
        .catch(() => undefined);
    expect(heard).toContain('storeDown');
  });

  it('that fails now and then goes on', async () => {
    const { load, state, downs } = far();
    for (let n = 0; n < 20; n++) {
      state.does = n % 3 === 0 ? 'fails' : 'answers';
      expect(await load(n)).toBe(n);
    }
    expect(downs().length).toBeLessThanOrEqual(2);
    state.does = 'answers';
    await pass(1000);
    await load(1);
    expect(await load(1)).toBe(1);
  });

  it('is refused without a number of ms', () => {
    const { store } = makeFaulty(memoryStore({ async: true }));
    expect(() => defineStore({ ...store, timeout: '5s' } as never)).toThrow(
      /its member timeout must be a number of ms/,
    );
  });
});
