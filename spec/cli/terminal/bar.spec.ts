import { describe, expect, it } from '@jest/globals';
import { barOf } from '../../../lib/cli/terminal/bar.ts';

describe('A bar', () => {
  it.each([
    [100, 100, '████████████'],
    [50, 100, '██████'],
    [1, 96, '▏'],
    [13, 96, '█▋'],
    [1, 1_000_000, '▏'],
    [0, 100, ''],
    [0, 0, ''],
    [Number.NaN, 100, ''],
    [200, 100, '████████████'],
  ])('of %d out of %d is %s', (amount, most, bar) => {
    expect(barOf(amount, most)).toBe(bar);
  });
});
