import { describe, expect, it } from '@jest/globals';
import * as units from '../../../lib/cli/terminal/units.ts';

const NOW = 1_800_000_000_000;
const DAY = 86_400_000;

describe('A number in words', () => {
  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [1023, '1.0 KB'],
    [1536, '1.5 KB'],
    [5_000_000_000, '4.7 GB'],
  ])('of %d bytes is %s', (size, shown) => {
    expect(units.showSize(size)).toBe(shown);
  });

  it.each([
    [0, '0ms'],
    [0.2, '<1ms'],
    [850, '850ms'],
    [1500, '1.5s'],
    [119_000, '1.9m'],
    [5_400_000, '1.5h'],
    [12 * DAY, '12d'],
  ])('of %d ms is %s', (time, shown) => {
    expect(units.showTime(time)).toBe(shown);
  });

  it.each([
    [undefined, '-'],
    [0, '0%'],
    [0.999, '99%'],
    [1, '100%'],
  ])('of the part %p is %s: only all is 100 %%', (part, shown) => {
    expect(units.showPart(part)).toBe(shown);
  });

  it('of things knows one from many', () => {
    expect(units.showNumberOf(1, 'entry', 'entries')).toBe('1 entry');
    expect(units.showNumberOf(12_345, 'entry', 'entries')).toBe('12,345 entries');
    expect(units.showNumberOf(0, 'file')).toBe('0 files');
  });
});

describe('A time', () => {
  it('that has passed is so long ago', () => {
    expect(units.showAge(NOW - 3 * DAY, NOW)).toBe('3d ago');
    expect(units.showAge(NOW - 999, NOW)).toBe('now');
    expect(units.showAge(NOW + DAY, NOW)).toBe('now');
    expect(units.showAge(undefined, NOW)).toBe('-');
    expect(units.showAge(0, NOW)).toBe('-');
  });

  it('at which something ends may come, have passed or never come', () => {
    expect(units.showEnd(NOW + 2 * DAY, NOW)).toBe('in 2d');
    expect(units.showEnd(NOW - 2 * DAY, NOW)).toBe('2d ago');
    expect(units.showEnd(Infinity, NOW)).toBe('never');
  });

  it('is written the same everywhere, and never throws', () => {
    expect(units.showMoment(NOW)).toBe('2027-01-15 08:00:00 UTC');
    expect([0, -1, Infinity, NaN, 9e15].map((at) => units.showMoment(at))).toEqual(['-', '-', '-', '-', '-']);
  });
});

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
    expect(units.barOf(amount, most)).toBe(bar);
  });
});
