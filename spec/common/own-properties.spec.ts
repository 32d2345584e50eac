import { describe, expect, it } from '@jest/globals';
import { Buffer } from 'node:buffer';
import { hasExtraProperties, hasOwnNames } from '../../lib/common/own-properties.ts';

type List = ArrayLike<unknown> & object;

const LENGTHS = [0, 1, 2, 39, 40, 41, 99, 5000];
const full = (length: number): unknown[] => Array.from({ length }, (_, index) => index);
const holes = (length: number): unknown[] => Object.assign([] as unknown[], { length });

const lists: readonly (readonly [string, (length: number) => List])[] = [
  ['an array', full],
  ['an array of holes', holes],
  ['an array of objects', (length) => full(length).map(() => ({ a: [] }))],
  ['an array of texts', (length) => full(length).map(() => ' ]')],
  ['a proxy of an array', (length) => new Proxy(full(length), {})],
  ['a typed array', (length) => new Float64Array(length)],
  ['a Buffer', (length) => Buffer.alloc(length)],
];

const extras: readonly PropertyKey[] = [
  'a',
  '',
  '-1',
  '01',
  '1.5',
  '4294967295',
  'length ',
  '[ ... 41 more items ]',
  '... 99 more items',
  Symbol('a'),
  Symbol.for('a'),
];

describe.each(lists)('%s', (_name, make) => {
  it.each(LENGTHS)('of length %d has no further properties', (length) => {
    expect(hasExtraProperties(make(length))).toBe(false);
  });

  it.each(LENGTHS)('of length %d has those that it is given', (length) => {
    for (const key of extras) {
      // Typed arrays take no property whose name is a number in its usual spelling.
      if (!Array.isArray(make(0)) && ['-1', '1.5', '4294967295'].includes(key as string)) continue;
      const list = make(length);
      Object.defineProperty(list, key, { value: 1, enumerable: true });
      expect(`${String(key)}: ${hasExtraProperties(list)}`).toBe(`${String(key)}: true`);
    }
  });

  it.each(LENGTHS)('of length %d may have hidden ones', (length) => {
    expect(hasExtraProperties(Object.defineProperty(make(length), 'a', { value: 1 }))).toBe(false);
  });
});

describe('hasOwnNames', () => {
  it.each(LENGTHS)('is false for an array of length %d', (length) => {
    for (const make of [full, holes]) expect(hasOwnNames(make(length))).toBe(false);
    expect(hasOwnNames(new Proxy(full(length), {}))).toBe(false);
  });

  it.each(LENGTHS)('sees hidden properties of an array of length %d', (length) => {
    for (const key of extras) {
      expect(hasOwnNames(Object.defineProperty(full(length), key, { value: 1 }))).toBe(true);
      expect(hasOwnNames(Object.defineProperty(full(length), key, { value: 1, enumerable: true }))).toBe(true);
    }
  });
});

it('sees what a long array has through a proxy', () => {
  const handler: ProxyHandler<unknown[]> = {
    ownKeys: (target) => [...Reflect.ownKeys(target), 'a'],
    getOwnPropertyDescriptor: (target, key) =>
      key === 'a' ? { value: 1, enumerable: true, configurable: true } : Reflect.getOwnPropertyDescriptor(target, key),
  };
  expect(hasExtraProperties(new Proxy(full(99), handler))).toBe(true);
  expect(hasOwnNames(new Proxy(full(99), handler))).toBe(true);
});
