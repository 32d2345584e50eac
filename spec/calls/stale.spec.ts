import { describe, expect, it } from '@jest/globals';
import { setTimeout } from 'node:timers/promises';
import { NoCache } from '../../lib/calls/no-cache.ts';
import { useClock } from '../support/clock.ts';
import { defer } from '../support/deferred.ts';
import { storeKinds, useCaches } from '../support/store-kinds.ts';
import type { Trace } from '../support/trace.ts';
import { holderOf } from '../support/lease.ts';

const clock = useClock();
const HOUR = 3_600_000;

/** Waits until the cache has told something of a type; jest's own limit ends a wait for what never comes. */
async function told(trace: Trace, type: string, times = 1): Promise<void> {
  while (trace.events.filter((event) => event.type === type).length < times) await setTimeout(1);
}

describe.each(storeKinds)('Over $name, staleWhileRevalidate', (kind) => {
  const makeCache = useCaches(kind);

  it('serves a value past its age once more, and computes a new one behind it', async () => {
    const { cache, trace } = makeCache({ captures: 'off', maxAge: '1h', staleWhileRevalidate: '1h' });
    let calls = 0;
    const count = cache.wrap(() => ++calls, { name: 'count' });
    expect(await count()).toBe(1);
    clock.now += 2 * HOUR - 1;
    // The function does not run before the call has returned.
    expect([await count(), calls]).toEqual([1, 1]);
    await told(trace, 'save', 2);
    expect([await count(), calls]).toEqual([2, 2]);
    expect(trace.take()).toEqual(['miss absent', 'save', 'stale', 'save', 'hit']);
  });

  it('of an asynchronous function does so too, and once for all who ask meanwhile', async () => {
    const { cache, trace } = makeCache({ captures: 'off', maxAge: '1h', staleWhileRevalidate: '1h' });
    const pending = defer<string>();
    let calls = 0;
    const begun = defer<undefined>();
    const compute = async (): Promise<string> => {
      if (++calls === 1) return 'old';
      begun.resolve(undefined);
      return pending.promise;
    };
    const load = cache.wrap(compute, { name: 'load' });
    await load();
    clock.now += HOUR;
    expect(await Promise.all([load(), load()])).toEqual(['old', 'old']);
    await begun.promise;
    expect(await Promise.all([load(), load()])).toEqual(['old', 'old']);
    pending.resolve('new');
    await told(trace, 'save', 2);
    expect([await load(), calls]).toEqual(['new', 2]);
    expect(trace.take()).toEqual(['miss absent', 'save', ...Array(4).fill('stale'), 'save', 'hit']);
  });

  it('ends: what is older than that is computed by the call', async () => {
    const { cache, trace } = makeCache({ captures: 'off', maxAge: '1h', staleWhileRevalidate: '1h' });
    let calls = 0;
    const count = cache.wrap(() => ++calls, { name: 'count' });
    await count();
    clock.now += 2 * HOUR;
    expect(await count()).toBe(2);
    expect(trace.take()).toEqual(['miss absent', 'save', 'miss expired', 'save']);
  });

  it('that is true has no end, and false is none', async () => {
    const { cache, trace } = makeCache({ captures: 'off', maxAge: 1000, staleWhileRevalidate: true });
    const one = (): number => 1;
    await cache.cacheResult(one);
    clock.now += 1000 * 365 * 24 * HOUR;
    await cache.cacheResult(one);
    expect(trace.take()).toEqual(['miss absent', 'save', 'stale']);
    await told(trace, 'save', 2);
    clock.now += 1000;
    await cache.with({ staleWhileRevalidate: false }).cacheResult(one);
    expect(trace.take()).toEqual(['save', 'miss expired', 'save']);
  });

  it('of a function counts over that of the cache, and of with() over both', async () => {
    const { cache, trace } = makeCache({ captures: 'off', maxAge: '1h', staleWhileRevalidate: '1h' });
    const none = cache.wrap(() => 1, { name: 'none', staleWhileRevalidate: 0 });
    await none();
    clock.now += HOUR;
    await cache.with({ staleWhileRevalidate: '2h' }).cacheResult(none);
    expect(trace.take()).toEqual(['miss absent', 'save', 'stale']);
    await told(trace, 'save', 2);
    clock.now += HOUR;
    await none();
    expect(trace.take()).toEqual(['save', 'miss expired', 'save']);
  });

  it.each([
    ['throws', () => JSON.parse('{') as string],
    ['rejects', async () => JSON.parse('{') as string],
  ])('leaves the old value where the function %s, and tells', async (_what, fail) => {
    const { cache, trace } = makeCache({ captures: 'off', maxAge: '1h', staleWhileRevalidate: true });
    let works = true;
    const load = cache.wrap((): string | Promise<string> => (works ? 'old' : fail()), { name: 'load' });
    await load();
    works = false;
    clock.now += HOUR;
    for (let round = 1; round <= 2; round++) {
      expect(await load()).toBe('old');
      await told(trace, 'refreshFailed', round);
      clock.now += 1000;
    }
    const failures = trace.events.filter(({ type }) => type === 'refreshFailed');
    expect(failures[0]).toMatchObject({ name: 'load', id: load.cache.itemFor().id, error: { name: 'SyntaxError' } });
    expect(trace.take().map((event) => event.split(' ')[0])).toEqual([
      'miss',
      'save',
      'stale',
      'refreshFailed',
      'stale',
      'refreshFailed',
    ]);
  });

  it('leaves the old value where the function throws NoCache', async () => {
    const { cache, trace } = makeCache({ captures: 'off', maxAge: '1h', staleWhileRevalidate: true });
    let works = true;
    const load = cache.wrap(
      () => {
        if (works) return 'old';
        throw new NoCache('for nobody');
      },
      { name: 'load' },
    );
    await load();
    works = false;
    clock.now += HOUR;
    expect(await load()).toBe('old');
    await told(trace, 'skip');
    expect([await load(), trace.take()]).toEqual(['old', ['miss absent', 'save', 'stale', 'skip NoCache', 'stale']]);
  });

  it('computes nothing behind where nothing would be saved', async () => {
    const { cache, trace } = makeCache({ captures: 'off', maxAge: '1h', staleWhileRevalidate: true });
    let calls = 0;
    const count = (): number => ++calls;
    await cache.cacheResult(count);
    clock.now += HOUR;
    expect(await cache.with({ mode: 'readonly' }).cacheResult(count)).toBe(1);
    await setTimeout(30);
    expect([calls, trace.take()]).toEqual([1, ['miss absent', 'save', 'stale']]);
  });

  it('computes nothing behind where somebody was faster, and lets others have the lease', async () => {
    const { cache, store, asked } = makeCache({ captures: 'off', maxAge: '1h', staleWhileRevalidate: true });
    let calls = 0;
    const count = cache.wrap(() => ++calls, { name: 'count' });
    await count();
    clock.now += HOUR;
    await count();
    const item = count.cache.itemFor();
    await item.save(100);
    while (asked.filter((operation) => operation === 'lease').length < 2) await setTimeout(1);
    while ((await holderOf(store, item.id)) !== undefined) await setTimeout(1);
    expect([await count(), calls]).toEqual([100, 1]);
  });

  it('computes of the arguments as they were, whatever is changed meanwhile', async () => {
    const { cache, trace } = makeCache({ captures: 'off', maxAge: '1h', staleWhileRevalidate: true });
    const seen: number[] = [];
    const double = cache.wrap((of: { n: number }) => seen.push(of.n) && of.n * 2, { name: 'double' });
    await double({ n: 1 });
    clock.now += HOUR;
    const changing = { n: 1 };
    expect(await double(changing)).toBe(2);
    changing.n = 50;
    await told(trace, 'save', 2);
    expect([seen, trace.take()]).toEqual([
      [1, 1],
      ['miss absent', 'save', 'stale', 'save'],
    ]);
  });
});
