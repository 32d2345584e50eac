import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isDeepStrictEqual } from 'node:util';
import { textOfScalars } from '../../lib/keys/scalars.ts';

const text = fc.oneof(
  fc.string({ unit: fc.nat({ max: 0xffff }).map((unit) => String.fromCharCode(unit)), maxLength: 4 }),
  fc.constantFrom('1', '1;', 's1:a', 'n1;', 'u;', 't;', ':', '-0', 'NaN'),
);
const scalar = fc.oneof(
  text,
  fc.double(),
  fc.integer(),
  fc.constantFrom(0, -0, Number.NaN, undefined, null, true, false),
);
const list = fc.array(scalar, { maxLength: 4 });

describe('The text of scalars', () => {
  it('is the same for two lists exactly when they are deeply equal', () => {
    fc.assert(
      fc.property(list, list, (first, second) => {
        expect(textOfScalars(first) === textOfScalars(second)).toBe(isDeepStrictEqual(first, second));
        expect(textOfScalars([...first])).toBe(textOfScalars(first));
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    [['1'], [1]],
    [[0], [-0]],
    [[], [undefined]],
    [[null], [undefined]],
    [
      ['ab', 'c'],
      ['a', 'bc'],
    ],
    [['as1:b'], ['a', 'b']],
    [[true], ['t;']],
    [[1, 2], [12]],
    [['\uD800'], ['\uFFFD']],
  ])('tells %j from %j', (first, second) => {
    expect(textOfScalars(first)).not.toBe(textOfScalars(second));
  });

  it.each([[[{}]], [[1n]], [[Symbol.for('a')]], [['x'.repeat(101)]], [[1, 2, 3, 4, 5, 6, 7]]])(
    'is not made of %p',
    (args) => {
      expect(textOfScalars(args)).toBeUndefined();
    },
  );
});
