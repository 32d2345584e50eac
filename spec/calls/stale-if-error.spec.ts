import { describe, expect, it } from '@jest/globals';
import { useClock } from '../support/clock.ts';
import { storeKinds, useCaches, type CacheUnderTest } from '../support/store-kinds.ts';
import { failureOf } from '../support/store-suite/use-store.ts';

const clock = useClock();
const HOUR = 3_600_000;
const error = new Error('no luck');

/** A function that can be made to fail. */
function makeLoad({ cache }: CacheUnderTest, kind: string, options: object = {}) {
  const state = { works: true, calls: 0 };
  const compute = (): string => {
    state.calls++;
    if (!state.works) throw error;
    return `value ${state.calls}`;
  };
  const load =
    kind === 'sync'
      ? cache.wrap<() => unknown>(compute, { name: 'load', ...options })
      : cache.wrap<() => unknown>(async () => compute(), { name: 'load', ...options });
  return { load, state };
}

describe.each(storeKinds.flatMap((store) => ['sync', 'async'].map((kind) => ({ ...store, how: kind }))))(
  'Over $name, staleIfError of a function that is $how',
  (kind) => {
    const makeCache = useCaches(kind);

    it('lets a value past its age stand in for a failure, and tells', async () => {
      const made = makeCache({ captures: 'off', maxAge: '1h', staleIfError: '1h' });
      const { load, state } = makeLoad(made, kind.how);
      await load();
      clock.now += HOUR;
      state.works = false;
      expect(await load()).toBe('value 1');
      expect(made.trace.take()).toEqual([
        'miss absent',
        'save',
        'miss expired',
        'refreshFailed Error: no luck',
        'stale',
      ]);
      state.works = true;
      expect([await load(), state.calls]).toEqual(['value 3', 3]);
      expect(made.trace.take()).toEqual(['miss expired', 'save']);
    });

    it('ends: then the failure comes through', async () => {
      const made = makeCache({ captures: 'off', maxAge: '1h', staleIfError: '1h' });
      const { load, state } = makeLoad(made, kind.how);
      await load();
      clock.now += 2 * HOUR;
      state.works = false;
      expect(await failureOf(load)).toBe(error);
      expect(made.trace.take()).toEqual(['miss absent', 'save', 'miss expired']);
    });

    it('that is true has no end', async () => {
      const made = makeCache({ captures: 'off', maxAge: '1h', staleIfError: true });
      const { load, state } = makeLoad(made, kind.how);
      await load();
      clock.now += 100_000 * HOUR;
      state.works = false;
      expect(await load()).toBe('value 1');
    });

    it('is of no use where nothing was ever stored', async () => {
      const made = makeCache({ captures: 'off', staleIfError: true });
      const { load, state } = makeLoad(made, kind.how);
      state.works = false;
      expect(await failureOf(load)).toBe(error);
    });

    it('of a function counts over that of the cache', async () => {
      const made = makeCache({ captures: 'off', maxAge: '1h' });
      const { load, state } = makeLoad(made, kind.how, { staleIfError: '1h' });
      await load();
      clock.now += HOUR;
      state.works = false;
      expect(await load()).toBe('value 1');
    });

    it('goes with staleWhileRevalidate: served first, and standing in when that has ended', async () => {
      const made = makeCache({ captures: 'off', maxAge: '1h', staleWhileRevalidate: '1h', staleIfError: '2h' });
      const { load, state } = makeLoad(made, kind.how);
      await load();
      state.works = false;
      clock.now += 2 * HOUR;
      expect([await load(), state.calls]).toEqual(['value 1', 2]);
      clock.now += HOUR;
      expect(await failureOf(load)).toBe(error);
    });
  },
);
