import { describe, expect, it } from '@jest/globals';
import { cacheKey } from '../../lib/keys/cache-key.ts';
import { CallEncoding, idOfValue, keyPrefix, partsOfLastKey } from '../../lib/keys/digest.ts';
import { refusalOf } from '../support/key-refusal-of.ts';

const PREFIX = keyPrefix(2, 'spec');

/** The parts of the key of a call, as texts. */
function partsOf(self: unknown, args: readonly unknown[]): readonly string[] | undefined {
  return partsOfLastKey(new CallEncoding(PREFIX).idOf(self, args))?.map((part) => Buffer.from(part).toString('hex'));
}

describe('The parts of a key', () => {
  it('are this, the list and each argument, whatever stands beside it', () => {
    const values = ['user', 42, { a: [1, { b: 2 }] }, undefined, new Map([[1, 2]]), 'x'.repeat(10_000), [[]]];
    const alone = values.map((value) => partsOf(undefined, [value])?.[2]);
    const together = partsOf('self', values);
    expect(together).toHaveLength(2 + values.length);
    expect(together?.slice(2)).toEqual(alone);
    expect(together?.[0]).toBe(partsOf('self', [])?.[0]);
    expect(new Set(alone).size).toBe(values.length);
  });

  it('are those of the last key alone', () => {
    const first = new CallEncoding(PREFIX).idOf(undefined, [1]);
    expect(partsOfLastKey(first)).toHaveLength(3);
    const second = idOfValue(PREFIX, 'value', { root: 'key' });
    expect(partsOfLastKey(first)).toBeUndefined();
    expect(partsOfLastKey(second)).toHaveLength(1);
    refusalOf(() => 1);
    expect(partsOfLastKey(second)).toBeUndefined();
  });

  it('are not those of a key that was made inside of another', () => {
    const inner = { [cacheKey]: () => new CallEncoding(PREFIX).idOf(undefined, ['inner']) };
    const outer = new CallEncoding(PREFIX).idOf(undefined, [inner, 2]);
    expect(partsOfLastKey(outer)).toHaveLength(4);
    expect(partsOfLastKey(inner[cacheKey]())).toHaveLength(3);
  });

  it('are small for large arguments, and there after a key that took much memory', () => {
    const large = Array.from({ length: 500_000 }, (_, index) => index);
    const parts = partsOf(undefined, ['user', large]);
    expect(parts?.[2]).toBe(partsOf(undefined, ['user'])?.[2]);
    expect(parts?.[3]?.length).toBeLessThan(100);
  });

  it('are none of a key that stays very large', () => {
    const large = Array.from({ length: 500_000 }, (_, index) => index);
    expect(partsOf(large, [1])).toEqual([]);
    expect(partsOf(undefined, [1])).toHaveLength(3);
  });
});
