import { describe, expect, it } from '@jest/globals';
import { inLittleEndian } from '../../lib/keys/leaves.ts';

const bytes = Uint8Array.of(0, 1, 2, 3, 4, 5, 6, 7);

describe('the bytes of a typed array', () => {
  it('are taken as they are where the least significant comes first', () => {
    expect(inLittleEndian(bytes, 'Float64Array', 'LE')).toBe(bytes);
  });

  it.each([
    ['Uint8Array', [0, 1, 2, 3, 4, 5, 6, 7]],
    ['Uint8ClampedArray', [0, 1, 2, 3, 4, 5, 6, 7]],
    ['Buffer', [0, 1, 2, 3, 4, 5, 6, 7]],
    ['DataView', [0, 1, 2, 3, 4, 5, 6, 7]],
    ['Uint16Array', [1, 0, 3, 2, 5, 4, 7, 6]],
    ['Float16Array', [1, 0, 3, 2, 5, 4, 7, 6]],
    ['Int32Array', [3, 2, 1, 0, 7, 6, 5, 4]],
    ['Float32Array', [3, 2, 1, 0, 7, 6, 5, 4]],
    ['Float64Array', [7, 6, 5, 4, 3, 2, 1, 0]],
    ['BigInt64Array', [7, 6, 5, 4, 3, 2, 1, 0]],
  ])('of %s are turned into that order on other machines, in a copy', (name, turned) => {
    expect([...inLittleEndian(bytes, name, 'BE')]).toEqual(turned);
    expect([...bytes]).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  });
});
