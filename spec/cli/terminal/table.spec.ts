import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Table, type Column } from '../../../lib/cli/terminal/table.ts';
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
