import { describe, expect, it } from '@jest/globals';
import { inspect, types } from 'node:util';
import * as errors from '../../lib/common/errors.ts';

const DETAILS = { id: 'a'.repeat(64), path: '/tmp/x', cause: new Error('underneath') };

const ALL: readonly (readonly [string, string, errors.TempCacheError])[] = [
  ['TempCacheError', 'ERR_TEMPCACHE_OTHER', new errors.TempCacheError('ERR_TEMPCACHE_OTHER', 'what', DETAILS)],
  ['UnkeyableError', 'ERR_TEMPCACHE_UNKEYABLE', new errors.UnkeyableError('what', DETAILS)],
  ['UnserializableError', 'ERR_TEMPCACHE_UNSERIALIZABLE', new errors.UnserializableError('what', DETAILS)],
  ['MissingItemError', 'ERR_TEMPCACHE_MISSING_ITEM', new errors.MissingItemError('absent', DETAILS)],
  ['CorruptItemError', 'ERR_TEMPCACHE_CORRUPT_ITEM', new errors.CorruptItemError('what', DETAILS)],
  ['EntryTooLargeError', 'ERR_TEMPCACHE_ENTRY_TOO_LARGE', new errors.EntryTooLargeError('what', DETAILS)],
  ['ComputeTimeoutError', 'ERR_TEMPCACHE_COMPUTE_TIMEOUT', new errors.ComputeTimeoutError('what', DETAILS)],
  ['StoreError', 'ERR_TEMPCACHE_STORE', new errors.StoreError('what', DETAILS)],
  ['UnsafeFolderError', 'ERR_TEMPCACHE_UNSAFE_FOLDER', new errors.UnsafeFolderError('what', DETAILS)],
  ['AnonymousFunctionError', 'ERR_TEMPCACHE_ANONYMOUS_FUNCTION', new errors.AnonymousFunctionError('what')],
  ['AmbiguousFunctionError', 'ERR_TEMPCACHE_AMBIGUOUS_FUNCTION', new errors.AmbiguousFunctionError('what')],
];

describe.each(ALL)('%s', (name, code, error) => {
  it('is an error of this package with a name and a code', () => {
    expect(error).toBeInstanceOf(errors.TempCacheError);
    expect(types.isNativeError(error)).toBe(true);
    expect([error.name, error.code, error.constructor.name]).toEqual([name, code, name]);
    expect(errors.isTempCacheError(error)).toBe(true);
    expect(errors.isUnsafeFolder(error)).toBe(name === 'UnsafeFolderError');
    expect(inspect(error)).toContain(`${name}: ${error.message}`);
  });

  it('keeps its name off its own fields', () => {
    expect(Object.keys(error)).not.toContain('name');
    expect(Object.hasOwn(error, 'name')).toBe(false);
  });
});

describe('An error', () => {
  it.each(ALL.slice(0, 8))('of the class %s tells what it is about', (_name, _code, error) => {
    expect({ id: error.id, path: error.path, cause: error.cause }).toEqual(DETAILS);
  });

  it('has a cause exactly where it was given one', () => {
    expect('cause' in new errors.StoreError('what')).toBe(false);
    expect('cause' in new errors.StoreError('what', { cause: undefined })).toBe(true);
  });

  it('that an item is missing says why and what to do', () => {
    const { reason, message } = new errors.MissingItemError('expired', DETAILS);
    expect([reason, message]).toEqual([
      'expired',
      `Item ${DETAILS.id} has expired: save() it, or use tryLoad() or loadOrSave()`,
    ]);
    expect(new errors.MissingItemError('absent', DETAILS).message).toContain('is not in the cache');
  });

  it('about an argument is a TypeError with the code of Node', () => {
    const error = errors.invalidArgument('what');
    expect([types.isNativeError(error), error.name, error.code]).toEqual([true, 'TypeError', 'ERR_INVALID_ARG_VALUE']);
    expect(errors.isTempCacheError(error)).toBe(false);
  });
});

describe('The code of what was thrown', () => {
  const revoked = Proxy.revocable({}, {});
  revoked.revoke();

  it.each([
    ['an error of the system', Object.assign(new Error('no file'), { code: 'ENOENT' }), 'ENOENT'],
    ['a plain object', { code: 'E' }, 'E'],
    ['an error without one', new Error('plain'), undefined],
    ['an error with a number', Object.assign(new Error('odd'), { code: 5 }), undefined],
    ['a text', 'ENOENT', undefined],
    ['nothing', undefined, undefined],
    ['null', null, undefined],
    ['a symbol', Symbol('x'), undefined],
  ])('is found in %s', (_name, thrown, code) => {
    expect(errors.errorCode(thrown)).toBe(code);
    expect([errors.isTempCacheError(thrown), errors.isUnsafeFolder(thrown)]).toEqual([false, false]);
  });

  it('is undefined for what cannot be looked at', () => {
    const trap = {
      get code(): string {
        throw new Error('do not look');
      },
    };
    expect([errors.errorCode(trap), errors.errorCode(revoked.proxy)]).toEqual([undefined, undefined]);
  });

  it('tells errors of another copy of this package too', () => {
    const foreign = { code: 'ERR_TEMPCACHE_UNSAFE_FOLDER', message: 'from another copy' };
    expect([errors.isTempCacheError(foreign), errors.isUnsafeFolder(foreign)]).toEqual([true, true]);
  });
});
