import { describe, expect, it } from '@jest/globals';
import { isPromise } from 'node:util/types';
import { storeKinds, useCaches } from '../support/store-kinds.ts';
import { failureOf } from '../support/store-suite/use-store.ts';
import { ways } from '../support/ways.ts';

const UNKEYABLE = { name: 'UnkeyableError', code: 'ERR_TEMPCACHE_UNKEYABLE' };

describe.each(storeKinds)('When a key cannot be rendered, over $name', (kind) => {
  const makeCache = useCaches(kind);

  it('a call throws UnkeyableError with the path before the function runs', async () => {
    const { cache, trace, asked } = makeCache();
    let calls = 0;
    const load = (_user: object): number => ++calls;
    const wrapped = cache.wrap(load);
    const user = { session: { open: () => 1 } };
    for (const call of [
      () => wrapped(user),
      () => cache.cacheResult(load, user),
      () => cache.itemForCall(load, user),
      () => wrapped.cache.itemFor(user),
    ]) {
      expect(await failureOf(call)).toMatchObject({ ...UNKEYABLE, path: 'args[0].session.open' });
    }
    expect([calls, asked, trace.take()]).toEqual([0, [], []]);
  });

  it('an async call rejects with it', async () => {
    const { cache } = makeCache();
    const load = cache.wrap(async (_user: object) => 1, { name: 'load' });
    const answer = load(new WeakMap());
    expect(isPromise(answer)).toBe(true);
    expect(await failureOf(() => answer)).toMatchObject({ ...UNKEYABLE, path: 'args[0]' });
  });

  it('itemForKey() throws it', () => {
    const { cache } = makeCache();
    expect(() => cache.itemForKey({ a: [Symbol('x')] })).toThrow(
      expect.objectContaining({ ...UNKEYABLE, path: 'key.a[0]' }),
    );
  });

  it('the option key that throws is told of, with its cause', async () => {
    const { cache } = makeCache();
    for (const cause of [new Error('no key'), 'a text', Object.create(null) as unknown]) {
      const load = cache.wrap(() => 1, {
        name: 'load',
        key: () => {
          throw cause;
        },
      });
      const failure = (await failureOf(() => load())) as Error;
      expect(failure).toMatchObject({ ...UNKEYABLE, path: 'key' });
      expect(failure.cause).toBe(cause);
    }
  });
});

describe.each(storeKinds)('When the function throws, over $name', (kind) => {
  const makeCache = useCaches(kind);

  it.each(ways)('$name throws that very error, stores nothing, and computes anew', async ({ ask }) => {
    for (const error of [new Error('mine'), 'a text', undefined, null, Object.create(null) as unknown]) {
      const { cache, trace, asked } = makeCache();
      let calls = 0;
      const compute = (): string => {
        if (++calls < 3) throw error;
        return 'third';
      };
      const { call } = ask(cache, compute);
      for (let n = 0; n < 2; n++) expect((await failureOf(call)) === error).toBe(true);
      expect([trace.take(), asked]).toEqual([
        ['miss absent', 'miss absent'],
        ['get', 'lease', 'get', 'get', 'lease', 'get'],
      ]);
      expect(await call()).toBe('third');
      expect([await call(), calls]).toEqual(['third', 3]);
    }
  });

  it.each(ways)('$name throws that very error when the store fails too', async ({ ask }) => {
    const { cache, break: breakStore, trace } = makeCache();
    breakStore('get', { error: new Error('unreadable') });
    const error = new Error('mine');
    const compute = (): string => {
      throw error;
    };
    expect(await failureOf(ask(cache, compute).call)).toBe(error);
    expect(trace.take()).toEqual(['readFailed Error: unreadable', 'miss absent']);
  });
});

describe.each(storeKinds)('When the cache is closed, over $name', (kind) => {
  const makeCache = useCaches(kind);

  it.each(ways)('$name goes on, computed each time, and tells', async ({ ask }) => {
    const { cache, trace } = makeCache();
    let calls = 0;
    const compute = (): number => ++calls;
    const { call, item } = ask(cache, compute);
    await call();
    await cache.close();
    trace.take();
    expect([await call(), await call()]).toEqual([2, 3]);
    const told = ['readFailed ERR_TEMPCACHE_STORE', 'miss absent', 'writeFailed ERR_TEMPCACHE_STORE'];
    expect(trace.take()).toEqual([...told, ...told]);
    expect(await failureOf(() => item.load())).toMatchObject({ name: 'StoreError' });
  });

  it('in the middle of a computation, its callers have its value', async () => {
    const { cache, trace } = makeCache();
    const load = cache.wrap(
      async () => {
        await cache.close();
        return 'value';
      },
      { name: 'load' },
    );
    expect(await Promise.all([load(), load()])).toEqual(['value', 'value']);
    expect(trace.take()).toEqual(['miss absent', 'writeFailed ERR_TEMPCACHE_STORE', 'coalesced']);
  });
});
