import { describe, expect, it } from '@jest/globals';
import { callValuesIn, readOptions } from '../../lib/options/read.ts';

describe('The options of a call among others', () => {
  it('are those of a cache that a function can have too, as far as they are given', () => {
    const all = readOptions({ salt: 'a', stats: false, maxAge: '1s' }, 'TempCache');
    expect(callValuesIn(all)).toStrictEqual({
      maxAge: 1000,
      mode: 'on',
      maxEntryBytes: Infinity,
      staleWhileRevalidate: 0,
      staleIfError: 0,
      waitTimeout: 600_000,
    });
    expect(callValuesIn(readOptions({ salt: 'a', mode: 'off' }, 'with()'))).toStrictEqual({ mode: 'off' });
    expect(callValuesIn(readOptions({ name: 'a', maxAge: 0 }, 'wrap()'))).toStrictEqual({ maxAge: 0 });
    expect(callValuesIn({})).toStrictEqual({});
  });

  it('come in one order, whatever order they were given in', () => {
    const read = readOptions({ waitTimeout: 1, mode: 'off', maxAge: 1 }, 'wrap()');
    expect(Object.keys(callValuesIn(read))).toEqual(['maxAge', 'mode', 'waitTimeout']);
  });
});
