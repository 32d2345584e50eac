import { describe, expect, it } from '@jest/globals';
import { useClock } from '../../support/clock.ts';
import { edited, explain, load, run } from '../../support/explained.ts';
import { storeKinds, useCaches } from '../../support/store-kinds.ts';

describe.each(storeKinds)('Over $name, the nearest entry', (kind) => {
  const make = useCaches(kind);
  const clock = useClock();

  it('is the one that differs in the fewest parts', async () => {
    const { cache } = make();
    for (const args of [
      [1, 2, 0],
      [0, 2, 3],
      [1, 0, 0],
    ]) {
      await run(cache, { fn: load, args });
      clock.now += 1000;
    }
    const { nearest, differs } = await explain(cache, { fn: load, args: [1, 2, 3] });
    expect(differs).toEqual(['args[0]']);
    expect(nearest?.id).toBe(cache.wrap(load).cache.itemFor(0, 2, 3).id);
  });

  it('is the newest of several that differ as much', async () => {
    const { cache } = make();
    const cached = cache.wrap(load);
    for (const value of [1, 2, 3]) {
      await cached(value);
      clock.now += value === 2 ? -5000 : 1000;
    }
    expect((await explain(cache, { fn: load, args: [4] })).nearest?.id).toBe(cached.cache.itemFor(2).id);
  });

  it('is of the same function rather than of the same arguments, of which the message tells, too', async () => {
    const { cache } = make();
    await run(cache, { fn: load, args: [1] });
    clock.now += 3_600_000;
    await run(cache, { fn: edited, args: [2] });
    clock.now += 60_000;
    const { differs, message } = await explain(cache, { fn: edited, args: [1] });
    expect(differs).toEqual(['args[0]']);
    expect(message).toBe(
      'It would be computed: nothing is stored for this call. The nearest entry of "load", saved 1 minute ago, differs: the ' +
        '1st argument is another one. The nearest one of the same arguments, saved 1 hour 1 minute ago, differs: the source of ' +
        'the function has changed.',
    );
  });

  it('is of the same key result, of which the message tells, too', async () => {
    const { cache } = make();
    const options = { key: (value: never) => value };
    await run(cache, { fn: load, args: [1], options });
    await run(cache, { fn: edited, args: [2], options });
    const { message } = await explain(cache, { fn: edited, args: [1], options });
    expect(message).toMatch(/ differs: the option key gives something else\. The nearest one of the same key, saved /);
  });

  it('is one of other salts only where there is no other', async () => {
    const { cache } = make();
    await run(cache.with({ salt: 'x' }), { fn: load, args: [1] });
    await run(cache, { fn: edited, args: [2, 3] });
    const { differs } = await explain(cache, { fn: load, args: [1] });
    expect(differs).toEqual(['source', 'args.length', 'args[0]']);
  });

  it('is found in spite of entries that are damaged, of other functions, and without fingerprints', async () => {
    const { cache, store } = make();
    await run(cache, { fn: load, args: [1] });
    await run(cache, { fn: function other() {} });
    await cache.itemForKey('load').save(1);
    await store.set('f'.repeat(64), [Buffer.from('no record')], { expiresAt: Infinity });
    expect(await explain(cache, { fn: load, args: [2] })).toMatchObject({ differs: ['args[0]'] });
  });

  it('is told with all that an item tells of itself', async () => {
    const { cache } = make();
    const cached = cache.wrap(load, { name: 'load', label: () => 'labelled' });
    await cached(1);
    expect((await cached.cache.explain(2)).nearest).toEqual(await cached.cache.itemFor(1).info());
    expect((await cached.cache.explain(1)).nearest).toEqual(await cached.cache.itemFor(1).info());
  });

  it('is found by a name that is cut, or not well-formed', async () => {
    const { cache } = make();
    for (const name of ['é'.repeat(2000), 'a\uD800']) {
      await run(cache, { fn: load, args: [1], options: { name } });
      expect(await explain(cache, { fn: load, args: [2], options: { name } })).toMatchObject({ differs: ['args[0]'] });
    }
  });
});
