import { describe, expect, it } from '@jest/globals';
import { runInThisContext } from 'node:vm';
import { UnkeyableError } from '../../lib/common/errors.ts';
import { loneCache, Session } from '../support/identity.ts';
import { type OneShop, Shop } from '../support/shop.ts';

describe('this', () => {
  it('does not count where the source does not mention it', () => {
    const load = (id: number): string => `user ${id}`;
    const cache = loneCache();
    const cached = cache.wrap(load);
    const api = { load: cached, db: new Session() };
    expect([api.load(1), cached(1)]).toEqual(['user 1', 'user 1']);
    expect(cached.cache.itemFor(1).exists()).toBe(true);
    expect([...cache.items()]).toHaveLength(1);
  });

  it('keeps plain objects apart', () => {
    const price = loneCache().wrap(function price(this: { readonly tax: number }, net: number) {
      return net * this.tax;
    });
    expect([price.call({ tax: 2 }, 10), price.call({ tax: 3 }, 10), price.call({ tax: 2 }, 10)]).toEqual([20, 30, 20]);
  });

  it('keeps instances apart by what they say they are', () => {
    const cache = loneCache();
    const price = cache.wrap(Shop.prototype.price);
    const ask = (tax: number): number => price.call(new Shop(tax), 10);
    expect([ask(2), ask(3), ask(2)]).toEqual([20, 30, 20]);
    expect([...cache.items()]).toHaveLength(2);
  });

  it('keeps a class and its subclass apart', () => {
    class Outlet extends Shop {
      override price(net: number): number {
        return super.price(net) / 2;
      }
    }
    class Branch extends Shop {}
    const cache = loneCache();
    const [price, less] = [cache.wrap(Shop.prototype.price), cache.wrap(Outlet.prototype.price)];
    expect([price.call(new Shop(2), 10), less.call(new Outlet(2), 10)]).toEqual([20, 10]);
    const idOf = (self: OneShop): string => {
      price.call(self, 1);
      return [...cache.items()].map(({ id }) => id).join();
    };
    expect(idOf(new Shop(1))).not.toBe(idOf(new Branch(1)));
  });

  it.each([
    [
      'fields',
      new (class Plain {
        readonly url = 'x';
      })(),
    ],
    [
      'private fields',
      new (class Private {
        readonly #url = 'x';
        url(): string {
          return this.#url;
        }
      })(),
    ],
    ['nothing at all', new Session()],
  ])('is refused for instances with %s: they may hold what cannot be seen', (_, self) => {
    let calls = 0;
    const load = loneCache().wrap(function load(this: unknown) {
      calls++;
      return typeof this;
    });
    expect(() => load.call(self)).toThrow(UnkeyableError);
    expect(() => load.call(self)).toThrow(expect.objectContaining({ path: 'this' }));
    expect(calls).toBe(0);
  });

  it.each([
    [
      'super',
      {
        __proto__: { load: () => 1 },
        load(): unknown {
          return (super['load' as never] as () => unknown)();
        },
      }.load,
    ],
    ['eval', runInThisContext('(function () { return eval("1"); })') as () => unknown],
    [
      'an inner arrow function',
      {
        load(this: unknown): unknown {
          return (() => this)();
        },
      }.load,
    ],
    [
      'a template',
      {
        load(this: unknown): unknown {
          return `it is ${String(this)}`;
        },
      }.load,
    ],
    ['a function of another realm', runInThisContext('(function () { return this; })') as () => unknown],
  ])('counts where it is reached by %s', (_, fn) => {
    const load = loneCache().wrap(fn, { name: 'load' });
    expect(() => load.call(new Session())).toThrow(UnkeyableError);
  });

  it('counts for functions whose source cannot be seen', () => {
    const load = loneCache().wrap(new Proxy(() => 1, {}), { name: 'load' });
    expect(() => load.call(new Session())).toThrow(UnkeyableError);
  });

  it('does not count with ignoreThis', () => {
    const price = loneCache().wrap(Shop.prototype.price, { ignoreThis: true });
    expect([price.call(new Shop(2), 10), price.call(new Shop(3), 10)]).toEqual([20, 20]);
  });

  it('never gives what was computed with ignoreThis to calls where it counts', () => {
    const which = function which(this: { readonly name: string } | undefined): string {
      return this?.name ?? 'nobody';
    };
    const cache = loneCache();
    expect(cache.wrap(which, { ignoreThis: true }).call({ name: 'a' })).toBe('a');
    expect(cache.wrap(which).call(undefined)).toBe('nobody');
  });

  it('is handed to the function and to the option key', () => {
    const tax = function tax(this: OneShop, net: number): number {
      return net * this.tax;
    };
    const cached = loneCache().wrap(tax, {
      key(net) {
        return [this.tax, net];
      },
    });
    expect([cached.call(new Shop(2), 10), cached.call(new Shop(3), 10)]).toEqual([20, 30]);
  });

  it('is undefined for a call at the place of the call', () => {
    const self = function self(this: unknown): boolean {
      return this === undefined;
    };
    expect(loneCache().cacheResult(self)).toBe(true);
  });
});
