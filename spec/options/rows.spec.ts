import { describe, expect, it } from '@jest/globals';
import { parseDuration, parseSwitch } from '../../lib/options/parse.ts';
import { defaultsOf, nearest, readGiven, type Rows } from '../../lib/options/rows.ts';

const ROWS: Rows<{ readonly age: number; readonly deep: boolean | undefined }> = {
  age: { parse: parseDuration, default: 5 },
  deep: { parse: parseSwitch, default: undefined },
};

describe('Rows of options', () => {
  it('read what is given, and nothing else', () => {
    expect(readGiven({ age: '1s', deep: false }, ROWS, 'it')).toStrictEqual({ age: 1000, deep: false });
    expect(readGiven({ deep: true }, ROWS, 'it')).toStrictEqual({ deep: true });
    for (const nothing of [undefined, {}, { age: undefined, deep: undefined }, Object.create(null)]) {
      expect(readGiven(nothing, ROWS, 'it')).toStrictEqual({});
    }
  });

  it('read each option once', () => {
    let reads = 0;
    const given = {
      get age() {
        return ++reads;
      },
    };
    expect([readGiven(given, ROWS, 'it'), reads]).toEqual([{ age: 1 }, 1]);
  });

  it('say what is wrong, where, what it should be, and what it is', () => {
    expect(() => readGiven({ deep: null }, ROWS, 'it')).toThrow(
      /^The option deep of it must be true or false; it is null$/,
    );
    expect(() => readGiven({ depp: true }, ROWS, 'it')).toThrow(
      /^it has no option "depp"; did you mean "deep"\? It knows age, deep$/,
    );
    expect(() => readGiven(null, ROWS, 'it')).toThrow(/^The options of it must be an object; they are null$/);
  });

  it('have a default each', () => {
    expect(defaultsOf(ROWS)).toStrictEqual({ age: 5, deep: undefined });
  });
});

const NAMES = ['name', 'maxAge', 'mode', 'serializer', 'maxEntries', 'maxBytes', 'staleIfError', 'waitTimeout'];

describe('The nearest name', () => {
  it.each([
    ['maxage', 'maxAge'],
    ['max_age', 'maxAge'],
    ['MAXAGE', 'maxAge'],
    ['maxAges', 'maxAge'],
    ['serialiser', 'serializer'],
    ['serialzier', 'serializer'],
    ['maxEntires', 'maxEntries'],
    ['maxByte', 'maxBytes'],
    ['staleOnError', 'staleIfError'],
    ['timeout', undefined],
    ['ttl', undefined],
    ['nme', 'name'],
    ['node', 'mode'],
    ['x', undefined],
    ['', undefined],
    ['constructor', undefined],
  ])('to %p is %p', (name, expected) => {
    expect(nearest(name, NAMES)).toBe(expected);
  });

  it('is the first of several that are as near', () => {
    expect(nearest('node', ['mode', 'note'])).toBe('mode');
    expect(nearest('maxage', ['maxAgo', 'maxAge'])).toBe('maxAge');
  });
});
