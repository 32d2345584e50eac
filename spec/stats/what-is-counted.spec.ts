import { describe, expect, it } from '@jest/globals';
import { setImmediate, setTimeout } from 'node:timers/promises';
import { NO_COUNTS, type CallCounts } from '../../lib/stats/counters.ts';
import { NoCache } from '../../lib/calls/no-cache.ts';
import type { Store } from '../../lib/stores/store.ts';
import type { TempCache } from '../../lib/temp-cache.ts';
import { useClock } from '../support/clock.ts';
import { storeKinds, useCaches } from '../support/store-kinds.ts';

/** What all calls of a cache have come to, without the times. */
async function counted(cache: TempCache<Store>): Promise<Partial<CallCounts>> {
  const { hits, misses, stale, coalesced, skipped, errors } = await cache.stats();
  const counts = { hits, misses, stale, coalesced, skipped, errors };
  return Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0));
}

async function ignore(call: () => unknown): Promise<void> {
  try {
    await call();
  } catch {
    // The spec looks at the counts.
  }
}

describe.each(storeKinds)('Counted over $name', (kind) => {
  const make = useCaches(kind);
  const clock = useClock();

  it('are loadOrSave and what it throws, for items of functions and others', async () => {
    const { cache } = make();
    const one = cache.wrap((n: number) => n, { name: 'one' });
    for (const item of [cache.itemForKey('mine'), one.cache.itemFor(1)]) {
      await item.loadOrSave(() => 1);
      await item.loadOrSave(async () => 1);
      await item.delete();
      await ignore(() =>
        item.loadOrSave(() => {
          throw new Error('mine');
        }),
      );
    }
    expect(await counted(cache)).toEqual({ hits: 2, misses: 2, errors: 2 });
    const all = (await cache.stats()).functions.map(({ name, hits, misses, errors }) => ({
      name,
      hits,
      misses,
      errors,
    }));
    const each = { hits: 1, misses: 1, errors: 1 };
    expect(all).toEqual([
      { name: '', ...each },
      { name: 'one', ...each },
    ]);
  });

  it('is a value that is not stored', async () => {
    const { cache } = make();
    const declined = cache.wrap((n: number) => n, { name: 'declined', shouldCache: () => false });
    const thrown = cache.wrap(
      (n: number): number => {
        throw new NoCache(n);
      },
      { name: 'thrown' },
    );
    await declined(1);
    await declined(1);
    await thrown(1);
    expect(await counted(cache)).toEqual({ misses: 3, skipped: 3 });
    expect(await declined.cache.stats()).toMatchObject({ misses: 2, skipped: 2 });
  });

  it('are refreshes that are asked for, as misses', async () => {
    const { cache } = make();
    const one = cache.wrap((n: number) => n, { name: 'one' });
    const rows = cache.wrap(
      function* rows() {
        yield 1;
      },
      { name: 'rows' },
    );
    await one.cache.refresh(1);
    await rows.cache.refresh();
    expect(await counted(cache)).toEqual({ misses: 2 });
    expect((await rows.cache.stats()).computeMs).toBeGreaterThan(0);
  });

  it('is computed in the background of an old value, as time, and its failure as an error', async () => {
    const { cache, trace } = make({ captures: 'off', maxAge: 1000, staleWhileRevalidate: true });
    let fails = false;
    const one = cache.wrap(
      async (n: number) => {
        if (fails) throw new Error('mine');
        return n;
      },
      { name: 'one' },
    );
    await one(1);
    const { computeMs } = await cache.stats();
    clock.now += 2000;
    await one(1);
    await untilTold('save', 2);
    const after = await cache.stats();
    expect(await counted(cache)).toEqual({ misses: 1, stale: 1 });
    expect(after.computeMs).toBeGreaterThan(computeMs);
    clock.now += 2000;
    fails = true;
    await one(1);
    await untilTold('refreshFailed', 1);
    expect(await counted(cache)).toEqual({ misses: 1, stale: 2, errors: 1 });

    async function untilTold(type: string, times: number): Promise<void> {
      while (trace.events.filter((event) => event.type === type).length < times) {
        await setTimeout(1);
      }
      // What was told is over in one of the next turns.
      for (let turn = 0; turn < 20; turn++) await setImmediate();
    }
  });

  it('is a failure for which an old value stands in', async () => {
    const { cache } = make({ captures: 'off', maxAge: 1000, staleIfError: true });
    let fails = false;
    const one = cache.wrap(
      (n: number) => {
        if (fails) throw new Error('mine');
        return n;
      },
      { name: 'one' },
    );
    await one(1);
    fails = true;
    clock.now += 2000;
    expect(await one(1)).toBe(1);
    expect(await counted(cache)).toEqual({ misses: 1, stale: 1, errors: 1 });
  });

  it('are runs of generators, the time that they compute and what they throw', async () => {
    const { cache } = make();
    const rows = cache.wrap(
      function* rows(to: number) {
        for (let n = 0; n < to; n++) yield n;
        if (to > 2) throw new Error('mine');
      },
      { name: 'rows' },
    );
    const runs = async (to: number): Promise<void> => {
      for await (const row of rows(to)) expect(row).toBeLessThan(to);
    };
    await runs(2);
    const { computeMs, savedMs } = await cache.stats();
    expect([computeMs > 0, savedMs]).toEqual([true, 0]);
    await runs(2);
    await ignore(async () => runs(3));
    expect(await counted(cache)).toEqual({ hits: 1, misses: 2, errors: 1 });
    const { loadMs, savedMs: saved } = await cache.stats();
    expect([loadMs > 0, saved + loadMs > 0]).toEqual([true, true]);
  });

  it('is nothing before a generator is asked for its first item', async () => {
    const { cache } = make();
    const rows = cache.wrap(
      function* rows() {
        yield 1;
      },
      { name: 'rows' },
    );
    rows();
    expect(await rows.cache.stats()).toEqual(NO_COUNTS);
  });
});
