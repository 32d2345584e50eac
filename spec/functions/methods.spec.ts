import { describe, expect, it } from '@jest/globals';
import { AmbiguousFunctionError, AnonymousFunctionError, UnkeyableError } from '../../lib/common/errors.ts';
import { cacheKey } from '../../lib/keys/cache-key.ts';
import type { TempCache } from '../../lib/temp-cache.ts';
import { blindCache, loneCache } from '../support/identity.ts';

/** A class of its own at each call, with the same source. */
function makeShop(tax: number) {
  return class Shop {
    price(net: number): number {
      return net * tax;
    }
    [cacheKey](): string {
      return 'shop';
    }
  };
}

describe('Methods of the same source', () => {
  it('of two classes keep their own values', () => {
    const cache = loneCache();
    const prices = [2, 3, 2].map((tax) => {
      const Shop = makeShop(tax);
      return cache.wrap(Shop.prototype.price).call(new Shop(), 10);
    });
    expect(prices).toEqual([20, 30, 20]);
  });

  it('of two classes are refused where nothing shows what they capture, and the error says what to do', () => {
    const cache = blindCache();
    const [one, two] = [makeShop(2), makeShop(3)];
    const price = cache.wrap(one.prototype.price);
    expect(price.call(new one(), 10)).toBe(20);
    expect(() => cache.wrap(two.prototype.price)).toThrow(AmbiguousFunctionError);
    expect(() => cache.wrap(two.prototype.price)).toThrow(/give each a \{ name \} of its own, such as 'User\.load'/);
  });

  it('of two classes are kept apart by the names that they are given', () => {
    const cache = loneCache();
    const [one, two] = [makeShop(2), makeShop(3)];
    const prices = [cache.wrap(one.prototype.price, { name: 'one' }), cache.wrap(two.prototype.price, { name: 'two' })];
    expect(prices.map((price) => price.call(new one(), 10))).toEqual([20, 30]);
  });

  it('of two object literals are refused there', () => {
    const make = (tax: number) => ({
      price(net: number): number {
        return net * tax;
      },
    });
    const cache = blindCache();
    cache.wrap(make(2).price);
    expect(() => cache.wrap(make(3).price)).toThrow(AmbiguousFunctionError);
  });
});

describe('A method that has lost its this', () => {
  const counter = {
    count: 2,
    next(): number {
      return this.count + 1;
    },
  };

  it('fails as it does without a cache', () => {
    const next = loneCache().wrap(counter.next);
    expect(() => (next as (this: void) => number)()).toThrow(TypeError);
  });

  it('has entries of its own where it can do without', () => {
    const which = loneCache().wrap(
      {
        which(this: { readonly name: string } | undefined): string {
          return this?.name ?? 'nobody';
        },
      }.which,
    );
    expect([which.call({ name: 'a' }), which.call(undefined), which.call({ name: 'b' })]).toEqual(['a', 'nobody', 'b']);
  });

  it('is refused when it is bound and nothing shows to what, unless names and deps tell', () => {
    const cache = blindCache();
    const bind = (count: number) => counter.next.bind({ ...counter, count });
    expect(() => cache.wrap(bind(1))).toThrow(AnonymousFunctionError);
    expect(cache.wrap(bind(1), { name: 'next' })()).toBe(2);
    expect(() => cache.wrap(bind(5), { name: 'next' })).toThrow(AmbiguousFunctionError);
    expect([1, 5].map((count) => cache.wrap(bind(count), { name: 'next', deps: [count] })())).toEqual([2, 6]);
  });

  it('is keyed by the object that has borrowed it', () => {
    const next = loneCache().wrap(counter.next);
    const ask = (self: object): number => next.call(self as never);
    expect([ask({ count: 1 }), ask({ count: 5 }), ask({ count: 1 })]).toEqual([2, 6, 2]);
    expect(() => ask({ count: 1, next })).toThrow(expect.objectContaining({ path: 'this.next' }));
  });

  it('is keyed in an object literal by what that says of itself', () => {
    const { wrap } = loneCache();
    const make = (count: number) => ({ count, next, [cacheKey]: () => count });
    const next = wrap(counter.next);
    expect([make(1).next(), make(5).next(), make(1).next()]).toEqual([2, 6, 2]);
  });
});

describe('An arrow function in a field', () => {
  function makeClass(cache: TempCache, options: object) {
    return class Shop {
      readonly tax: number;
      readonly price: (net: number) => number;
      constructor(tax: number) {
        this.tax = tax;
        const deps = 'deps' in options ? { deps: [tax] } : {};
        this.price = cache.wrap((net: number) => net * this.tax, { name: 'price', ...options, ...deps });
      }
      [cacheKey](): number {
        return this.tax;
      }
    };
  }

  it('goes without the cache for a second instance, for which this it has captured cannot be seen', () => {
    const Shop = makeClass(loneCache(), {});
    const [one, two] = [new Shop(2), new Shop(3)];
    expect([one.price(10), two.price(10), one.price(10)]).toEqual([20, 30, 20]);
  });

  it('is refused for a second instance, although it has a name, where nothing shows what functions capture', () => {
    const Shop = makeClass(blindCache(), {});
    const { price } = new Shop(2);
    expect(price(10)).toBe(20);
    expect(() => new Shop(3)).toThrow(AmbiguousFunctionError);
    expect(() => new Shop(3)).toThrow(/takes `this` from where it stands.*deps/);
  });

  it('is kept apart by deps', () => {
    const Shop = makeClass(loneCache(), { deps: true });
    const prices = [new Shop(2), new Shop(3), new Shop(2)].map(({ price }) => price);
    expect(prices.map((price) => price(10))).toEqual([20, 30, 20]);
  });
});

describe('A this that cannot be keyed', () => {
  it('is told with all that can be done about it', () => {
    const load = loneCache().wrap(function load(this: unknown) {
      return this;
    });
    const Plain = class Plain {
      readonly url = 'x';
    };
    const ask = (self: unknown) => () => load.call(self);
    expect(ask(new Plain())).toThrow(/give the class a method \[cacheKey\]\(\).*`key`.*`ignoreThis`/);
    expect(ask(Plain)).toThrow(UnkeyableError);
    expect(ask(Plain)).toThrow(/Plain, a class.*give it a static method \[cacheKey\]\(\).*`ignoreThis`/);
    let looks = 0;
    const getOwnPropertyDescriptor = () => void looks++;
    expect(ask(new Proxy(Plain, { getOwnPropertyDescriptor }))).toThrow(UnkeyableError);
    expect(looks).toBe(0);
  });

  it('is no class that says what it is', () => {
    const self = loneCache().wrap(function self(this: { readonly name: string }) {
      return this.name;
    });
    const make = (name: string) =>
      Object.defineProperty(
        class {
          readonly url = 'x';
        },
        'name',
        { value: name },
      );
    const say = (shop: object): string => self.call(Object.assign(shop, { [cacheKey]: () => 1 }) as never);
    expect([say(make('One')), say(make('Two'))]).toEqual(['One', 'Two']);
  });
});
