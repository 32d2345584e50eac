import { describe, expect, it } from '@jest/globals';
import { parseDuration } from '../../lib/options/parse.ts';
import { defaultsOf, readGiven, type Rows } from '../../lib/options/rows.ts';
import { parseSwitch } from '../../lib/options/values.ts';

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
