import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Best, type Column, orderBy, Table } from '../../../lib/cli/terminal/table.ts';
import { widthOf } from '../../../lib/cli/terminal/text.ts';

interface Row {
  readonly name: string;
  readonly note: string;
  readonly size: string;
}

const COLUMNS: readonly Column<Row>[] = [
  { title: 'NAME', text: ({ name }) => name, min: 6, colour: 'cyan' },
  { title: 'NOTE', text: ({ note }) => note, min: 8, drop: 2 },
  { title: 'SIZE', text: ({ size }) => size, align: 'right', drop: 1 },
];
const ROW: Row = { name: 'a long name', note: 'a note that says more', size: '12 KB' };

function lines(rows: readonly Row[], width: number): string[] {
  return [...new Table(COLUMNS, { width, paint: (_, text) => text }).page(rows)];
}

describe('A table', () => {
  it('is as wide as what is in it where there is room', () => {
    expect(lines([ROW, { name: 'b', note: '', size: '1 B' }], Infinity)).toEqual([
      'NAME         NOTE                    SIZE',
      'a long name  a note that says more  12 KB',
      'b                                     1 B',
    ]);
  });

  it.each([
    [40, 'a long name  a note that says mo…  12 KB'],
    [30, 'a long na…  a note tha…  12 KB'],
    [23, 'a lon…  a note …  12 KB'],
    [22, 'a long name  12 KB'],
    [15, 'a long …  12 KB'],
    [12, 'a long name'],
    [5, 'a lo…'],
    [1, '…'],
  ])('on %d columns cuts what is widest, then leaves out what is needed least', (width, line) => {
    expect(lines([ROW], width)[1]).toBe(line);
  });

  it('is never wider than the terminal, whatever is in it', () => {
    const text = fc.string({ unit: 'binary' });
    const rows = fc.array(fc.record({ name: text, note: text, size: text }), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(rows, fc.integer({ min: 1, max: 60 }), (all, width) => {
        for (const line of lines(all, width)) expect(widthOf(line)).toBeLessThanOrEqual(width);
      }),
    );
  });

  it('lines up over its pages, has its titles once and never loses a column on the way', () => {
    const table = new Table(COLUMNS, { width: 30, paint: (_, text) => text });
    const first = [...table.page([{ name: 'b', note: 'short', size: '1 B' }])];
    const second = [...table.page([ROW])];
    expect(first).toEqual(['NAME  NOTE   SIZE', 'b     short   1 B']);
    expect(second).toEqual([expect.stringMatching(/^a long .*… +a note.*… +12 KB$/)]);
  });

  it('paints the text and not the room around it', () => {
    const table = new Table(COLUMNS, { width: Infinity, paint: (colour, text) => `<${String(colour)}>${text}</>` });
    expect([...table.page([{ name: 'b', note: 'n', size: '1' }])]).toEqual([
      '<bold>NAME</>  <bold>NOTE</>  <bold>SIZE</>',
      '<cyan>b</>     n        1',
    ]);
  });
});

describe('The best of many', () => {
  it('are those that come first in the order, however many pass by', () => {
    fc.assert(
      fc.property(fc.array(fc.integer(), { maxLength: 5000 }), fc.integer({ min: 1, max: 50 }), (numbers, limit) => {
        const best = new Best<number>(
          orderBy((n) => n, false),
          limit,
        );
        for (const number of numbers) best.add(number);
        expect(best.take()).toEqual(numbers.toSorted((a, b) => b - a).slice(0, limit));
      }),
    );
  });

  it('are all of them without a limit', () => {
    const best = new Best<number>(
      orderBy((n) => n, true),
      Infinity,
    );
    for (const number of [3, 1, 2]) best.add(number);
    expect(best.take()).toEqual([1, 2, 3]);
  });
});

describe('An order', () => {
  it('has the biggest number and the first text first, or the other way round', () => {
    const sorted = <T extends number | string>(values: T[], isReversed: boolean): T[] =>
      values.toSorted(orderBy((value) => value, isReversed));
    expect(sorted([2, Infinity, 1, Infinity], false)).toEqual([Infinity, Infinity, 2, 1]);
    expect(sorted([2, 3, 1], true)).toEqual([1, 2, 3]);
    expect(sorted(['b', 'a', 'c'], false)).toEqual(['a', 'b', 'c']);
    expect(sorted(['b', 'a', 'c'], true)).toEqual(['c', 'b', 'a']);
  });
});
