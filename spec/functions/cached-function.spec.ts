import { describe, expect, it } from '@jest/globals';
import { CacheItem } from '../../lib/cache-item.ts';
import { memoryStore } from '../../lib/stores/memory.ts';
import { TempCache } from '../../lib/temp-cache.ts';
import { blindCache, loneCache, renamed, Session } from '../support/identity.ts';

function load(id: number, size = 1, ...rest: readonly number[]): string {
  return [id, size, ...rest].join();
}

describe('A cached function', () => {
  it('has the name, the length and the results of the original', () => {
    const cached = loneCache().wrap(load);
    expect([cached.name, cached.length]).toEqual(['load', 1]);
    expect([cached(1), cached(1, 2, 3), cached(1)]).toEqual(['1,1', '1,2,3', '1,1']);
    expect(loneCache().wrap(load, { name: 'other' }).name).toBe('load');
  });

  it('has one property more, which cannot be changed', () => {
    const cached = loneCache().wrap(load);
    expect(new Set(Reflect.ownKeys(cached))).toEqual(new Set(['cache', 'length', 'name']));
    expect(Object.keys(cached)).toEqual(['cache']);
    expect(() => Object.assign(cached, { cache: {} })).toThrow(TypeError);
    expect(() => Object.assign(cached.cache, { original: load })).toThrow(TypeError);
    const members = [
      'captures',
      'clear',
      'explain',
      'itemFor',
      'maxAge',
      'original',
      'prune',
      'refresh',
      'run',
      'stats',
    ];
    expect(new Set(Object.keys(cached.cache))).toEqual(new Set(members));
  });

  it('has the own properties of the original, but for those that are its own', () => {
    const tag = Symbol('tag');
    const original = Object.assign((id: number) => id, { route: '/ids', [tag]: 1, cache: 'another' });
    Object.defineProperty(original, 'hidden', { get: () => 'read' });
    const cached = loneCache().wrap(original);
    expect([cached.route, cached[tag], (cached as unknown as { hidden: string }).hidden]).toEqual(['/ids', 1, 'read']);
    expect(Object.keys(cached)).toEqual(['route', 'cache']);
    expect((cached.cache as unknown as { original: unknown }).original).toBe(original);
  });

  it('is no constructor', () => {
    const cached: unknown = loneCache().wrap(load);
    expect(() => new (cached as new () => unknown)()).toThrow(/is not a constructor/);
    expect(Object.hasOwn(cached as object, 'prototype')).toBe(false);
  });

  it('knows its original and its items', () => {
    const cached = loneCache().wrap(load);
    expect(cached.cache.original).toBe(load);
    const item = cached.cache.itemFor(1);
    expect(item).toBeInstanceOf(CacheItem);
    expect(item.exists()).toBe(false);
    cached(1);
    expect(item.load()).toBe('1,1');
    item.save('saved by hand');
    expect(cached(1)).toBe('saved by hand');
  });

  it('tells f() from f(undefined), and a default from the same value', () => {
    const count = (...args: readonly unknown[]): number => args.length;
    const cached = loneCache().wrap(count);
    expect([cached(), cached(undefined), cached(undefined, undefined)]).toEqual([0, 1, 2]);
  });

  it('takes over a name or length that is no name or length', () => {
    const odd = Object.defineProperty(
      renamed(() => 1, 5),
      'length',
      { value: 'long' },
    );
    const cached = loneCache().wrap(odd, { name: 'odd' });
    expect([cached.name, cached.length]).toEqual(['', 'long']);
  });

  it('may call itself', () => {
    const factorial: (n: number) => number = loneCache().wrap(function factorial(n: number): number {
      return n < 2 ? 1 : n * factorialAgain(n - 1);
    });
    const factorialAgain = factorial;
    expect(factorial(10)).toBe(3_628_800);
  });

  it('may be made by a wrap that was taken off its cache', () => {
    const { wrap } = loneCache();
    expect(wrap(load)(1)).toBe('1,1');
    expect(wrap({ maxAge: '1h' })(load)(1)).toBe('1,1');
    expect(wrap()(load)(1)).toBe('1,1');
  });

  it('answers with promises over a store that does, failures of a plain function included', async () => {
    const remote = new TempCache('remote', { store: memoryStore({ async: true }) });
    const cached = remote.wrap(load);
    const answers = [cached(1), cached(1)];
    expect(answers.map((answer) => typeof answer.then)).toEqual(['function', 'function']);
    expect(await Promise.all(answers)).toEqual(['1,1', '1,1']);
    const failing = remote.wrap(function fail(): never {
      throw new Error('mine');
    });
    await expect(failing()).rejects.toThrow('mine');
    expect(await cached.cache.itemFor(1).load()).toBe('1,1');
  });

  it('answers with promises over a store that does when the cache is off, too', async () => {
    const remote = new TempCache('remote', { store: memoryStore({ async: true }), mode: 'off' });
    const failing = remote.wrap(function fail(): never {
      throw new Error('mine');
    });
    await expect(
      remote
        .wrap(load)(1)
        .then((value) => `then ${value}`),
    ).resolves.toBe('then 1,1');
    await expect(failing()).rejects.toThrow('mine');
  });
});

describe('A cached function that is wrapped again', () => {
  it('is not confused with another one', () => {
    const inner = loneCache();
    const [one, two] = [renamed(() => 'one', 'load'), renamed(() => 'two', 'load')].map((fn) => inner.wrap(fn));
    const outer = loneCache();
    expect([one, two].map((fn) => outer.wrap(fn as () => string)())).toEqual(['one', 'two']);
  });

  it('is refused when its original looks like that of another one, and nothing shows what they capture', () => {
    const makeRead = (value: string) =>
      function read() {
        return value;
      };
    const outer = blindCache();
    expect(outer.wrap(blindCache().wrap(makeRead('one')))()).toBe('one');
    expect(() => outer.wrap(blindCache().wrap(makeRead('two')))).toThrow(
      expect.objectContaining({ code: 'ERR_TEMPCACHE_AMBIGUOUS_FUNCTION' }),
    );
  });

  it('keeps the identity that its options gave it', () => {
    const makeRead = (value: string) =>
      function read() {
        return value;
      };
    const [inner, outer] = [loneCache(), loneCache()];
    const [one, two] = ['one', 'two'].map((value) => inner.wrap(makeRead(value), { deps: [value] }));
    expect([one, two].map((fn) => outer.wrap(fn as () => string)())).toEqual(['one', 'two']);
  });

  it('needs no name when what it caches was given one', () => {
    const max = loneCache().wrap(Math.max, { name: 'max' });
    expect(loneCache().wrap(max)(1, 2)).toBe(2);
    const nameless = loneCache().wrap(
      (
        () => () =>
          'value'
      )(),
      { name: 'load' },
    );
    expect(loneCache().wrap(nameless)()).toBe('value');
  });

  it('has a this that counts only where the original mentions it', () => {
    const api = { load: loneCache().wrap(loneCache().wrap(load)), db: new Session() };
    expect(api.load(1)).toBe('1,1');
  });
});
