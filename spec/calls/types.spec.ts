import { describe, expect, it } from '@jest/globals';

import {
  compressed,
  defineType,
  jsonSerializer,
  TempCache,
  type TempCacheOptions,
  v8Serializer,
} from '../../lib/index.ts';
import { useTempFolders } from '../support/temp-folder.ts';

class Money {
  readonly amount: number;
  constructor(amount: number) {
    this.amount = amount;
  }
  plus(more: number): Money {
    return new Money(this.amount + more);
  }
}
class Tax {
  readonly rate = 0.19;
}

const newFolder = useTempFolders();

/** How often a function that gives an instance of each class runs in two calls, and what the second one gives. */
function callTwice(options: TempCacheOptions, own: object = {}): { runs: number; value: { money: Money; tax: Tax } } {
  let runs = 0;
  const cache = new TempCache(newFolder(), options);
  const price = cache.wrap(function price(amount: number) {
    runs += 1;
    return { money: new Money(amount), tax: new Tax() };
  }, own);
  price(1);
  return { value: price(1), runs };
}

describe('the option types', () => {
  it.each<[string, TempCacheOptions, object]>([
    ['of a cache', { types: [Money, Tax] }, {}],
    ['of a function', {}, { types: [Money, Tax] }],
    ['of both', { types: [Money] }, { types: [Tax] }],
    ['twice', { types: [Money, Tax] }, { types: [Money] }],
    ['beside those of the serializer', { types: [Money], serializer: v8Serializer({ types: [Tax] }) }, {}],
    ['under compression', { types: [Money, Tax], serializer: compressed(v8Serializer()) }, {}],
    ['beside a serializer of the function', { types: [Money, Tax] }, { serializer: compressed(v8Serializer()) }],
  ])('makes instances come back: %s', (_name, options, own) => {
    const { value, runs } = callTwice(options, own);
    expect(runs).toBe(1);
    expect(value.money.plus(1)).toEqual(new Money(2));
    expect(value.tax).toBeInstanceOf(Tax);
  });

  it('leaves out what is not named, and a serializer that knows no types', () => {
    expect(callTwice({ types: [Money] }).runs).toBe(2);
    expect(callTwice({ types: [Money, Tax], serializer: jsonSerializer() }).runs).toBe(2);
  });

  it('holds for with() and for items', () => {
    const cache = new TempCache(newFolder());
    const item = cache.with({ types: [Money] }).itemForKey('price');
    item.save(new Money(5));
    expect(item.load<Money>().plus(1).amount).toBe(6);
    expect(() => cache.itemForKey('price').load()).toThrow(
      expect.objectContaining({ cause: expect.objectContaining({ message: expect.stringContaining('"Money"') }) }),
    );
  });

  it('refuses what is no class', () => {
    expect(() => new TempCache(newFolder(), { types: [5 as never] })).toThrow(TypeError);
    const two = [defineType({ name: 'Money', class: Tax }), Money];
    expect(() => new TempCache(newFolder(), { types: two })).toThrow(/Two types have the name "Money"/);
  });
});
