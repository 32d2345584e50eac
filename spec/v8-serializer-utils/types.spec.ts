import { describe, expect, it } from '@jest/globals';
import { defineType, deserialize, serialize } from '../../lib/v8-serializer-utils/index.ts';

class Money {
  readonly amount: number;
  readonly note: unknown;
  constructor(amount: number, note?: unknown) {
    this.amount = amount;
    this.note = note;
  }
}
class Gold extends Money {}

const money = defineType({
  name: 'Money',
  class: Money,
  encode: (coin) => [coin.amount, coin.note] as const,
  decode: ([amount, note]) => new Money(amount, note),
});
const options = { types: [money] };

function copyOf<T>(value: T): T {
  return deserialize(serialize(value, options), options) as T;
}

describe('a registered type', () => {
  it('keeps instances, alone, in each other, as keys and in several places', () => {
    const coin = new Money(1, new Money(2, { three: new Set([new Money(3)]) }));
    expect(copyOf(coin)).toStrictEqual(coin);
    const value = {
      coin,
      again: [coin],
      map: new Map<unknown, unknown>([[coin, coin]]),
      error: new Error('x', { cause: coin }),
    };
    const back = copyOf(value);
    expect(back).toStrictEqual(value);
    expect(back.coin).toBeInstanceOf(Money);
    expect(back.again[0]).toBe(back.coin);
    expect([...back.map.entries()][0]).toEqual([back.coin, back.coin]);
    expect(back.error.cause).toBe(back.coin);
  });

  it('gives decode a complete value', () => {
    const seen: unknown[] = [];
    const spy = {
      ...money,
      decode: (encoded: readonly [number, unknown]) => (seen.push(structuredClone(encoded[1])), new Money(0)),
    };
    const cause = new Error('why', { cause: Object.assign(Object.create(null) as object, { a: new URL('a:b').href }) });
    const bytes = serialize({ early: cause, coin: new Money(1, { cause }) }, options);
    deserialize(bytes, { types: [spy] });
    expect(seen).toMatchObject([{ cause: { message: 'why', cause: { a: 'a:b' } } }]);
  });

  it('shares parts between instances and with the rest', () => {
    const part = { currency: Symbol.for('EUR') };
    const [first, second, third] = copyOf([new Money(1, part), new Money(2, part), part] as const);
    expect(first.note).toBe(third);
    expect(second.note).toBe(third);
    expect(third).toStrictEqual(part);
  });

  it('may stand in a cycle that does not go through it', () => {
    const ring: { coin?: Money; self?: unknown } = {};
    ring.self = ring;
    ring.coin = new Money(1, { beside: [] });
    const back = copyOf(ring);
    expect(back.self).toBe(back);
    expect(back.coin).toStrictEqual(ring.coin);
  });

  it.each([
    ['directly', (note: unknown[]) => [new Money(1, note)]],
    ['by way of what was seen before', (note: unknown[]) => [{ back: note }, new Money(1, note)]],
    ['through another one', (note: unknown[]) => [new Money(1, [new Money(2, note)])]],
    ['through an error', (note: unknown[]) => [new Error('x', { cause: new Money(1, note) })]],
  ])('is refused with its path when a cycle goes through it %s', (_name, fill) => {
    const note: unknown[] = [];
    const refusal = { code: 'ERR_TEMPCACHE_UNSERIALIZABLE', path: expect.stringContaining('value.note[') };
    note.push(...fill(note));
    expect(() => serialize({ note }, options)).toThrow(expect.objectContaining(refusal));
  });

  it('is refused when encode returns the instance itself, or never comes to an end', () => {
    const same = defineType({ name: 'same', class: Money, encode: (coin) => coin, decode: (coin) => coin });
    expect(() => serialize(new Money(1), { types: [same] })).toThrow(/cycle/);
    const endless = defineType({
      name: 'endless',
      class: Money,
      encode: () => [new Money(1)],
      decode: () => new Money(1),
    });
    expect(() => serialize(new Money(1), { types: [endless] })).toThrow(/nested/);
  });

  it('is only for the very class', () => {
    expect(() => serialize([new Gold(1)], options)).toThrow(/value\[0\] is an instance of Gold/);
  });

  it('is needed to read', () => {
    const bytes = serialize({ coin: new Money(1) }, options);
    expect(() => deserialize(bytes)).toThrow(/No type named "Money"/);
  });

  it('passes on what encode and decode throw', () => {
    const cause = new Error('no');
    const failing = defineType({
      name: 'failing',
      class: Money,
      encode: (coin) => {
        if (coin.amount > 1) throw cause;
        return null;
      },
      decode: (): Money => {
        throw cause;
      },
    });
    const refusal = expect.objectContaining({ path: 'value.coin', cause });
    expect(() => serialize({ coin: new Money(2) }, { types: [failing] })).toThrow(refusal);
    const bytes = serialize(new Money(1), { types: [failing] });
    expect(() => deserialize(bytes, { types: [failing] })).toThrow(cause);
  });
});

describe('defineType', () => {
  it('gives back a frozen copy', () => {
    const type = { name: 'x', class: Money, encode: () => 1, decode: () => new Money(1) };
    expect(defineType(type)).toEqual(type);
    expect(Object.isFrozen(defineType(type))).toBe(true);
    expect(Object.isFrozen(type)).toBe(false);
  });

  it.each([
    ['no object', undefined, /options of defineType/],
    ['an unknown member', { ...money, replace: 1 }, /"replace"/],
    ['no name', { ...money, name: '' }, /needs a name/],
    ['no class', { ...money, class: {} }, /needs the class/],
    ['an arrow function for a class', { ...money, class: () => 1 }, /needs the class/],
    ['no encode', { ...money, encode: undefined }, /needs the functions/],
    ['no decode', { ...money, decode: 1 }, /needs the functions/],
  ])('refuses %s', (_name, type, message) => {
    expect(() => defineType(type as typeof money)).toThrow(message);
    expect(() => defineType(type as typeof money)).toThrow(TypeError);
  });

  it('refuses two types of one name or of one class, and types that are no array', () => {
    expect(() => serialize(1, { types: [money, { ...money, class: Gold }] })).toThrow(
      /Two types have the name "Money"/,
    );
    expect(() => serialize(1, { types: [money, { ...money, name: 'other' }] })).toThrow(/another type already/);
    expect(() => serialize(1, { types: money } as never)).toThrow(/must be an array/);
    expect(() => serialize(1, { type: [] } as never)).toThrow(/"type"; did you mean "types"\? It knows types/);
  });
});
