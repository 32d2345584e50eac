import { describe, expect, it } from '@jest/globals';
import { hasColours, painterFor, widthFor } from '../../../lib/cli/terminal/style.ts';
import { Sheet } from '../../support/command.ts';

const terminal = new Sheet(80);
const pipe = new Sheet();

describe('Colours', () => {
  it.each([
    ['a terminal', terminal, {}, true],
    ['a pipe', pipe, {}, false],
    ['a terminal with NO_COLOR', terminal, { NO_COLOR: '1' }, false],
    ['a terminal with an empty NO_COLOR', terminal, { NO_COLOR: '' }, true],
    ['a terminal that is dumb', terminal, { TERM: 'dumb' }, false],
    ['a terminal that has none', Object.assign(new Sheet(80), { hasColors: () => false }), {}, false],
    ['a pipe with FORCE_COLOR', pipe, { FORCE_COLOR: '1' }, true],
    ['a pipe with an empty FORCE_COLOR', pipe, { FORCE_COLOR: '' }, true],
    ['a terminal with FORCE_COLOR=0', terminal, { FORCE_COLOR: '0' }, false],
    ['a pipe with both', pipe, { FORCE_COLOR: '1', NO_COLOR: '1' }, true],
  ])('on %s', (_, stream, env, isColoured) => {
    expect(hasColours(stream, env)).toBe(isColoured);
    expect(painterFor(stream, env)('red', 'x')).toBe(isColoured ? '\u001B[31mx\u001B[39m' : 'x');
  });
});

describe('The width', () => {
  it.each([
    ['of a terminal is its own', terminal, {}, 80],
    ['of a terminal that tells none is 80', new Sheet(0), {}, 80],
    ['of a pipe has no end', pipe, {}, Infinity],
    ['is $COLUMNS where that is given', pipe, { COLUMNS: '33' }, 33],
    ['is $COLUMNS on a terminal, too', terminal, { COLUMNS: '33' }, 33],
    ['is not a $COLUMNS that is no number', terminal, { COLUMNS: 'wide' }, 80],
    ['is not a $COLUMNS of 0', terminal, { COLUMNS: '0' }, 80],
  ])('%s', (_, stream, env, width) => {
    expect(widthFor(stream, env)).toBe(width);
  });
});
