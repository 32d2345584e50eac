import { describe, expect, it } from '@jest/globals';
import { TypeRegistry } from '../../lib/v8-serializer-utils/registry.ts';
import { defineType, deserialize, serialize } from '../../lib/v8-serializer-utils/index.ts';
import { complete } from '../../lib/v8-serializer-utils/operations.ts';

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
    let isReading = false;
    const spy = defineType({
      ...money,
      decode: (encoded: readonly [number, unknown]) => {
        if (isReading) seen.push(structuredClone(encoded[1]));
        return new Money(0);
      },
    });
    const cause = new Error('why', { cause: Object.assign(Object.create(null) as object, { a: new URL('a:b').href }) });
    const bytes = serialize({ early: cause, coin: new Money(1, { cause }) }, { types: [spy] });
    isReading = true;
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

  it('is not read by other code than it was stored by, nor by another version', () => {
    class Base {
      describe(): string {
        return 'one';
      }
    }
    const Coin = class Coin extends Base {};
    const { encode, decode } = money;
    const of = (type: object): { types: (typeof money)[] } => ({ types: [{ ...money, ...type }] });
    const bytes = serialize([new Money(1), new Money(2)], options);
    expect(deserialize(bytes, of({}))).toEqual([new Money(1), new Money(2)]);
    for (const other of [
      { version: '2' },
      { class: Gold },
      { encode: (coin: Money) => encode(coin) },
      { decode: (encoded: readonly [number, unknown]) => decode(encoded) },
    ]) {
      expect(() => deserialize(bytes, of(other))).toThrow(/"Money" has changed since/);
    }
    const coins = { types: [defineType({ name: 'Coin', class: Coin, encode: () => 1, decode: () => new Coin() })] };
    const stored = serialize(new Coin(), coins);
    expect(deserialize(stored, { types: [{ ...coins.types[0] }] as never })).toEqual(new Coin());
    Base.prototype.describe = () => 'two';
    expect(() => deserialize(stored, { types: [{ ...coins.types[0] }] as never })).toThrow(/has changed/);
  });

  it('counts where the value has an instance of it, and not elsewhere', () => {
    const bytes = serialize([new Money(1)], options);
    const gold = defineType({ name: 'Gold', class: Gold, encode: () => null, decode: () => new Gold(1) });
    const more = { types: [gold, money] };
    expect(deserialize(bytes, more)).toEqual([new Money(1)]);
    const both = serialize([new Gold(1), new Money(1)], more);
    const changed = { types: [money, { ...gold, version: '2' }] };
    expect(deserialize(serialize([new Money(1), 'x'], more), changed)).toEqual([new Money(1), 'x']);
    expect(() => deserialize(both, changed)).toThrow(/"Gold" has changed/);
  });

  it('refuses what was stored without a fingerprint', () => {
    expect(() => complete([undefined, [1, 'Money', [1, undefined]]], new TypeRegistry([money]))).toThrow();
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
