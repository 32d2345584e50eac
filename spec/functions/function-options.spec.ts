import { describe, expect, it } from '@jest/globals';
import type { AnyFunctionOptions, FunctionOptions } from '../../lib/functions/function-options.ts';
import { loneCache } from '../support/identity.ts';

const wrapWith = (options: object) => loneCache().wrap(() => 1, { name: 'one', ...options } as FunctionOptions);

const WRONG: readonly (readonly [string, unknown])[] = [
  ['name', ''],
  ['name', 5],
  ['name', null],
  ['version', ''],
  ['version', 3],
  ['deps', 'a'],
  ['deps', { 0: 'a', length: 1 }],
  ['deps', new Set()],
  ['key', 'id'],
  ['ignoreThis', 1],
  ['ignoreThis', 'false'],
  ['shouldCache', true],
  ['label', 'users'],
  ['maxAge', 'soon'],
  ['maxAge', -1],
  ['maxAge', Number.NaN],
  ['maxAge', null],
  ['serializer', 'json'],
  ['serializer', { name: 'mine' }],
  ['mode', 'none'],
  ['maxEntryBytes', 'much'],
  ['staleWhileRevalidate', -1],
  ['staleWhileRevalidate', 'true'],
  ['staleIfError', null],
  ['staleIfError', {}],
  ['waitTimeout', true],
  ['waitTimeout', '-1s'],
  ['computeTimeout', 0],
];

const LATER = ['maxEntries', 'maxBytes', 'memory', 'stats', 'salt'];
const PATIENCE = ['staleWhileRevalidate', 'staleIfError', 'waitTimeout', 'computeTimeout'];

describe('The options of a function', () => {
  it.each(WRONG)('are refused with %s: %p', (option, value) => {
    const refused = expect.objectContaining({ name: 'TypeError', code: 'ERR_INVALID_ARG_VALUE' });
    expect(() => wrapWith({ [option]: value })).toThrow(refused);
    expect(() => wrapWith({ [option]: value })).toThrow(new RegExp(option));
    expect(() => loneCache().wrap({ [option]: value } as AnyFunctionOptions)).toThrow(refused);
  });

  it.each([...LATER, 'ttl', 'constructor', '__proto__ '])('are refused with %s, which they do not know', (option) => {
    expect(() => wrapWith({ [option]: 1 })).toThrow(
      `wrap() has no option "${option}"; it knows name, version, deps, key, ignoreThis, sameEverywhere, shouldCache, label, maxAge, ` +
        'serializer, types, mode, maxEntryBytes, staleWhileRevalidate, staleIfError, waitTimeout, computeTimeout, captures',
    );
  });

  it('are refused with a misspelt name, and the one that was meant is named', () => {
    expect(() => wrapWith({ maxage: 1 })).toThrow(
      'wrap() has no option "maxage"; did you mean "maxAge"? It knows name,',
    );
    expect(() => wrapWith({ shoudCache: () => true })).toThrow('did you mean "shouldCache"?');
  });

  it('may be undefined, one and all', () => {
    const names = ['version', 'deps', 'key', 'ignoreThis', 'shouldCache', 'label', 'maxAge', 'serializer', 'mode'];
    expect(wrapWith(Object.fromEntries([...names, ...PATIENCE].map((option) => [option, undefined])))()).toBe(1);
    expect(
      loneCache().wrap(function one() {
        return 1;
      }, undefined)(),
    ).toBe(1);
  });

  it('are read when the function is wrapped: later changes come too late', () => {
    const options = { name: 'load', version: '1', maxAge: 1000, key: (x: number): number => x };
    const cache = loneCache();
    const wrap = cache.wrap(options);
    const cached = wrap((x: number) => x);
    const before = cached.cache.itemFor(5).id;
    Object.assign(options, { name: 'other', version: '2', key: () => 0 });
    expect(cached.cache.itemFor(5).id).toBe(before);
    expect(wrap(cached.cache.original).cache.itemFor(5).id).toBe(before);
    expect(cache.itemForCall(cached, 5).id).toBe(before);
  });

  it('may be frozen, and are left as they are', () => {
    const options = Object.freeze({ name: 'load', deps: Object.freeze([1, { a: 1 }]), maxAge: '1h' });
    expect(loneCache().wrap(() => 1, options)()).toBe(1);
  });

  it('serve several functions, each with entries of its own', () => {
    const options = { version: '1', maxAge: '1h', label: () => 'label' };
    const cache = loneCache();
    const one = cache.wrap(function one() {
      return 1;
    }, options);
    const two = cache.wrap(function two() {
      return 2;
    }, options);
    expect([one(), two(), one(), two()]).toEqual([1, 2, 1, 2]);
  });
});
