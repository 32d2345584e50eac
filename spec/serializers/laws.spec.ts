import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { v8Serializer } from '../../lib/serializers/v8.ts';
import { storable } from '../support/arbitrary-values.ts';
import { mutate, randomNumbers } from '../support/mutate.ts';
import { fate, serializers } from '../support/survival.ts';
import { values } from '../support/values.ts';

describe('any value at all', () => {
  it('comes back from v8 as it was', () => {
    fc.assert(
      fc.property(storable, (value) => {
        expect(fate(v8Serializer(), value)).toBe('kept');
      }),
      { numRuns: 1000 },
    );
  });

  it.each(serializers())('is never changed by $name', (serializer) => {
    fc.assert(
      fc.property(storable, (value) => {
        expect(fate(serializer, value)).not.toBe('changed');
      }),
      { numRuns: 200 },
    );
  });
});

describe('any bytes at all', () => {
  it('are a value or an error: 10,000 damaged ones', () => {
    const random = randomNumbers(20_261_121);
    const stored = serializers().flatMap((serializer) => storedBy(serializer));
    let read = 0;
    let refused = 0;
    for (let round = 0; round < 10_000; round++) {
      const { serializer, bytes } = stored[round % stored.length] as (typeof stored)[number];
      try {
        serializer.deserialize(mutate(bytes, random));
        read++;
      } catch (error) {
        expect(Object.prototype.toString.call(error)).toBe('[object Error]');
        refused++;
      }
    }
    expect(read + refused).toBe(10_000);
    expect(read).toBeGreaterThan(0);
  });

  it.each(serializers())('are a value or an error, however few: $name', (serializer) => {
    const bytes = serializer.serialize({ list: [1, 'two', { three: 3.5 }] });
    for (let length = 0; length < bytes.byteLength; length++) {
      expect(() => serializer.deserialize(bytes.slice(0, length))).toThrow();
    }
  });
});

function storedBy(
  serializer: ReturnType<typeof serializers>[number],
): { serializer: typeof serializer; bytes: Uint8Array }[] {
  const kept = values.filter(({ value }) => fate(serializer, value()) === 'kept');
  const all = kept.map(({ value }) => ({ serializer, bytes: serializer.serialize(value()) }));
  return all.filter(({ bytes }) => bytes.byteLength < 5000);
}
