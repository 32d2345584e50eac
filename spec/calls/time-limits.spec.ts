import { describe, expect, it } from '@jest/globals';
import { inFlightCallsOf } from '../../lib/calls/context.ts';
import { ComputeTimeoutError } from '../../lib/common/errors.ts';
import { makeGated } from '../support/gated.ts';
import { holderOf } from '../support/lease.ts';
import { turns, usePassingTime } from '../support/passing-time.ts';
import { storeKinds, useCaches } from '../support/store-kinds.ts';
import { told } from '../support/trace.ts';

const pass = usePassingTime();

describe.each(storeKinds)('Over $name, a computation', (kind) => {
  const makeCache = useCaches(kind);

  function make(options: Parameters<typeof makeCache>[0] = {}) {
    const made = makeCache(options);
    const gates = makeGated();
    return { ...made, ...gates, load: made.cache.wrap(gates.gated) };
  }

  it('that does not settle is waited for by others no longer than waitTimeout; then one of them computes for all', async () => {
    const { load, gate, runs, trace } = make({ waitTimeout: 1000 });
    const hung = load(1);
    await gate(0).begun;
    const joined = [load(1), load(1)];
    await pass(999);
    expect(runs()).toBe(1);
    await pass(1);
    await gate(1).begun;
    gate(1).resolve('new');
    expect(await Promise.all(joined)).toEqual(['new', 'new']);
    expect([runs(), trace.take()]).toEqual([2, ['miss absent', 'miss absent', 'save', 'coalesced']]);
    // What is newer stays, and the caller has waited for the other.
    await pass(1);
    gate(0).resolve('old');
    expect([await hung, await load(1), trace.take()]).toEqual(['old', 'new', ['skip late', 'hit']]);
  });

  it('that never settles, once for each that waits, leaves the value of the last one stored', async () => {
    const { load, gate, runs, trace } = make({ waitTimeout: 1000 });
    void load(1);
    const joined = Array.from({ length: 6 }, async () => load(1));
    for (let run = 1; run <= 5; run++) {
      await gate(run - 1).begun;
      await turns();
      await pass(1000);
      await gate(run).begun;
    }
    gate(5).resolve('last');
    expect(await Promise.race(joined)).toBe('last');
    expect([await load(1), runs()]).toEqual(['last', 6]);
    expect(trace.take().filter((said) => said.startsWith('skip'))).toEqual([]);
  });

  it('that settles in time is shared', async () => {
    const { load, gate, runs } = make({ waitTimeout: 1000, computeTimeout: 1000 });
    const calls = [load(1), load(1)];
    await gate(0).begun;
    await pass(999);
    gate(0).resolve('value');
    expect(await Promise.all(calls)).toEqual(['value', 'value']);
    expect(runs()).toBe(1);
  });

  it('is waited for by a refresh no longer than waitTimeout', async () => {
    const { load, gate } = make({ waitTimeout: 1000 });
    const hung = load(1);
    await gate(0).begun;
    const refreshed = load.cache.refresh(1);
    await pass(1000);
    await gate(1).begun;
    gate(1).resolve('new');
    expect(await refreshed).toBe('new');
    await pass(1);
    gate(0).resolve('old');
    expect([await hung, await load(1)]).toEqual(['old', 'new']);
  });

  it('that takes longer than computeTimeout fails for all who wait, and gives up at once what it holds', async () => {
    const { load, gate, runs, store, trace } = make({ computeTimeout: '1s' });
    const results = Promise.allSettled([load(1), load(1)]);
    await gate(0).begun;
    await pass(1000);
    const reason = expect.objectContaining({
      name: 'ComputeTimeoutError',
      code: 'ERR_TEMPCACHE_COMPUTE_TIMEOUT',
      id: load.cache.itemFor(1).id,
      message: 'gated took longer than 1 second, its computeTimeout: make it faster, or raise that',
    }) as unknown;
    expect(await results).toEqual([
      { status: 'rejected', reason },
      { status: 'rejected', reason },
    ]);
    expect(inFlightCallsOf(store.scope).size).toBe(0);
    expect(await holderOf(store, load.cache.itemFor(1).id)).toBeUndefined();
    const anew = load(1);
    await gate(1).begun;
    gate(1).resolve('new');
    expect([await anew, runs(), trace.take()]).toEqual(['new', 2, ['miss absent', 'coalesced', 'miss absent', 'save']]);
  });

  it('that comes late is stored where nothing newer is', async () => {
    const { load, gate, trace } = make({ computeTimeout: 1000 });
    const failing = expect(load(1)).rejects.toBeInstanceOf(ComputeTimeoutError);
    await gate(0).begun;
    await pass(1000);
    await failing;
    gate(0).resolve('late');
    await told(trace, 'save');
    expect([await load(1), trace.take()]).toEqual(['late', ['miss absent', 'save', 'hit']]);
  });

  it('that comes late is not stored over what is newer, and one that fails late is not heard of', async () => {
    const { load, gate, trace } = make({ computeTimeout: 1000 });
    const results = Promise.allSettled([load(1), load(2)]);
    await gate(1).begun;
    await pass(1000);
    await results;
    await load.cache.itemFor(1).save('newer');
    gate(0).resolve('late');
    gate(1).reject(new Error('late'));
    await told(trace, 'skip');
    await turns();
    expect(await load(1)).toBe('newer');
    expect(trace.take()).toEqual(['miss absent', 'miss absent', 'save', 'skip late', 'hit']);
  });

  it('whose function was told by its signal that it took too long is not stored, for it may be half of it', async () => {
    const { load, gate, signals, trace } = make({ computeTimeout: 1000 });
    const results = Promise.allSettled([load(1, { signal: new AbortController().signal })]);
    await gate(0).begun;
    await pass(1000);
    expect(signals[0]?.reason).toBeInstanceOf(ComputeTimeoutError);
    expect(await results).toEqual([{ status: 'rejected', reason: signals[0]?.reason as unknown }]);
    gate(0).resolve('half');
    await told(trace, 'skip');
    expect([await load.cache.itemFor(1, {}).exists(), trace.take()]).toEqual([false, ['miss absent', 'skip aborted']]);
  });

  it('that takes too long is one that fails: an old value stands in for it', async () => {
    const { load, gate, trace } = make({ computeTimeout: 1000, maxAge: 1000, staleIfError: true });
    gate(0).resolve('old');
    await load(1);
    await pass(1000);
    const call = load(1);
    await gate(1).begun;
    await pass(1000);
    expect(await call).toBe('old');
    expect(trace.take().slice(-2)).toEqual(['refreshFailed ERR_TEMPCACHE_COMPUTE_TIMEOUT', 'stale']);
  });

  it('for an item has the same limit', async () => {
    const { cache } = makeCache({ computeTimeout: 1000 });
    const { gated, gate } = makeGated();
    const call = cache.itemForKey(1).loadOrSave(async () => gated(1));
    const failing = expect(call).rejects.toMatchObject({ code: 'ERR_TEMPCACHE_COMPUTE_TIMEOUT' });
    await gate(0).begun;
    await pass(1000);
    await failing;
  });
});
