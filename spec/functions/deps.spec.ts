import { describe, expect, it } from '@jest/globals';
import { cacheKey } from '../../lib/keys/cache-key.ts';
import { UnkeyableError } from '../../lib/common/errors.ts';
import { idOfFunction, loneCache, renamed, Session } from '../support/identity.ts';

type Times = (x: number) => number;

function makeTimes(factor: number): Times {
  return function times(x) {
    return x * factor;
  };
}

/** A function that captures another one. */
function makeTwice(inner: Times): Times {
  return function twice(x) {
    return inner(inner(x));
  };
}

const idWith = (...deps: readonly unknown[]): string => idOfFunction(makeTimes(1), { deps });

describe('deps', () => {
  it('tell closures of one factory apart', () => {
    const cache = loneCache();
    const wrap = (factor: number): Times => cache.wrap(makeTimes(factor), { deps: [factor] });
    expect([wrap(2)(10), wrap(3)(10), wrap(2)(10)]).toEqual([20, 30, 20]);
  });

  it('make another identity by what is in them, where it stands, and by being there', () => {
    const ids = [
      idOfFunction(makeTimes(1)),
      idWith(),
      idWith(1),
      idWith(2),
      idWith(1, 2),
      idWith(2, 1),
      idWith([1, 2]),
    ];
    expect(new Set(ids).size).toBe(ids.length);
    expect(idWith({ a: 1, b: 2 })).toBe(idWith({ b: 2, a: 1 }));
  });

  it('are read once, when the function is wrapped', () => {
    const config = { rate: 2 };
    const deps: unknown[] = [config];
    const cache = loneCache();
    const fn = makeTimes(2);
    const times = cache.wrap(fn, { deps });
    const { id } = times.cache.itemFor(10);
    deps.push('more');
    config.rate = 3;
    expect(times.cache.itemFor(10).id).toBe(id);
    expect(cache.itemForCall(fn, 10).id).toBe(id);
    expect(cache.with({ maxAge: 5 }).itemForCall(fn, 10).id).toBe(id);
  });

  it('have to be keyable', () => {
    const db = new Session();
    expect(() => idWith(1, { db })).toThrow(UnkeyableError);
    expect(() => idWith(1, { db })).toThrow(expect.objectContaining({ path: 'deps[1].db' }));
    expect(() => idWith(Symbol('new'))).toThrow(UnkeyableError);
  });

  it('may be instances that say what they are', () => {
    class Db {
      readonly #url: string;
      constructor(url: string) {
        this.#url = url;
      }
      [cacheKey](): string {
        return this.#url;
      }
    }
    expect(idWith(new Db('a'))).toBe(idWith(new Db('a')));
    expect(idWith(new Db('a'))).not.toBe(idWith(new Db('b')));
  });
});

describe('A function among the deps', () => {
  it('counts with its name and its source', () => {
    const plus = (x: number): number => x + 1;
    const minus = (x: number): number => x - 1;
    expect(idWith(plus)).not.toBe(idWith(renamed((x: number): number => x + 1, 'other')));
    expect(idWith(plus)).not.toBe(idWith(renamed(minus, 'plus')));
    expect(idWith(plus)).not.toBe(idWith(['plus', plus.toString()]));
    expect(idWith({ deep: [makeTimes(1)] })).toBe(idWith({ deep: [makeTimes(1)] }));
    expect(idWith({ deep: [makeTimes(1)] })).not.toBe(idWith({ deep: [makeTimes(2)] }));
  });

  it('keeps functions apart that capture it', () => {
    const cache = loneCache();
    const wrap = (inner: Times): Times => cache.wrap(makeTwice(inner), { deps: [inner] });
    expect([wrap((x) => x + 1)(10), wrap((x) => x - 1)(10)]).toEqual([12, 8]);
  });

  it('may be the same for two functions', () => {
    const cache = loneCache();
    const plus = (x: number): number => x + 1;
    cache.wrap(makeTwice(plus), { deps: [plus] });
    expect(cache.wrap(makeTwice(plus), { deps: [plus] })(10)).toBe(12);
  });

  it('is not taken for another one of the same source, which may capture other variables', () => {
    const cache = loneCache();
    const wrap = (inner: Times, ...more: readonly unknown[]): Times =>
      cache.wrap(makeTwice(inner), { deps: [inner, ...more] });
    expect(wrap(makeTimes(2))(10)).toBe(40);
    expect(wrap(makeTimes(3))(10)).toBe(90);
  });

  it('is refused for another one of the same source where nothing shows what these capture', () => {
    const cache = loneCache({ captures: 'off' });
    const wrap = (inner: Times, ...more: readonly unknown[]): Times =>
      cache.wrap(makeTwice(inner), { deps: [inner, ...more] });
    expect(wrap(makeTimes(2))(10)).toBe(40);
    expect(() => wrap(makeTimes(3))).toThrow(/add what these capture to the deps/);
    expect(wrap(makeTimes(3), 3)(10)).toBe(90);
  });

  it('is taken for another one of the same source when a name vouches for both', () => {
    const cached = loneCache();
    const wrap = (inner: Times): Times => cached.wrap(makeTwice(inner), { deps: [inner], name: 'twice' });
    expect([wrap(makeTimes(2))(10), wrap(makeTimes(2))(10)]).toEqual([40, 40]);
  });

  it('counts as what it caches when it is a cached one', () => {
    const inner = loneCache();
    const [double, triple] = [inner.wrap(makeTimes(2), { deps: [2] }), inner.wrap(makeTimes(3), { deps: [3] })];
    expect(idWith(double)).not.toBe(idWith(triple));
    expect(idWith(double)).toBe(idWith(loneCache().wrap(makeTimes(2), { deps: [2] })));
    const cache = loneCache();
    const wrap = (fn: Times): Times => cache.wrap(makeTwice(fn), { deps: [fn] });
    expect([wrap(double)(10), wrap(triple)(10)]).toEqual([40, 90]);
  });

  it('is the same in the cached forms that two caches give it', () => {
    const times = makeTimes(2);
    const cache = loneCache();
    const wrap = (fn: Times): Times => cache.wrap(makeTwice(fn), { deps: [fn] });
    expect([wrap(loneCache().wrap(times))(10), wrap(loneCache().wrap(times))(10)]).toEqual([40, 40]);
  });

  it('is not confused with another one by its cached forms in two caches', () => {
    const cache = loneCache({ captures: 'off' });
    const wrap = (fn: Times): Times => cache.wrap(makeTwice(fn), { deps: [fn] });
    wrap(loneCache().wrap(makeTimes(2)));
    expect(() => wrap(loneCache().wrap(makeTimes(3)))).toThrow(/functions among their deps look alike/);
  });

  it.each([
    ['a native one', Math.max],
    ['a bound one', makeTimes(2).bind(null)],
    ['a proxy', new Proxy(makeTimes(2), {})],
  ])('is refused when it is %s, whose source cannot be seen', (_, fn) => {
    expect(() => idWith({ fn })).toThrow(
      expect.objectContaining({ code: 'ERR_TEMPCACHE_UNKEYABLE', path: 'deps[0].fn' }),
    );
    expect(() => idWith({ fn })).toThrow(/is native or bound/);
  });
});
