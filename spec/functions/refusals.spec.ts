import { describe, expect, it } from '@jest/globals';
import { AnonymousFunctionError } from '../../lib/common/errors.ts';
import type { FreeFunction } from '../../lib/functions/source.ts';
import { blindCache, loneCache, renamed } from '../support/identity.ts';

function load(this: unknown): string {
  return 'value';
}

class Shop {
  readonly name = 'shop';
}

const nameless: readonly (readonly [string, FreeFunction])[] = [
  [
    'an arrow function',
    (
      () => () =>
        1
    )(),
  ],
  [
    'a function expression',
    (() =>
      function () {
        return 1;
      })(),
  ],
  ['a function whose name was overwritten', renamed(() => 1, '')],
  ['a function whose name is no text', renamed(() => 1, { toString: () => 'load' })],
  [
    'a method under an empty name',
    {
      ''() {
        return 1;
      },
    }[''],
  ],
];

const opaque: readonly (readonly [string, FreeFunction])[] = [
  ['a native function', Math.max],
  ['a bound function', load.bind({})],
  ['a bound function of a name that was overwritten', renamed(load.bind({}), 'load')],
  ['a proxy of a function', new Proxy(load, {})],
  ['Function.prototype', Function.prototype as FreeFunction],
];

describe('wrap and cacheResult', () => {
  it.each(nameless)('take %s without a name', (_, fn) => {
    const cached = loneCache().wrap(fn);
    expect([cached(), cached()]).toEqual([1, 1]);
    expect(loneCache().cacheResult(fn)).toBe(1);
  });

  it.each(nameless)('refuse %s without a name where nothing shows what functions capture', (_, fn) => {
    expect(() => blindCache().wrap(fn)).toThrow(AnonymousFunctionError);
    expect(() => blindCache().cacheResult(fn)).toThrow(
      expect.objectContaining({ code: 'ERR_TEMPCACHE_ANONYMOUS_FUNCTION' }),
    );
    expect(() => blindCache().itemForCall(fn)).toThrow(/cannot be told from others: wrap it with \{ name/);
  });

  it.each(opaque)('refuse %s, whose source cannot be seen, where nothing shows what it stands for', (_, fn) => {
    expect(() => blindCache().wrap(fn)).toThrow(AnonymousFunctionError);
    expect(() => blindCache().cacheResult(fn)).toThrow(/is native or bound: its source cannot be seen/);
    expect(() => blindCache().wrap(fn, { version: '3' })).toThrow(AnonymousFunctionError);
  });

  it.each([
    ['a native function', Math.max],
    ['Function.prototype', Function.prototype as FreeFunction],
  ])('refuse %s, which stands for nothing that can be seen', (_, fn) => {
    expect(() => loneCache().wrap(fn)).toThrow(/is native or bound: its source cannot be seen/);
  });

  it('take a bound function, and a proxy of a function, and tell them by what they stand for', () => {
    const cache = loneCache();
    const scale = (factor: number, x: number): number => factor * x;
    const scales = [2, 3, 2].map((factor) => cache.wrap(scale.bind(undefined, factor)));
    expect(scales.map((one) => one(10))).toEqual([20, 30, 20]);
    const sharp = { apply: () => 'sharp' };
    const proxies = [{}, sharp, {}].map((handler) => cache.wrap(new Proxy(load, handler)));
    expect(proxies.map((one) => one())).toEqual(['value', 'sharp', 'value']);
  });

  it.each([...nameless, ...opaque])('take %s with a name or with deps', (_, fn) => {
    expect(typeof loneCache().wrap(fn, { name: 'load' })).toBe('function');
    expect(typeof loneCache().wrap(fn, { deps: [] })).toBe('function');
  });

  it('serve a native function by its name', () => {
    const longest = loneCache().wrap(Math.max, { name: 'longest' });
    expect([longest(1, 5), longest(1, 5), longest(7)]).toEqual([5, 5, 7]);
  });

  it.each([
    ['a class', Shop],
    ['a class without a name', (() => class extends Object {})()],
    ['a class that extends', class extends Shop {}],
  ])('refuse %s, which is called with new', (_, Class) => {
    const refused = expect.objectContaining({ name: 'TypeError', code: 'ERR_INVALID_ARG_VALUE' });
    expect(() => loneCache().wrap(Class as unknown as FreeFunction)).toThrow(refused);
    expect(() => loneCache().wrap(Class as unknown as FreeFunction, { name: 'x' })).toThrow(/A class cannot be cached/);
  });

  it('take a method called class', () => {
    const school = { class: (year: number) => year };
    const method = {
      class(year: number) {
        return year;
      },
    };
    expect(loneCache().wrap(method.class)(5)).toBe(5);
    expect(loneCache().wrap(school.class)(5)).toBe(5);
  });

  it.each([[5], ['load'], [null], [undefined], [{}]])('refuse %p, which is no function', (what) => {
    expect(() => loneCache().cacheResult(what as never)).toThrow(/Only a function can be cached/);
    expect(() => loneCache().wrap({ name: 'x' })(what as never)).toThrow(/Only a function can be cached/);
    expect(() => loneCache().wrap(what as FreeFunction, { name: 'x' })).toThrow(/Only a function can be cached/);
  });

  it('refuse options that are none at once, not when the function comes', () => {
    for (const options of [5, 'load', null, [], true]) {
      expect(() => loneCache().wrap(options as never)).toThrow(/The options of wrap\(\) must be an object/);
    }
  });

  it('do not take what a map hands over for options', () => {
    const { wrap } = loneCache();
    expect(() => [load].map(wrap as never)).toThrow(/must be an object; they are 0/);
  });
});
