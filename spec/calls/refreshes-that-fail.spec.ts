import { describe, expect, it } from '@jest/globals';
import { makeGated } from '../support/gated.ts';
import { holderOf } from '../support/lease.ts';
import { usePassingTime } from '../support/passing-time.ts';
import { storeKinds, useCaches } from '../support/store-kinds.ts';
import { told } from '../support/trace.ts';

const pass = usePassingTime();

describe.each(storeKinds)('Over $name, a refresh in the background', (kind) => {
  const makeCache = useCaches(kind);

  async function makeStale(options: Parameters<typeof makeCache>[0] = {}) {
    const made = makeCache({ maxAge: 1000, staleWhileRevalidate: true, ...options });
    const gates = makeGated();
    const load = made.cache.wrap(gates.gated);
    gates.gate(0).resolve('old');
    await load(1);
    await pass(1000);
    return { ...made, ...gates, load };
  }

  it('that does not come back is replaced after waitTimeout, and stores nothing over the value of that one', async () => {
    const { load, gate, runs, trace } = await makeStale({ waitTimeout: 5000 });
    await load(1);
    await pass(10);
    await gate(1).begun;
    await load(1);
    await pass(4989);
    expect([await load(1), runs()]).toEqual(['old', 2]);
    await pass(1);
    await load(1);
    await pass(10);
    await gate(2).begun;
    gate(2).resolve('new');
    await told(trace, 'save', 2);
    await pass(1);
    gate(1).resolve('hung');
    await told(trace, 'skip');
    expect([await load(1), trace.take().slice(-2)]).toEqual(['new', ['skip late', 'hit']]);
  });

  it('that fails is begun again after a pause that grows, and not by every call', async () => {
    const { load, gate, runs, trace } = await makeStale();
    for (let run = 1; run < 10; run++) void gate(run).begun.then(() => gate(run).reject(new Error('down')));
    for (let call = 0; call < 100; call++) {
      expect(await load(1)).toBe('old');
      await pass(20);
    }
    // After 0, 0.5 and 1.5 s, each a little later, for it begins after a call.
    expect([runs() - 1, trace.events.filter(({ type }) => type === 'refreshFailed').length]).toEqual([3, 3]);
  });

  it('whose value is not stored is begun again after a pause that grows, too', async () => {
    const { load, gate, runs } = await makeStale({ maxEntryBytes: 1000 });
    for (let run = 1; run < 10; run++) void gate(run).begun.then(() => gate(run).resolve('x'.repeat(2000)));
    for (let call = 0; call < 100; call++) {
      expect(await load(1)).toBe('old');
      await pass(20);
    }
    expect(runs() - 1).toBe(3);
  });

  it('that does not come back gives its lease back after waitTimeout, though no call comes here any more', async () => {
    const { load, gate, store } = await makeStale({ waitTimeout: 5000 });
    const { id } = load.cache.itemFor(1);
    await load(1);
    await pass(10);
    await gate(1).begun;
    await pass(4989);
    expect(await holderOf(store, id)).toBe(store.holder);
    await pass(11);
    expect(await holderOf(store, id)).toBeUndefined();
  });

  it('that takes longer than computeTimeout has failed', async () => {
    const { load, gate, trace } = await makeStale({ computeTimeout: 1000 });
    await load(1);
    await pass(10);
    await gate(1).begun;
    await pass(1000);
    await told(trace, 'refreshFailed');
    expect(trace.take().at(-1)).toBe('refreshFailed ERR_TEMPCACHE_COMPUTE_TIMEOUT');
    gate(1).resolve('late');
    await told(trace, 'save', 2);
    expect(await load(1)).toBe('late');
  });
});
