import { describe, expect, it } from '@jest/globals';
import * as index from '../lib/index.ts';
import * as inspection from '../lib/inspector/index.ts';
import * as stores from '../lib/stores/index.ts';
import { publicNames } from './support/public-names.ts';

describe('The package', () => {
  it.each([
    ['tempcache', index],
    ['tempcache/inspect', inspection],
    ['tempcache/store', stores],
  ] as const)('exports from %s the public names and no others', (entry, exported) => {
    expect(Object.keys(exported).sort()).toEqual(publicNames[entry]);
  });

  it('has errors that are told apart by class, name and code', () => {
    const classes = Object.entries(index).filter(([name]) => name.endsWith('Error') && name !== 'TempCacheError');
    const codes = classes.map(([name, ErrorClass]) => {
      const error = new (ErrorClass as new (first: string) => index.TempCacheError)('absent');
      expect(error).toBeInstanceOf(index.TempCacheError);
      expect(error.name).toBe(name);
      expect(Object.hasOwn(error, 'name')).toBe(false);
      return error.code;
    });
    expect(new Set(codes).size).toBe(classes.length);
    expect(codes.every((code) => code.startsWith('ERR_TEMPCACHE_'))).toBe(true);
  });

  it('has symbols that other copies of it know too', () => {
    expect(index.cacheKey).toBe(Symbol.for('tempcache.cacheKey'));
  });
});
