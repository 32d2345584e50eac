import { describe, expect, it } from '@jest/globals';
import * as index from '../lib/index.ts';
import * as inspection from '../lib/inspector/index.ts';
import * as stores from '../lib/stores/index.ts';

describe('The package', () => {
  it('exports these values and no others', () => {
    expect(new Set(Object.keys(index))).toEqual(
      new Set([
        'AmbiguousFunctionError',
        'AnonymousFunctionError',
        'CacheItem',
        'CorruptItemError',
        'EntryTooLargeError',
        'HEAD_BYTES',
        'MissingItemError',
        'NoCache',
        'SPLIT_BYTES',
        'StoreError',
        'TempCache',
        'TempCacheError',
        'UnkeyableError',
        'UnsafeFolderError',
        'UnserializableError',
        'cacheKey',
        'compressed',
        'fileStore',
        'jsonSerializer',
        'memoryStore',
        'v8Serializer',
      ]),
    );
  });

  it('exports these for those who look after caches', () => {
    expect(Object.keys(inspection).sort()).toEqual(['CacheInspector', 'cacheRoot', 'listCaches', 'serializerNamed']);
  });

  it('exports these for those who write stores', () => {
    const names = ['HEAD_BYTES', 'SPLIT_BYTES', 'defineStore', 'isHeld', 'mapStore', 'savedAtOf'];
    expect(Object.keys(stores).sort()).toEqual(names);
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
