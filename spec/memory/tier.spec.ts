import { describe, expect, it } from '@jest/globals';
import { useClock } from '../support/clock.ts';
import { makeCounter } from '../support/run-counter.ts';
import { storeKinds, useCaches } from '../support/store-kinds.ts';

const NAMED = { name: 'count' };

describe.each(storeKinds)('Over $name, a tier in memory', (kind) => {
  const clock = useClock();
  const makeCache = useCaches(kind);

  it('gives what was read once without reading it again', async () => {
    const { cache, asked } = makeCache({ memory: true });
    const cached = cache.wrap(makeCounter().count, NAMED);
    for (let call = 0; call < 2; call++) await cached(1);
    asked.splice(0);
    for (let call = 0; call < 3; call++) expect(await cached(1)).toEqual({ id: 1, run: 1 });
    expect(asked).toEqual(kind.kind === 'sync' ? ['stamp', 'stamp', 'stamp'] : []);
  });

  it('asks nothing at all while its maxAge lasts, and then again', async () => {
    const { cache, asked } = makeCache({ memory: { maxAge: 500 } });
    const cached = cache.wrap(makeCounter().count, NAMED);
    for (let call = 0; call < 2; call++) await cached(1);
    asked.splice(0);
    clock.now += 499;
    expect(await cached(1)).toEqual({ id: 1, run: 1 });
    expect(asked).toEqual([]);
    clock.now += 1;
    await cached(1);
    expect(asked).toEqual(kind.kind === 'sync' ? ['stamp'] : ['get']);
  });

  it('shows what others save, at once where the store can tell, else after a second', async () => {
    const { cache, store } = makeCache({ memory: true });
    const other = makeCache({}, store);
    await cache.itemForKey('key').save('old');
    expect([await cache.itemForKey('key').load(), await cache.itemForKey('key').load()]).toEqual(['old', 'old']);
    await other.cache.itemForKey('key').save('new');
    if (kind.kind === 'async') {
      expect(await cache.itemForKey('key').load()).toBe('old');
      clock.now += 1000;
    }
    expect(await cache.itemForKey('key').load()).toBe('new');
    await other.cache.itemForKey('key').delete();
    if (kind.kind === 'async') clock.now += 1000;
    expect(await cache.itemForKey('key').tryLoad('gone')).toBe('gone');
  });

  it.each([true, { maxAge: '1h' }, { maxAge: '1h', share: true }])(
    'shows at once what is saved and removed through its own cache: %j',
    async (memory) => {
      const { cache } = makeCache({ memory });
      const counter = makeCounter();
      const cached = cache.wrap(counter.count, NAMED);
      const item = cached.cache.itemFor(1);
      for (let call = 0; call < 3; call++) await cached(1);
      await item.save({ id: 1, run: 77 });
      expect(await cached(1)).toEqual({ id: 1, run: 77 });
      expect(await cached.cache.refresh(1)).toEqual({ id: 1, run: 2 });
      expect(await cached(1)).toEqual({ id: 1, run: 2 });
      await item.delete();
      expect(await item.tryLoad('gone')).toBe('gone');
      expect([await cached(1), await cached(1)]).toEqual([
        { id: 1, run: 3 },
        { id: 1, run: 3 },
      ]);
      await cache.clear();
      expect(await item.tryLoad('gone')).toBe('gone');
    },
  );

  it('judges ages as the store would be judged', async () => {
    const { cache, trace } = makeCache({ memory: { maxAge: '1h' }, maxAge: 1000 });
    const cached = cache.wrap(makeCounter().count, NAMED);
    for (let call = 0; call < 2; call++) await cached(1);
    clock.now += 1000;
    expect(await cached(1)).toEqual({ id: 1, run: 2 });
    expect(trace.take()).toEqual(['miss absent', 'save', 'hit', 'miss expired', 'save']);
    await cached(1);
    expect(await cached.cache.run(1)).toMatchObject({ status: 'hit', age: 0 });
    clock.now += 10;
    expect(await cached.cache.run(1)).toMatchObject({ status: 'hit', age: 10 });
    cache.maxAge = 10;
    expect(await cached.cache.run(1)).toMatchObject({ status: 'miss', value: { id: 1, run: 3 } });
  });

  it('serves what is past its age by the store alone', async () => {
    const { cache, trace } = makeCache({ captures: 'off', memory: { maxAge: '1h' }, maxAge: 1000, staleIfError: 5000 });
    let fails = false;
    const cached = cache.wrap(() => (fails ? Promise.reject(new Error('down')) : Promise.resolve('up')), NAMED);
    for (let call = 0; call < 3; call++) await cached();
    fails = true;
    clock.now += 1500;
    expect(await cached()).toBe('up');
    expect(trace.take()).toEqual([
      'miss absent',
      'save',
      'hit',
      'hit',
      'miss expired',
      'refreshFailed Error: down',
      'stale',
    ]);
  });

  it('gives copies, and with share the very value that it keeps', async () => {
    for (const share of [false, true]) {
      const { cache } = makeCache({ memory: { maxAge: '1h', share } });
      const cached = cache.wrap(makeCounter().count, NAMED);
      await cached(1);
      const values = [await cached(1), await cached(1), await cached(1)];
      expect(new Set(values).size).toBe(share ? 1 : 3);
      for (const value of values) expect(value).toStrictEqual({ id: 1, run: 1 });
    }
  });

  it('keeps no more than it may', async () => {
    const { cache, asked } = makeCache({ memory: { maxAge: '1h', maxEntries: 2 } });
    const cached = cache.wrap(makeCounter().count, NAMED);
    for (const id of [1, 2, 3, 1, 2, 3]) await cached(id);
    asked.splice(0);
    for (const id of [2, 3]) await cached(id);
    expect(asked).toEqual([]);
    await cached(1);
    expect(asked).toContain('get');
    const large = makeCache({ memory: { maxAge: '1h', maxBytes: 1000 } });
    const text = large.cache.wrap((length: number) => 'x'.repeat(length), { name: 'text' });
    for (let call = 0; call < 3; call++) expect(await text(2000)).toHaveLength(2000);
    large.asked.splice(0);
    await text(2000);
    expect(large.asked).toContain('get');
  });
});
