import { describe, expect, it } from '@jest/globals';
import { NOTHING_PRUNED } from '../../lib/maintenance/prune.ts';
import { isPromise } from 'node:util/types';
import type { CacheItem } from '../../lib/cache-item.ts';
import type { Store } from '../../lib/stores/store.ts';
import { storeKinds, useCaches } from '../support/store-kinds.ts';
import { failureOf } from '../support/store-suite/use-store.ts';

const METHODS: readonly ((item: CacheItem<Store>) => unknown)[] = [
  (item) => item.save('new'),
  (item) => item.trySave('new'),
  (item) => item.load(),
  (item) => item.tryLoad(),
  (item) => item.exists(),
  (item) => item.info(),
  (item) => item.olderThan(0),
  (item) => item.newerThan(0),
  (item) => item.loadOrSave(() => 1),
  (item) => item.delete(),
];

describe.each(storeKinds)('Over $name, an item', (kind) => {
  const makeCache = useCaches(kind);

  it('answers with promises exactly where its store does', async () => {
    const { cache } = makeCache();
    const item = cache.itemForKey(1);
    for (const method of METHODS) {
      const answer = method(item);
      expect(isPromise(answer)).toBe(kind.kind === 'async');
      await answer;
    }
  });

  it('refuses wrong options, by a rejection where it answers with promises', async () => {
    const { cache, asked } = makeCache();
    const item = cache.itemForKey(1);
    const wrong: readonly unknown[] = [{ maxage: 5 }, { ttl: 5 }, { maxAge: -1 }, { maxAge: 'soon' }, null, 5, []];
    for (const options of wrong) {
      for (const method of ['save', 'trySave'] as const) {
        const call = (): unknown => item[method](1, options as object);
        // It must not throw at once where everybody expects a promise.
        if (kind.kind === 'async') await (call() as Promise<unknown>).catch(() => undefined);
        expect(await failureOf(call)).toMatchObject({ name: 'TypeError', code: 'ERR_INVALID_ARG_VALUE' });
      }
    }
    expect(asked).toEqual([]);
    expect(await failureOf(() => item.save(1, { ttl: 5 } as object))).toMatchObject({
      message: 'save() has no option "ttl"; it knows maxAge',
    });
  });

  it.each([undefined, {}, { maxAge: undefined }, { maxAge: '1h' }, { maxAge: { hours: 1 } }, { maxAge: Infinity }])(
    'takes the options %j',
    async (options) => {
      const { cache } = makeCache();
      await cache.itemForKey(1).save(1, options as object);
      expect(await cache.itemForKey(1).load()).toBe(1);
    },
  );

  it('saves nothing in the modes off and readonly, quietly, and says so', async () => {
    const { cache, trace } = makeCache();
    await cache.itemForKey(1).save('old');
    trace.take();
    for (const mode of ['off', 'readonly'] as const) {
      const item = cache.with({ mode }).itemForKey(1);
      expect([await item.save('new'), await item.trySave('new')]).toEqual([undefined, false]);
      expect(trace.take()).toEqual(['skip mode', 'skip mode']);
    }
    expect(await cache.itemForKey(1).load()).toBe('old');
  });

  it('reads nothing in the modes off and refresh', async () => {
    const { cache, trace, asked } = makeCache();
    await cache.itemForKey(1).save('old');
    trace.take();
    asked.length = 0;
    for (const [mode, told] of [
      ['off', []],
      ['refresh', ['miss refresh', 'miss refresh']],
    ] as const) {
      const item = cache.with({ mode }).itemForKey(1);
      expect(await failureOf(() => item.load())).toMatchObject({ name: 'MissingItemError', reason: 'absent' });
      expect([await item.exists(), await item.tryLoad('fallback')]).toEqual([false, 'fallback']);
      expect(trace.take()).toEqual(told);
    }
    expect(asked).toEqual([]);
  });

  it('saves in the mode refresh, and is touched by nothing in the mode off', async () => {
    const { cache, asked } = makeCache();
    await cache.with({ mode: 'refresh' }).itemForKey(1).save('new');
    expect(await cache.itemForKey(1).load()).toBe('new');
    asked.length = 0;
    const off = cache.with({ mode: 'off' });
    const item = off.itemForKey(1);
    expect([await item.delete(), await item.info(), await item.olderThan(Infinity)]).toEqual([false, undefined, false]);
    expect([await off.clear(), await off.prune(), await off.destroy()]).toEqual([0, NOTHING_PRUNED, undefined]);
    expect(asked).toEqual([]);
    expect(await cache.itemForKey(1).load()).toBe('new');
  });
});
