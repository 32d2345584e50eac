import { describe, expect, it } from '@jest/globals';
import { setImmediate } from 'node:timers/promises';
import { inFlightCallsOf } from '../../lib/calls/context.ts';
import { useClock } from '../support/clock.ts';
import { defer } from '../support/deferred.ts';
import { makeGated } from '../support/gated.ts';
import { holderOf } from '../support/lease.ts';
import { turns } from '../support/passing-time.ts';
import { storeKinds, useCaches } from '../support/store-kinds.ts';
import { told } from '../support/trace.ts';

const clock = useClock();

function controllers(): [AbortController, AbortController] {
  return [new AbortController(), new AbortController()];
}

describe.each(storeKinds)('Over $name, a call with a signal', (kind) => {
  const makeCache = useCaches(kind);

  function make(options: Parameters<typeof makeCache>[0] = {}) {
    const made = makeCache(options);
    const gates = makeGated();
    return { ...made, ...gates, load: made.cache.wrap(gates.gated) };
  }

  it('that aborts ends at once with its reason, and the computation goes on for the others', async () => {
    const { load, gate, signals, trace } = make();
    const [first, second] = controllers();
    const leading = load(1, { signal: first.signal });
    const joined = [load(1, { signal: second.signal }), load(1, {})];
    await gate(0).begun;
    const reason = new Error('the user has gone');
    first.abort(reason);
    await expect(leading).rejects.toBe(reason);
    second.abort(reason);
    await expect(joined[0]).rejects.toBe(reason);
    expect(signals.map((signal) => signal?.aborted)).toEqual([false]);
    gate(0).resolve('value');
    expect(await joined[1]).toBe('value');
    expect(await load(1, {})).toBe('value');
    expect(trace.take()).toEqual(['miss absent', 'save', 'coalesced', 'hit']);
  });

  it('that is the last to abort aborts the signal of the function, and nothing is stored', async () => {
    const { load, gate, signals, trace, store } = make();
    const both = controllers();
    const calls = both.map(({ signal }) => load(1, { signal }));
    await gate(0).begun;
    for (const [index, controller] of both.entries()) {
      expect(signals[0]?.aborted).toBe(false);
      controller.abort(index);
      await expect(calls[index]).rejects.toBe(index);
    }
    expect([signals[0]?.aborted, signals[0]?.reason]).toEqual([true, 1]);
    // It is given up at once, whether the function heeds its signal or not.
    const item = load.cache.itemFor(1, {});
    while ((await holderOf(store, item.id)) !== undefined) await setImmediate();
    expect(inFlightCallsOf(store.scope).size).toBe(0);
    gate(0).resolve('late');
    await told(trace, 'skip');
    expect([await item.exists(), trace.take()]).toEqual([false, ['miss absent', 'skip aborted']]);
  });

  it('begins anew while the computation before it is being aborted', async () => {
    const { load, gate, trace } = make();
    const controller = new AbortController();
    const aborted = load(1, { signal: controller.signal });
    await gate(0).begun;
    controller.abort();
    const anew = load(1, { signal: new AbortController().signal });
    await expect(aborted).rejects.toMatchObject({ name: 'AbortError' });
    await gate(1).begun;
    gate(1).resolve('new');
    expect(await anew).toBe('new');
    gate(0).resolve('old');
    await told(trace, 'skip');
    expect(await load(1, {})).toBe('new');
    expect(trace.take()).toEqual(['miss absent', 'miss absent', 'save', 'skip aborted', 'hit']);
  });

  it('that has aborted before rejects, whatever is stored, and nothing happens', async () => {
    const { load, gate, runs, trace } = make();
    const signal = AbortSignal.abort('before');
    gate(0).resolve('value');
    await load(1, {});
    trace.take();
    for (const id of [1, 2]) await expect(load(id, { signal })).rejects.toBe('before');
    await expect(load.cache.refresh(1, { signal })).rejects.toBe('before');
    await expect(load.cache.run(1, { signal })).rejects.toBe('before');
    expect([runs(), trace.take()]).toEqual([1, []]);
  });

  it('that aborts counts as one error, and its computation for those who are served it', async () => {
    const { load, gate, trace } = make();
    const [first, second] = controllers();
    const calls = [load(1, { signal: first.signal }), load(1, { signal: second.signal })];
    await gate(0).begun;
    first.abort();
    gate(0).resolve('value');
    await Promise.allSettled(calls);
    await told(trace, 'coalesced');
    expect(await load.cache.stats()).toMatchObject({ errors: 1, misses: 0, coalesced: 1 });
  });

  it('ends its wait for a refresh, and that when all have gone', async () => {
    const { load, gate, signals, trace } = make();
    const both = controllers();
    const calls = both.map(({ signal }) => load.cache.refresh(1, { signal }));
    await gate(0).begun;
    both[0].abort(0);
    await expect(calls[0]).rejects.toBe(0);
    expect(signals[0]?.aborted).toBe(false);
    both[1].abort(1);
    await expect(calls[1]).rejects.toBe(1);
    expect([signals[0]?.aborted, trace.take()]).toEqual([true, ['miss refresh']]);
  });

  it('does not abort what is computed anew in the background for it', async () => {
    const { load, gate, signals, trace } = make({ maxAge: 1000, staleWhileRevalidate: true });
    const controller = new AbortController();
    gate(0).resolve('old');
    await load(1, { signal: controller.signal });
    clock.now += 1000;
    expect(await load(1, { signal: controller.signal })).toBe('old');
    controller.abort();
    await gate(1).begun;
    expect(signals[1]?.aborted).toBe(false);
    gate(1).resolve('new');
    await told(trace, 'save', 2);
    expect(await load(1, {})).toBe('new');
  });

  it('is served no old value when it aborts', async () => {
    const { load, gate, trace } = make({ maxAge: 1000, staleIfError: true });
    const controller = new AbortController();
    gate(0).resolve('old');
    await load(1, {});
    clock.now += 1000;
    const call = load(1, { signal: controller.signal });
    await gate(1).begun;
    controller.abort('gone');
    gate(1).reject(new Error('it was aborted'));
    await expect(call).rejects.toBe('gone');
    await turns();
    expect(trace.take()).toEqual(['miss absent', 'save', 'miss expired']);
  });

  it('that aborts while the store is asked never computes', async () => {
    const { cache, store, trace } = makeCache();
    const asked = defer<undefined>();
    const looked = defer<undefined>();
    store.get = (async () => {
      asked.resolve(undefined);
      return looked.promise;
    }) as typeof store.get;
    const { gated, runs } = makeGated();
    const controller = new AbortController();
    const call = cache.wrap(gated)(1, { signal: controller.signal });
    await asked.promise;
    controller.abort('gone');
    await expect(call).rejects.toBe('gone');
    looked.resolve(undefined);
    await turns();
    expect([runs(), trace.take()]).toEqual([0, []]);
    expect(inFlightCallsOf(store.scope).size).toBe(0);
  });
});
