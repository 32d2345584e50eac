import { describe, expect, it } from '@jest/globals';
import { checkOptions } from '../../lib/options/rows.ts';
import { parseChoice, parseDuration, parseGrace, parseSize } from '../../lib/options/parse.ts';

const REFUSED = expect.objectContaining({ name: 'TypeError', code: 'ERR_INVALID_ARG_VALUE' });

describe('A duration', () => {
  it.each([
    [0, 0],
    [1.5, 1.5],
    [Infinity, Infinity],
    ['90s', 90_000],
    ['2h', 7_200_000],
    ['2 days', 172_800_000],
    ['1.5h', 5_400_000],
    ['100', 100],
    ['1w', 604_800_000],
    [{ days: 1 }, 86_400_000],
    [{ days: 1, hours: 1, minutes: 1, seconds: 1, milliseconds: 1 }, 90_061_001],
    [{ hours: 2, minutes: -30 }, 5_400_000],
    [{ days: Infinity }, Infinity],
  ])('%j is %d ms', (given, expected) => {
    expect(parseDuration(given, 'maxAge')).toBe(expected);
  });

  it.each([
    [-1],
    ['-1h'],
    [{ hours: -1 }],
    [Number.NaN],
    [''],
    [' '],
    ['soon'],
    ['1 fortnight'],
    ['1h 30m'],
    ['1e3'],
    ['Infinity'],
    ['9'.repeat(200)],
    [{}],
    [[]],
    [[5]],
    [{ hour: 1 }],
    [{ hours: '1' }],
    [{ hours: 1, constructor: 1 }],
    [{ days: Infinity, hours: -Infinity }],
    [null],
    [undefined],
    [true],
    [5n],
    [Symbol('5')],
    [() => 5],
    [new Date(5)],
    [Object(5)],
    [Object.create(null)],
  ])('%p is refused', (given) => {
    expect(() => parseDuration(given, 'The option maxAge')).toThrow(REFUSED);
    expect(() => parseDuration(given, 'The option maxAge')).toThrow(
      /^The option maxAge must be a number of milliseconds/,
    );
  });
});

describe('A time past an age', () => {
  it.each([
    [true, Infinity],
    [false, 0],
    ['1h', 3_600_000],
    [Infinity, Infinity],
  ])('%j is %d ms', (given, expected) => {
    expect(parseGrace(given, 'staleIfError')).toBe(expected);
  });

  it.each([['true'], [-1], [null], [undefined], [{}]])('%p is refused', (given) => {
    expect(() => parseGrace(given, 'staleIfError')).toThrow(/^staleIfError must be true, false, a number of millis/);
  });
});

describe('A size', () => {
  it.each([
    [0, 0],
    [1024, 1024],
    [Infinity, Infinity],
    ['500MB', 524_288_000],
    ['1.5 kb', 1536],
    ['1gb', 1_073_741_824],
    ['100', 100],
    ['100b', 100],
  ])('%j is %d bytes', (given, expected) => {
    expect(parseSize(given, 'maxBytes')).toBe(expected);
  });

  it.each([
    [-1],
    ['-1kb'],
    [1.5],
    ['1.5'],
    [Number.NaN],
    [''],
    ['big'],
    ['12 apples'],
    ['1e3'],
    ['1.5.5kb'],
    ['0x10'],
    ['9'.repeat(200)],
    [null],
    [{}],
    [5n],
  ])('%p is refused', (given) => {
    expect(() => parseSize(given, 'maxBytes')).toThrow(REFUSED);
    expect(() => parseSize(given, 'maxBytes')).toThrow(/^maxBytes must be a number of bytes/);
  });
});

describe('Options', () => {
  it('are an object with known names, or nothing', () => {
    expect(() => {
      checkOptions(undefined, ['a'], 'it');
      checkOptions({}, ['a'], 'it');
      checkOptions(Object.assign(Object.create(null) as object, { a: 1 }), ['a'], 'it');
    }).not.toThrow();
  });

  it('are refused with an unknown name, which the error tells, with those that are known', () => {
    expect(() => checkOptions({ a: 1, c: 1 }, ['a', 'b'], 'it')).toThrow('it has no option "c"; it knows a, b');
    expect(() => checkOptions({ c: undefined }, [], 'it')).toThrow('it has no option "c"; it knows none');
    expect(() => checkOptions({ c: 1 }, ['a'], 'it')).toThrow(REFUSED);
  });

  it('are refused with a misspelt name, and the one that was meant is named', () => {
    expect(() => checkOptions({ maxage: 1 }, ['name', 'maxAge'], 'it')).toThrow(
      'it has no option "maxage"; did you mean "maxAge"? It knows name, maxAge',
    );
  });

  it.each([
    [null, 'null'],
    [[], 'an array'],
    ['a', '"a"'],
    [5, '5'],
    [() => 1, 'a function'],
    [5n, '5'],
  ])('are refused when they are %p', (given, shown) => {
    expect(() => checkOptions(given, ['a'], 'it')).toThrow(`The options of it must be an object; they are ${shown}`);
  });

  it('that are one of a few words are refused as another one, with the list', () => {
    expect(parseChoice('on', ['on', 'off'], 'mode')).toBe('on');
    for (const wrong of ['ON', '', undefined, 1, ['on'], Symbol('on')]) {
      expect(() => parseChoice(wrong, ['on', 'off'], 'mode')).toThrow(/^mode must be one of on, off; it is/);
    }
  });
});
