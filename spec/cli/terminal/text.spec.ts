import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { inspect } from 'node:util';
import { cut, cutMiddle, visible, visibleJson, visibleValue, widthOf, wrap } from '../../../lib/cli/terminal/text.ts';

/** What a terminal would obey: controls, and characters that turn the direction of writing. */
const OBEYED = /[\p{Cc}\u200E\u200F\u2028-\u202E\u2066-\u2069]/u;

describe('A text that is made visible', () => {
  it.each([
    ['an escape sequence', '\u001B[31mred\u0007', String.raw`\x1b[31mred\x07`],
    ['ends of lines and tabs', 'a\nb\r\tc', String.raw`a\nb\r\tc`],
    ['the C1 form of an escape sequence', '\u009B2J', String.raw`\x9b2J`],
    ['a turned direction', 'a\u202Etxt', String.raw`a\u{202e}txt`],
    ['half of a surrogate pair', '\uD800', String.raw`\u{d800}`],
    ['a mark without a width', 'a\uFEFFb', String.raw`a\u{feff}b`],
  ])('spells %s out', (_, text, shown) => {
    expect(visible(text)).toBe(shown);
  });

  it.each(['plain', 'naïve 漢字', '👨‍👩‍👧 family', ''])('leaves %s as it is', (text) => {
    expect(visible(text)).toBe(text);
  });

  it('has nothing in it that a terminal obeys, whatever it was', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => !OBEYED.test(visible(text))));
  });
});

describe('What util.inspect gives', () => {
  it('keeps its lines and colours', () => {
    const text = inspect({ a: ['x'.repeat(50), 'y'.repeat(50)] }, { colors: true });
    expect(text).toContain('\u001B[32m');
    expect(visibleValue(text)).toBe(text);
  });

  it('loses what a stored text has smuggled in', () => {
    const error = new Error('\u001B]0;title\u0007');
    expect(visibleValue(inspect(error))).toContain(String.raw`\x1b]0;title\x07`);
    expect(visibleValue('\u001B[2J \u001B[31;1m')).toBe(String.raw`\x1b[2J \x1b[31;1m`);
  });
});

describe('JSON that is made visible', () => {
  it('means the same, and has nothing in it that a terminal obeys', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const json = visibleJson(JSON.stringify([text]));
        expect(JSON.parse(json)).toEqual([text]);
        expect(OBEYED.test(json)).toBe(false);
      }),
    );
    expect(visibleJson(JSON.stringify('\u009B\u202E'))).toBe(String.raw`"\u009b\u202e"`);
  });
});

describe('A text that is cut', () => {
  it.each([
    ['short', 5, 'short'],
    ['longer', 5, 'long…'],
    ['漢字漢字', 5, '漢字…'],
    ['漢字漢字', 4, '漢…'],
    ['👨‍👩‍👧👨‍👩‍👧', 3, '👨‍👩‍👧…'],
    ['abc', 1, '…'],
    ['abc', 0, ''],
    ['ａｂｃ', 4, 'ａ…'],
    ['\u{3347A}bc', 2, '…'],
  ])('%s to %d columns is %s', (text, width, shown) => {
    expect(cut(text, width)).toBe(shown);
    expect(widthOf(cut(text, width))).toBeLessThanOrEqual(width);
  });

  it('takes no more columns than it may, whatever it was', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        fc.nat(40),
        (text, width) => widthOf(cut(visible(text), width)) <= width,
      ),
      { numRuns: 1000 },
    );
  });
});

describe('A text cut in its middle', () => {
  it.each([
    ['abcdefghij', 10, 'abcdefghij'],
    ['abcdefghij', 7, 'ab…ghij'],
    ['abcdefghij', 3, 'a…j'],
    ['abcdefghij', 2, 'a…'],
    ['abcdefghij', 1, '…'],
    ['abcdefghij', 0, ''],
    ['日本語日本語', 7, '日…本語'],
  ])('%s in %d columns is %s', (whole, width, shown) => {
    expect(cutMiddle(whole, width)).toBe(shown);
  });

  it('is never wider than its room, whatever is in it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.nat(30), (whole, width) => {
        expect(widthOf(cutMiddle(visible(whole), width))).toBeLessThanOrEqual(width);
      }),
    );
  });
});

describe('A wrapped text', () => {
  it.each([
    ['one two three', 9, ['one two', 'three']],
    ['one two three', 3, ['one', 'two', 'three']],
    ['one', 9, ['one']],
    ['', 9, ['']],
  ])('%j in %d columns has the lines %j', (whole, width, lines) => {
    expect(wrap(whole, width)).toEqual(lines);
  });
});
