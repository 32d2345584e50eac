import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { Buffer } from 'node:buffer';
import { idOf } from '../support/key-ids.ts';

const undo: (() => void)[] = [];

afterEach(() => {
  for (const step of undo.splice(0)) step();
  jest.restoreAllMocks();
});

/** Gives an object another property until the end of the spec. */
function plant(object: object, key: PropertyKey, property: PropertyDescriptor): void {
  const before = Object.getOwnPropertyDescriptor(object, key);
  Object.defineProperty(object, key, { configurable: true, ...property });
  undo.push(() => {
    if (before === undefined) Reflect.deleteProperty(object, key);
    else Object.defineProperty(object, key, before);
  });
}

const nothing = (): never[] => [];

describe('a key holds what an object really holds', () => {
  it.each(['entries', 'values', 'keys', 'forEach', Symbol.iterator] as const)(
    'when %s of Map and Set is another',
    (name) => {
      plant(Map.prototype, name, { value: nothing });
      plant(Set.prototype, name, { value: nothing });
      expect(idOf(new Map([['a', 1]]))).not.toBe(idOf(new Map([['a', 2]])));
      expect(idOf(new Set(['a']))).not.toBe(idOf(new Set(['b'])));
    },
  );

  it('when size of Map is another', () => {
    plant(Map.prototype, 'size', { get: () => 0 });
    expect(idOf(new Map([['a', 1]]))).not.toBe(idOf(new Map()));
  });

  it('when arrays are iterated in another way', () => {
    const plain = [['a', 'b'], { b: 1, a: 2, [Symbol.for('c')]: 3 }, new Map([['a', 1]])];
    const expected = idOf(plain);
    let id = '';
    const { prototype } = Array;
    const iterate = prototype[Symbol.iterator];
    prototype[Symbol.iterator] = nothing as unknown as typeof iterate;
    try {
      id = idOf(plain);
    } finally {
      prototype[Symbol.iterator] = iterate;
    }
    expect(id).toBe(expected);
  });

  it('when toJSON, valueOf and toString say something else', () => {
    const lie = (): string => 'b';
    for (const name of ['toJSON', 'valueOf', 'toString']) {
      plant(Date.prototype, name, { value: lie });
      plant(Number.prototype, name, { value: lie });
      plant(URL.prototype, name, { value: lie });
      plant(URLSearchParams.prototype, name, { value: lie });
    }
    expect(idOf(new Date(1))).not.toBe(idOf(new Date(2)));
    expect(idOf(Object(1))).not.toBe(idOf(Object(2)));
    expect(idOf(new URL('a:1'))).not.toBe(idOf(new URL('a:2')));
    expect(idOf(new URLSearchParams('1'))).not.toBe(idOf(new URLSearchParams('2')));
  });

  it('when the accessors of a class are others', () => {
    plant(RegExp.prototype, 'source', { get: () => 'b' });
    plant(RegExp.prototype, 'flags', { get: () => '' });
    plant(URL.prototype, 'href', { get: () => 'a:b' });
    plant(Date.prototype, 'getTime', { value: () => 1 });
    expect(idOf(/a/g)).not.toBe(idOf(/b/i));
    expect(idOf(new URL('a:1'))).not.toBe(idOf(new URL('a:2')));
    expect(idOf(new Date(1))).not.toBe(idOf(new Date(2)));
  });

  it('when a view says that it shows other memory', () => {
    const liar = Object.defineProperty(Buffer.from('a'), 'buffer', { value: Uint8Array.of(98).buffer });
    Object.defineProperty(liar, 'byteOffset', { value: 0 });
    Object.defineProperty(liar, 'byteLength', { value: 0 });
    expect(idOf(liar)).toBe(idOf(Buffer.from('a')));
  });
});

/** The ids of values while every object, of Jest's own realm too, inherits a property. */
function idsBeside(values: readonly unknown[], key: string, property: unknown): string[] {
  const prototypes = [Object.prototype, Object.getPrototypeOf({}) as object];
  for (const prototype of prototypes) Reflect.set(prototype, key, property);
  try {
    return values.map(idOf);
  } finally {
    for (const prototype of prototypes) Reflect.deleteProperty(prototype, key);
  }
}

describe('a property that all objects inherit', () => {
  const values = [{}, { a: 1 }, { a: 2 }, [1], [1, , 3], [1, 'x', 3], [], [,], new Map([[1, 2]]), new Error('a'), /a/];

  it.each(['value', 'writable', 'length', 'a', 'name', '1', 'lastIndex', 'raw'])('named %s changes no key', (name) => {
    expect(idsBeside(values, name, 'x')).toEqual(values.map(idOf));
  });

  it('is what an error inherits, too', () => {
    expect(idsBeside([new Error('a')], 'cause', 'x')).not.toEqual([idOf(new Error('a'))]);
  });

  it('makes no value of an accessor', () => {
    const accessor = Object.defineProperty({}, 'a', { get: () => 1, enumerable: true });
    expect(() => idsBeside([accessor], 'value', 'x')).toThrow(/accessor/);
  });
});
