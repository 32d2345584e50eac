import { describe, expect, it } from '@jest/globals';
import type { CachedFunction } from '../../lib/functions/cached-function.ts';
import { cacheKey } from '../../lib/keys/cache-key.ts';
import { loneCache } from '../support/identity.ts';
import { Shop } from '../support/shop.ts';

/** What compilers hand to a standard decorator, at a method unless it says otherwise. */
function contextOf(parts: object = {}): never {
  const context = { kind: 'method', name: 'price', static: false, private: false, metadata: {} };
  return { ...context, addInitializer: () => undefined, ...parts } as never;
}

const { price } = Shop.prototype;

describe('wrap as a decorator', () => {
  it('gives the method, cached, with options or without, wherever it is taken from', () => {
    const { wrap } = loneCache();
    const decorated = [wrap(price, contextOf()), wrap({ version: '2' })(price, contextOf())];
    for (const cached of decorated) {
      expect([cached.name, cached.length, cached.cache.original]).toEqual(['price', 1, price]);
      expect([cached.call(new Shop(2), 10), cached.call(new Shop(3), 10)]).toEqual([20, 30]);
      expect(cached.cache.stats()).toMatchObject({ misses: 2 });
    }
  });

  it('takes its options into account', () => {
    const cached = loneCache().wrap({ ignoreThis: true })(price, contextOf());
    expect([cached.call(new Shop(2), 10), cached.call(new Shop(3), 10)]).toEqual([20, 20]);
  });

  it('gives a private method its name where the compiler has not', () => {
    const nameless = Object.defineProperty((id: number) => id, 'name', { value: '', configurable: true });
    const cached = loneCache().wrap(nameless, contextOf({ name: '#load', private: true }));
    expect([cached.name, cached(1)]).toEqual(['#load', 1]);
  });

  it.each([
    ['class', Shop, /not the class price: decorate its methods/],
    ['getter', () => 1, /not the getter price: let it call a method/],
    ['setter', () => undefined, /not the setter price: make it a method/],
    ['field', undefined, /not the field price: make it a method/],
    ['accessor', { get: (): number => 1 }, /not the accessor price: make it a method/],
    ['enum', undefined, /not the enum price/],
  ])('refuses a %s', (kind, value, message) => {
    const cache = loneCache();
    for (const decorate of [cache.wrap, cache.wrap({ maxAge: '1h' })]) {
      const attempt = () => (decorate as (...args: unknown[]) => unknown)(value, contextOf({ kind }));
      expect(attempt).toThrow(message);
      expect(attempt).toThrow(expect.objectContaining({ name: 'TypeError', code: 'ERR_INVALID_ARG_VALUE' }));
    }
  });

  it('is a decorator of the older kind where it is given the key of a member and what describes it', () => {
    const described = Object.getOwnPropertyDescriptor(Shop.prototype, 'price') as TypedPropertyDescriptor<typeof price>;
    for (const key of ['price', cacheKey]) {
      const { wrap } = loneCache();
      for (const decorate of [wrap, wrap({ version: key === 'price' ? '1' : '2' })]) {
        const { value: cached, ...rest } = decorate(Shop.prototype, key, described) as typeof described;
        expect(rest).toEqual({ configurable: true, enumerable: false, writable: true });
        expect([cached?.call(new Shop(2), 10), cached?.call(new Shop(2), 10)]).toEqual([20, 20]);
        expect((cached as unknown as CachedFunction<typeof price>).cache.stats()).toMatchObject({ hits: 1, misses: 1 });
      }
    }
  });

  it.each([
    ['a field', undefined, /not the field tax: make it a method/],
    ['a field of Babel', { initializer: () => 1 }, /not the field tax: make it a method/],
    ['a getter', { get: () => 1 }, /not the getter tax: let it call a method/],
    ['a parameter', 0, /not the field tax/],
  ])('refuses as one of the older kind %s', (_, descriptor, message) => {
    const cache = loneCache();
    for (const decorate of [cache.wrap, cache.wrap({ maxAge: '1h' })]) {
      const attempt = () => (decorate as (...args: unknown[]) => unknown)(Shop.prototype, 'tax', descriptor);
      expect(attempt).toThrow(message);
      expect(attempt).toThrow(expect.objectContaining({ name: 'TypeError', code: 'ERR_INVALID_ARG_VALUE' }));
    }
  });

  it('does not take options for a decorator', () => {
    expect(() => loneCache().wrap(price, { kind: 'method' } as never)).toThrow(/kind/);
  });

  it('may be handed to map', () => {
    const wrap = loneCache().wrap({ maxAge: '1h' });
    expect([function one() {}, function two() {}].map(wrap as never)).toHaveLength(2);
  });
});
