import { describe, expect, it } from '@jest/globals';
import { explain, load, run } from '../../support/explained.ts';
import { storeKinds, useCaches } from '../../support/store-kinds.ts';

const CALL = { fn: load, args: [1] };

describe.each(storeKinds)('Over $name, an explanation', (kind) => {
  const make = useCaches(kind);

  it('says that a cache is off, and makes no key and asks no store', async () => {
    const { cache, asked } = make({ mode: 'off' });
    for (const args of [[1], [Symbol('mine')]]) {
      expect(await explain(cache, { fn: load, args })).toEqual({
        status: 'miss',
        reason: undefined,
        message: 'It would be computed: the cache is off, and computes every call.',
        differs: [],
        nearest: undefined,
      });
    }
    expect(asked).toEqual([]);
  });

  it("says that a cache in the mode 'refresh' does not read", async () => {
    const { cache, asked } = make();
    await run(cache, CALL);
    asked.length = 0;
    expect(await explain(cache.with({ mode: 'refresh' }), CALL)).toEqual({
      status: 'miss',
      reason: 'refresh',
      message: "It would be computed: the mode 'refresh' computes every call, whatever is stored.",
      differs: [],
      nearest: undefined,
    });
    expect(asked).toEqual([]);
  });

  it("works in the mode 'readonly' as otherwise", async () => {
    const { cache } = make();
    await run(cache, CALL);
    const readonly = cache.with({ mode: 'readonly' });
    expect(await explain(readonly, CALL)).toMatchObject({ status: 'hit' });
    expect(await explain(readonly, { fn: load, args: [2] })).toMatchObject({ status: 'miss', differs: ['args[0]'] });
  });

  it('computes nothing, writes nothing and tells no listener', async () => {
    const { cache, asked, trace } = make();
    let computed = 0;
    const cached = cache.wrap(function count(id: number) {
      computed++;
      return id;
    });
    await cached(1);
    trace.take();
    asked.length = 0;
    for (const id of [1, 2]) await cached.cache.explain(id);
    expect(computed).toBe(1);
    expect(trace.take()).toEqual([]);
    expect(new Set(asked)).toEqual(new Set(['peek', 'get', 'entries', 'heldBy']));
    expect(await cached.cache.stats()).toMatchObject({ hits: 0, misses: 1 });
  });

  it('answers as the store does', async () => {
    const { cache } = make();
    const answer: unknown = cache.wrap(async () => 1, { name: 'later' }).cache.explain();
    expect(typeof (answer as { then?: unknown }).then === 'function').toBe(kind.kind === 'async');
    expect(await answer).toMatchObject({ status: 'miss' });
  });

  it('takes the this of the call, where it is not the property itself', async () => {
    const { cache } = make();
    const cached = cache.wrap(function self(this: unknown) {
      return typeof this;
    });
    await Reflect.apply(cached, 'here', []);
    const { explain: detached } = cached.cache;
    expect(await Reflect.apply(detached, 'here', [])).toMatchObject({ status: 'hit' });
    expect(await cached.cache.explain()).toMatchObject({ status: 'miss', differs: ['this'] });
    expect(await detached()).toMatchObject({ status: 'miss', differs: ['this'] });
  });
});
