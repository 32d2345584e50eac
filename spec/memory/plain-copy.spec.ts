import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { deserialize, serialize } from 'node:v8';
import { copierOf } from '../../lib/memory/plain-copy.ts';

/** Every object in a value. */
function objectsIn(value: unknown): object[] {
  if (typeof value !== 'object' || value === null) return [];
  return [value, ...Object.values(value).flatMap(objectsIn)];
}

/** The value with the built-ins that every value has outside of specs: literals have those of the spec alone. */
function outer<T>(value: T): T {
  return deserialize(serialize(value)) as T;
}

const shared = { a: 1 };
const cyclic: unknown[] = [];
cyclic.push(cyclic);
const VISIBLE = { value: { a: 1 }, writable: true, enumerable: true, configurable: true };

const OTHERS: readonly (readonly [string, unknown])[] = [
  ['one object in two places', outer([shared, shared])],
  ['a cycle', outer(cyclic)],
  ['a date', outer(new Date(0))],
  ['a map within', outer({ map: new Map() })],
  ['bytes', outer(new Uint8Array(3))],
  [
    'an instance of a class',
    new (class Some {
      a = 1;
    })(),
  ],
  ['a null prototype', Object.create(null)],
  ['a hole', outer([1, , 2])],
  ['an array with a property', Object.assign(outer([1]), { more: 2 })],
  ['an accessor', Object.defineProperty(outer({}), 'a', { get: () => 1, enumerable: true, configurable: true })],
  ['a property that is hidden', Object.defineProperty(outer({}), 'a', { ...VISIBLE, enumerable: false })],
  ['a property that is fixed', Object.defineProperty(outer({}), 'a', { ...VISIBLE, configurable: false })],
  ['a frozen object', Object.freeze(outer({ a: 1 }))],
  ['an array that takes no more', Object.preventExtensions(outer([1]))],
  ['a symbol for a key', Object.assign(outer({}), { [Symbol.for('a')]: 1 })],
  ['__proto__ for a key', Object.defineProperty(outer({}), '__proto__', VISIBLE)],
  ['a function', Object.assign(outer({}), { a: () => 1 })],
  ['a symbol', Object.assign(outer([1]), [Symbol.for('a')])],
  ['more elements than it copies', outer(Array.from({ length: 10_001 }, () => 0))],
  ['more depth than it copies', outer(JSON.parse('['.repeat(102) + ']'.repeat(102)))],
];

describe('A copier', () => {
  it('gives the same value of JSON again and again, with keys in the same order, and nothing in it twice', () => {
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: 'binary' }), (value) => {
        const plain: unknown = outer(value);
        fc.pre(!JSON.stringify(value).includes('__proto__'));
        const copier = copierOf(plain);
        const copies = [copier?.(), copier?.()];
        for (const copy of copies) {
          expect(copy).toStrictEqual(plain);
          expect(JSON.stringify(copy)).toBe(JSON.stringify(plain));
        }
        const all = [plain, ...copies].flatMap(objectsIn);
        expect(new Set(all).size).toBe(all.length);
      }),
    );
  });

  it('copies what JSON does not know but cannot be changed', () => {
    const value = outer({ nothing: undefined, not: Number.NaN, minus: -0, big: 2n ** 70n, end: Infinity });
    expect(copierOf(value)?.()).toStrictEqual(value);
  });

  it.each(OTHERS)('is not made for %s', (_name, value) => {
    expect(copierOf(Object.assign(outer({}), { within: Object.assign(outer([1]), [1]) }))).toBeDefined();
    expect(copierOf(value)).toBeUndefined();
    expect(copierOf(Object.assign(outer({}), { within: Object.assign(outer([1]), [value]) }))).toBeUndefined();
  });
});
