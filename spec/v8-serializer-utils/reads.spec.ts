import { describe, expect, it } from '@jest/globals';
import { v8Serializer } from '../../lib/serializers/v8.ts';

const serializer = v8Serializer({ accessors: 'value' });
const roundTrip = (value: unknown): unknown => serializer.deserialize(serializer.serialize(value));

describe('accessors: "value"', () => {
  it('stores what a getter gives as a plain property, and calls it once', () => {
    let calls = 0;
    const value = {
      id: 1,
      get text() {
        return `text ${++calls}`;
      },
    };
    const read = roundTrip(value) as object;
    expect(calls).toBe(1);
    expect(Object.getOwnPropertyDescriptors(read)).toEqual(Object.getOwnPropertyDescriptors({ id: 1, text: 'text 1' }));
  });

  it('keeps hidden ones hidden, and reads those of arrays, of symbols and within what getters give', () => {
    const key = Symbol.for('key');
    const hidden = Object.defineProperty({}, 'a', {
      get: () => ({
        get b() {
          return 2;
        },
      }),
    });
    const list = Object.defineProperty([1], 'more', { get: () => 3, enumerable: true, configurable: true });
    const read = roundTrip({
      hidden,
      list,
      get [key]() {
        return 4;
      },
    }) as Record<PropertyKey, object>;
    expect(Object.getOwnPropertyDescriptor(read['hidden'], 'a')).toEqual({
      value: { b: 2 },
      enumerable: false,
      configurable: false,
      writable: true,
    });
    expect(Object.entries(read['list'] as object)).toEqual([
      ['0', 1],
      ['more', 3],
    ]);
    expect(read[key]).toBe(4);
  });

  it('are told from other properties where all objects inherit a value', () => {
    const value = {
      get text() {
        return 'own';
      },
    };
    Reflect.defineProperty(Object.prototype, 'value', { value: 'inherited', configurable: true });
    try {
      expect((roundTrip(value) as typeof value).text).toBe('own');
      expect(() => v8Serializer().serialize(value)).toThrow(/value\.text is a getter or setter/);
    } finally {
      Reflect.deleteProperty(Object.prototype, 'value');
    }
  });

  it('reads a setter alone as undefined', () => {
    expect(roundTrip({ set a(_: number) {} })).toStrictEqual({ a: undefined });
  });

  it('refuses what a getter put where it was checked already', () => {
    class Own {
      id = 1;
    }
    const value = {
      first: {} as object,
      get second() {
        Object.assign(value.first, { own: new Own() });
        return 1;
      },
    };
    expect(() => serializer.serialize(value)).toThrow(/value\.first\.own/);
  });

  it('refuses a getter that throws, with its place', () => {
    const value = {
      a: {
        get b() {
          throw new Error('no');
        },
      },
    };
    expect(() => serializer.serialize(value)).toThrow(/value\.a\.b is a getter that throws/);
  });

  it('refuses getters by default, and other words for the option', () => {
    expect(() =>
      v8Serializer().serialize({
        get a() {
          return 1;
        },
      }),
    ).toThrow(/getter/);
    expect(() => v8Serializer({ accessors: 'all' as never })).toThrow(/accessors must be 'value'/);
  });
});
