import { describe, expect, it } from '@jest/globals';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { AmbiguousFunctionError } from '../../lib/common/errors.ts';
import { memoryStore } from '../../lib/stores/memory.ts';
import { TempCache } from '../../lib/temp-cache.ts';
import { blindCache } from '../support/identity.ts';
import { useTempFolders } from '../support/temp-folder.ts';

function makeTimes(factor: number): (x: number) => number {
  return function times(x) {
    return x * factor;
  };
}

const REFUSED = expect.objectContaining({ code: 'ERR_TEMPCACHE_AMBIGUOUS_FUNCTION' });

describe('A second function of the same name and source', () => {
  const folder = useTempFolders();

  it('is refused: it may capture another variable', () => {
    const cache = blindCache();
    expect(cache.wrap(makeTimes(2))(10)).toBe(20);
    expect(() => cache.wrap(makeTimes(3))).toThrow(AmbiguousFunctionError);
    expect(() => cache.cacheResult(makeTimes(3), 10)).toThrow(REFUSED);
    expect(() => cache.itemForCall(makeTimes(3), 10)).toThrow(REFUSED);
  });

  it('is refused through another cache object of the same folder', () => {
    const path = folder();
    expect(new TempCache(path, { captures: 'off' }).wrap(makeTimes(2))(10)).toBe(20);
    expect(() => new TempCache(path, { captures: 'off' }).wrap(makeTimes(3))).toThrow(REFUSED);
    expect(() => new TempCache(`${path}/`, { captures: 'off' }).wrap(makeTimes(3))).toThrow(REFUSED);
    expect(() =>
      new TempCache(`${path}/../${path.split('/').at(-1)}`, { captures: 'off' }).cacheResult(makeTimes(3), 10),
    ).toThrow(REFUSED);
  });

  it('is refused through another cache object over the same memory', () => {
    const store = memoryStore();
    new TempCache('a', { store, captures: 'off' }).wrap(makeTimes(2));
    expect(() => new TempCache('b', { store, captures: 'off' }).wrap(makeTimes(3))).toThrow(REFUSED);
  });

  it('is refused in a cache made by with()', () => {
    const cache = blindCache();
    cache.wrap(makeTimes(2));
    expect(() => cache.with({ maxAge: 5 }).wrap(makeTimes(3))).toThrow(REFUSED);
  });

  it('is refused at the place of a call, for a function made anew each time', () => {
    const cache = blindCache();
    const ask = (x: number, factor: number): number =>
      cache.cacheResult(function scale(value: number) {
        return value * factor;
      }, x);
    expect(ask(10, 2)).toBe(20);
    expect(() => ask(10, 3)).toThrow(/wrap the function once, outside of loops and other functions/);
  });

  it('is refused for a wrapper that hides what it wraps', () => {
    const debounce = (fn: (x: number) => number) =>
      function debounced(x: number) {
        return fn(x);
      };
    const cache = blindCache();
    cache.wrap(debounce((x) => x + 1));
    expect(() => cache.wrap(debounce((x) => x - 1))).toThrow(REFUSED);
  });

  it('is refused for lambdas of one name and source in two places', () => {
    const cache = blindCache();
    const here = (factor: number): ((x: number) => number) => {
      const times = (x: number): number => x * factor;
      return times;
    };
    cache.wrap(here(2));
    expect(() => cache.wrap(here(3))).toThrow(REFUSED);
  });

  it('is refused for methods of two classes', () => {
    const makeClass = (rate: number) =>
      class {
        tax(net: number): number {
          return net * rate;
        }
      };
    const cache = blindCache();
    cache.wrap(makeClass(1).prototype.tax);
    expect(() => cache.wrap(makeClass(2).prototype.tax)).toThrow(REFUSED);
  });

  it('is refused after the first was wrapped under a version', () => {
    const cache = blindCache();
    cache.wrap(makeTimes(2), { version: '1' });
    expect(() => cache.wrap(makeTimes(3), { version: '1' })).toThrow(REFUSED);
  });

  it('is refused after the first is gone', async () => {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    const cache = blindCache();
    const wrapAndForget = (): WeakRef<object> => {
      const fn = makeTimes(2);
      cache.cacheResult(fn, 10);
      return new WeakRef(fn);
    };
    const first = wrapAndForget();
    for (let turn = 0; turn < 50 && first.deref() !== undefined; turn++) {
      await new Promise(setImmediate);
      collect();
    }
    expect(first.deref()).toBeUndefined();
    expect(() => cache.cacheResult(makeTimes(3), 10)).toThrow(REFUSED);
  });

  it('is taken in another folder, another memory, and under another salt', () => {
    const cache = new TempCache(folder(), { captures: 'off' });
    expect(cache.wrap(makeTimes(2))(10)).toBe(20);
    expect(new TempCache(folder(), { captures: 'off' }).wrap(makeTimes(3))(10)).toBe(30);
    expect(blindCache().wrap(makeTimes(4))(10)).toBe(40);
    expect(cache.with({ salt: 'other' }).wrap(makeTimes(5))(10)).toBe(50);
  });

  it('is taken with a name, which vouches that both are the same', () => {
    const cached = blindCache().wrap({ sameEverywhere: true });
    expect([cached(makeTimes(2))(10), cached(makeTimes(2))(10)]).toEqual([20, 20]);
  });

  it('never meets the entries of one that was vouched for', () => {
    const cache = blindCache();
    expect(cache.wrap(makeTimes(2), { name: 'times' })(10)).toBe(20);
    expect(cache.wrap(makeTimes(3), { deps: [] })(10)).toBe(30);
    expect(cache.wrap(makeTimes(4))(10)).toBe(40);
  });
});

describe('The same function', () => {
  it('may be wrapped again, and called at the place of a call', () => {
    const cache = blindCache();
    const times = makeTimes(2);
    const [first, second] = [cache.wrap(times), cache.wrap(times, { maxAge: '1h' })];
    expect([first(10), second(10), cache.cacheResult(times, 10)]).toEqual([20, 20, 20]);
    expect(first.cache.itemFor(10).id).toBe(second.cache.itemFor(10).id);
  });

  it('may be wrapped after a wrong option was refused', () => {
    const cache = blindCache();
    const wrong = { name: '', serialize: String } as never;
    expect(() => cache.wrap(makeTimes(2), { serializer: wrong })).toThrow(TypeError);
    expect(cache.wrap(makeTimes(3))(10)).toBe(30);
  });
});

describe('Bound functions', () => {
  function load(this: { readonly from: string }): string {
    return this.from;
  }
  const a = load.bind({ from: 'a' });
  const b = load.bind({ from: 'b' });

  it('are refused when one name is all that tells them apart', () => {
    const cached = blindCache().wrap({ name: 'load' });
    expect(cached(a)()).toBe('a');
    expect(() => cached(b)).toThrow(/the source of neither can be seen/);
  });

  it('are refused when deps are all that tells them apart', () => {
    const cached = blindCache().wrap({ deps: [1] });
    expect(cached(a)()).toBe('a');
    expect(() => cached(b)).toThrow(REFUSED);
  });

  it('keep their own values with names or deps of their own', () => {
    const cache = blindCache();
    expect(cache.wrap(a, { name: 'a' })()).toBe('a');
    expect(cache.wrap(b, { name: 'b' })()).toBe('b');
    expect(cache.wrap(a, { name: 'load', deps: ['a'] })()).toBe('a');
    expect(cache.wrap(b, { name: 'load', deps: ['b'] })()).toBe('b');
  });

  it('are taken for each other with a name and deps, which vouch that they are the same', () => {
    const cached = blindCache().wrap({ name: 'load', deps: ['a'] });
    expect([cached(a)(), cached(load.bind({ from: 'a' }))()]).toEqual(['a', 'a']);
  });

  it('keep their own values where one options object serves functions of several names', () => {
    const cached = blindCache().wrap({ name: 'extreme', deps: [] });
    expect([cached(Math.max)(1, 2), cached(Math.min)(1, 2)]).toEqual([2, 1]);
    const [longest, shortest] = [Math.max.bind(null), Math.min.bind(null)];
    expect([cached(longest)(3, 4), cached(shortest)(3, 4)]).toEqual([4, 3]);
  });
});
