import { describe, expect, it } from '@jest/globals';
import { setImmediate } from 'node:timers/promises';
import { jsonSerializer } from '../../lib/serializers/json.ts';
import { memoryStore } from '../../lib/stores/memory.ts';
import type { AsyncStore } from '../../lib/stores/store.ts';
import { TempCache } from '../../lib/temp-cache.ts';
import { makeCounter } from '../support/run-counter.ts';
import { defer } from '../support/deferred.ts';
import { storeKinds, useCaches } from '../support/store-kinds.ts';

const NAMED = { name: 'count' };

describe.each(storeKinds)('Over $name, a tier in memory', (kind) => {
  const makeCache = useCaches(kind);

  it('is passed by where another serializer is to read', async () => {
    const { cache, trace } = makeCache({ memory: { maxAge: '1h' } });
    const item = cache.itemForKey('key');
    await item.save([1]);
    for (let call = 0; call < 2; call++) await item.load();
    trace.take();
    expect(await cache.with({ serializer: jsonSerializer() }).itemForKey('key').tryLoad('other')).toBe('other');
    expect(await item.load()).toEqual([1]);
  });

  it('is not asked where nothing may be read', async () => {
    const { cache } = makeCache({ memory: { maxAge: '1h' } });
    const counter = makeCounter();
    const cached = cache.wrap(counter.count, NAMED);
    for (let call = 0; call < 2; call++) await cached(1);
    const anew = cache.with({ mode: 'refresh' });
    expect(await anew.cacheResult(cached, 1)).toEqual({ id: 1, run: 2 });
    expect(await cached(1)).toEqual({ id: 1, run: 2 });
  });

  it('tells of a hit like any other, and gives generators as they are', async () => {
    const { cache, trace } = makeCache({ memory: { maxAge: '1h' } });
    const cached = cache.wrap(makeCounter().count, NAMED);
    for (let call = 0; call < 4; call++) await cached(1);
    expect(trace.take()).toEqual(['miss absent', 'save', 'hit', 'hit', 'hit']);
    const items = cache.wrap(
      async function* items() {
        yield* [1, 2, 3];
      },
      { name: 'items' },
    );
    for (let run = 0; run < 3; run++) {
      const given: unknown[] = [];
      for await (const item of items()) given.push(item);
      expect(given).toEqual([1, 2, 3]);
    }
    expect([await items.cache.itemFor().load(), await items.cache.itemFor().load()]).toEqual([
      [1, 2, 3],
      [1, 2, 3],
    ]);
  });
});

describe('Over a store that answers later, a tier in memory', () => {
  it('does not keep what was read before something else was saved', async () => {
    const inner = memoryStore({ async: true });
    const reading = defer<void>();
    let reads = 0;
    const slow: AsyncStore = {
      ...inner,
      async get(id) {
        const parts = await inner.get(id);
        if (++reads === 1) await reading.promise;
        return parts;
      },
    };
    const cache = new TempCache('spec', { store: slow, memory: { maxAge: '1h' } });
    const item = cache.itemForKey('key');
    await item.save('old');
    const late = item.load();
    await setImmediate();
    await setImmediate();
    await item.save('new');
    reading.resolve();
    expect([await late, await item.load(), await item.load()]).toEqual(['old', 'new', 'new']);
  });
});
