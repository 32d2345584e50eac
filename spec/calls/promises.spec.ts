import { describe, expect, it } from '@jest/globals';
import { isPromise } from 'node:util/types';
import { memoryStore } from '../../lib/stores/memory.ts';
import { TempCache } from '../../lib/temp-cache.ts';
import { storeKinds, useCaches } from '../support/store-kinds.ts';
import { failureOf } from '../support/store-suite/use-store.ts';

/** A thenable that is no promise. */
function thenable<T>(then: (resolve: (value: T) => void, reject: (error: unknown) => void) => unknown): Promise<T> {
  return { then } as Promise<T>;
}

describe.each(storeKinds)('Over $name, a function', (kind) => {
  const makeCache = useCaches(kind);

  it('that is sync stays so exactly over a sync store, on a miss and on a hit', async () => {
    const { cache } = makeCache();
    const one = cache.wrap(() => 1, { name: 'one' });
    for (const answer of [one(), one(), cache.itemForKey(1).loadOrSave(() => 1)]) {
      expect(isPromise(answer)).toBe(kind.kind === 'async');
      expect(await answer).toBe(1);
    }
  });

  it('that is async stays so on a hit, and when its key is refused', async () => {
    const { cache } = makeCache();
    const load = cache.wrap(async (value: unknown) => value, { name: 'load' });
    for (const answer of [load(1), load(1)]) {
      expect(isPromise(answer)).toBe(true);
      expect(await answer).toBe(1);
    }
    const refused = load(() => 1);
    expect(isPromise(refused)).toBe(true);
    expect(await failureOf(() => refused)).toMatchObject({ code: 'ERR_TEMPCACHE_UNKEYABLE', path: 'args[0]' });
  });

  it('that answers with a promise without being async does so on a hit too', async () => {
    const { cache, trace } = makeCache();
    const load = cache.wrap((n: number) => Promise.resolve(n), { name: 'load' });
    for (const answer of [load(1), load(1)]) expect(isPromise(answer)).toBe(true);
    await load(1);
    const hit = load(1);
    expect([isPromise(hit), await hit]).toEqual([true, 1]);
    expect(trace.take().at(-1)).toBe('hit');
  });

  it('that answers with a promise at times answers on a hit as it did', async () => {
    const { cache } = makeCache();
    const maybe = cache.wrap((n: number) => (n % 2 === 0 ? n : Promise.resolve(n)), { name: 'maybe' });
    for (const n of [2, 3, 2, 3]) {
      const answer = maybe(n);
      expect(isPromise(answer)).toBe(kind.kind === 'async' || n === 3);
      expect(await answer).toBe(n);
    }
  });

  it('that answers with a thenable gives a promise of its value, stored', async () => {
    const { cache, trace } = makeCache();
    const load = cache.wrap((n: number) => thenable<number>((resolve) => resolve(n * 2)), { name: 'load' });
    const answers = [load(4), load(4)];
    expect(answers.map((answer) => isPromise(answer))).toEqual([true, true]);
    expect([...(await Promise.all(answers)), await load(4)]).toEqual([8, 8, 8]);
    expect(trace.take()).toEqual(['miss absent', 'save', 'coalesced', 'hit']);
  });

  it('that answers with a thenable which settles several times is stored once', async () => {
    const { cache, trace } = makeCache();
    const twice = thenable<number>((resolve, reject) => {
      resolve(1);
      resolve(2);
      reject(new Error('too late'));
      throw new Error('much too late');
    });
    const load = cache.wrap(() => twice, { name: 'load' });
    expect([await load(), await load()]).toEqual([1, 1]);
    expect(trace.take()).toEqual(['miss absent', 'save', 'hit']);
  });

  it('that answers with a thenable which fails fails so', async () => {
    const { cache, trace } = makeCache();
    const error = new Error('no');
    const bad = [
      thenable((_resolve, reject) => reject(error)),
      thenable(() => {
        throw error;
      }),
    ];
    const load = cache.wrap((n: number) => bad[n], { name: 'load' });
    for (const n of [0, 1]) expect(await failureOf(() => load(n))).toBe(error);
    expect(trace.take()).toEqual(['miss absent', 'miss absent']);
  });

  it('that answers with a promise of a class of its own is stored', async () => {
    class Lazy<T> extends Promise<T> {}
    const { cache, trace } = makeCache();
    const load = cache.wrap(() => Lazy.resolve([1]), { name: 'load' });
    expect([await load(), await load()]).toEqual([[1], [1]]);
    expect(trace.take()).toEqual(['miss absent', 'save', 'hit']);
  });

  it('that answers with an object whose then is no function gives that object', async () => {
    const { cache } = makeCache();
    const load = cache.wrap(() => ({ then: 'later' }), { name: 'load' });
    const answers = [load(), load()];
    expect(answers.map((answer) => isPromise(answer))).toEqual(Array(2).fill(kind.kind === 'async'));
    for (const answer of answers) expect(await answer).toEqual({ then: 'later' });
  });
});

describe('A value that was stored over a store that answers with promises', () => {
  it('is a promise over one that answers at once exactly where the function gave one', async () => {
    const asynchronous = memoryStore({ async: true });
    const store = memoryStore();
    const first = new TempCache('spec', { store: asynchronous });
    const second = new TempCache('spec', { store });
    const plain = (): number => 1;
    const promise = (): Promise<number> => Promise.resolve(2);
    for (const [fn, isPromised] of [
      [plain, false],
      [promise, true],
    ] as const) {
      // prettier-ignore
      await first.cacheResult(fn);
      const item = second.itemForCall(fn);
      store.set(item.id, (await asynchronous.get(item.id)) ?? [], { expiresAt: Infinity });
      expect(isPromise(second.cacheResult(fn))).toBe(isPromised);
    }
  });
});

describe('Over a store that answers at once, a function', () => {
  const makeCache = useCaches(storeKinds[0] as (typeof storeKinds)[number]);

  it('that answers with an object whose then throws when it is looked at gives that object', () => {
    const { cache, trace } = makeCache();
    const odd = {
      get then(): unknown {
        throw new Error('do not look');
      },
    };
    const load = cache.wrap(() => odd, { name: 'load' });
    expect(load()).toBe(odd);
    expect(trace.take()).toEqual(['miss absent', 'writeFailed ERR_TEMPCACHE_UNSERIALIZABLE']);
  });

  it('that is async gives the caller that computes its very value, all others copies', async () => {
    const { cache } = makeCache();
    const value = { a: 1 };
    const load = cache.wrap(async () => value, { name: 'load' });
    const [first, second] = await Promise.all([load(), load()]);
    expect([first === value, second === value, (await load()) === value]).toEqual([true, false, false]);
  });

  it('answers with a promise for a value that was saved by hand once it was seen to do so', async () => {
    const { cache } = makeCache();
    const load = cache.wrap((n: number) => Promise.resolve(n), { name: 'load' });
    await load(1);
    const item = load.cache.itemFor(2);
    await item.save(20);
    expect([isPromise(load(2)), await load(2)]).toEqual([true, 20]);
  });
});
