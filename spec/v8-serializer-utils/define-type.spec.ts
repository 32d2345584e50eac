import { describe, expect, it, jest } from '@jest/globals';
import { fingerprintOf } from '../../lib/v8-serializer-utils/define-type.ts';
import { defineType, serialize } from '../../lib/v8-serializer-utils/index.ts';

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
    ['a version that is no string', { ...money, version: 2 }, /must be a string/],
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

  it('is told from another version of itself whatever JSON makes of arrays', () => {
    const spy = jest.spyOn(JSON, 'stringify').mockReturnValue('[]');
    const other = defineType({ ...money, encode: (coin) => [coin.note as number, coin.amount] as const });
    expect(fingerprintOf(other)).not.toBe(fingerprintOf(money));
    spy.mockRestore();
  });
});
