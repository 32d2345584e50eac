import { describe, expect, it } from '@jest/globals';

import { readme } from './support/readme.ts';
import { survivalTable } from './support/survival.ts';

/** A table without the spaces that only line it up. */
function cellsOf(table: string): string[][] {
  const rows = table.split('\n').filter((line) => line.startsWith('|') && !/^[|\s-]+$/.test(line));
  return rows.map((row) => row.split('|').map((cell) => cell.trim()));
}

describe('the README', () => {
  it('has the table of what survives which serializer, as it is', () => {
    const [, shown = ''] = /<!-- survival table -->([\s\S]*)<!-- end of survival table -->/.exec(readme) ?? [];
    expect(cellsOf(shown)).toEqual(cellsOf(survivalTable()));
  });
});
