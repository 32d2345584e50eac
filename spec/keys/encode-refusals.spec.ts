import { describe, expect, it } from '@jest/globals';
import * as namespace from '../support/key-ids.ts';
import { readDeps } from '../../lib/functions/deps.ts';
import { UnkeyableError } from '../../lib/common/errors.ts';
import { refusalOf } from '../support/key-refusal-of.ts';
import { unkeyables } from '../support/key-refusals.ts';

const all = [...unkeyables, { name: 'a module', make: () => namespace, says: /a module/ }];

describe('a key is refused', () => {
  it.each(all)('that is $name', ({ make, says }) => {
    const error = refusalOf(make());
    expect(error).toBeInstanceOf(UnkeyableError);
    expect(error.code).toBe('ERR_TEMPCACHE_UNKEYABLE');
    expect(error.path).toMatch(/^key/);
    expect(error.message).toMatch(says);
  });

  it.each(all)('that holds $name, with the path', ({ make }) => {
    const path = refusalOf(make()).path?.slice('key'.length) ?? '';
    expect(refusalOf({ user: [0, make()] }).path).toBe(`key.user[1]${path}`);
    expect(refusalOf(new Map([[1, make()]])).path).toBe(`key.<map value 0>${path}`);
  });
});

describe('the path of what is refused', () => {
  it.each([
    ['a property', { user: { session: Symbol('a') } }, 'key.user.session'],
    ['a property that is no name', { 'first name': Symbol('a') }, 'key["first name"]'],
    ['a symbol', { [Symbol.for('a')]: Symbol('b') }, 'key[Symbol(a)]'],
    ['an index', [0, , [Symbol('a')]], 'key[2][0]'],
    ['a key of a map', new Map([[1, 2] as unknown, [Symbol('a'), 3]] as [unknown, unknown][]), 'key.<map key 1>'],
    ['a value of a map', new Map([['a', Symbol('a')]]), 'key.<map value 0>'],
    ['a member of a set', new Set([1, Symbol('a')]), 'key.<set member 1>'],
    ['the cause of an error', new Error('a', { cause: { why: Symbol('a') } }), 'key.cause.why'],
    ['the errors of an error', new AggregateError([1, Symbol('a')]), 'key.errors[1]'],
    ['a field of an error', Object.assign(new Error('a'), { code: Symbol('a') }), 'key.code'],
  ])('leads to %s', (_name, value, path) => {
    expect(refusalOf(value).path).toBe(path);
  });

  it('begins with the argument of a call, and with this', () => {
    expect(refusalOf(undefined, [1, { a: Symbol('a') }]).path).toBe('args[1].a');
    expect(refusalOf({ a: Symbol('a') }, []).path).toBe('this.a');
  });

  it('is cut where it is endless', () => {
    let value: unknown = Symbol('a');
    for (let level = 0; level < 5000; level++) value = [value];
    expect(refusalOf(value).path).toBe(`key${'[0]'.repeat(100)}...`);
  });
});

describe('the cure for what is refused', () => {
  class Session {
    id = 1;
  }

  it('is one that can be applied there', () => {
    expect(refusalOf(new Date(0), [() => 1]).message).toContain('the option `key` can say what the key is instead');
    expect(refusalOf(new Session(), []).message).toContain('`ignoreThis` leaves `this` out');
    expect(refusalOf(new Session()).message).toMatch(/\. Nothing was cached; make the key of plain data$/);
    expect(() => readDeps([new Session()])).toThrow(/; put a text into `deps` that stands for it/);
  });

  it.each<[string, () => unknown]>([
    ['SharedArrayBuffer', () => new SharedArrayBuffer(1)],
    ['Blob', () => new Blob([])],
    ['Response', () => new Response()],
    ['Promise', () => Promise.resolve()],
    ['WeakMap', () => new WeakMap()],
    ['WeakRef', () => new WeakRef({})],
    ['Intl.NumberFormat', () => new Intl.NumberFormat()],
    ['generators', () => (function* () {})()],
    ['iterators', () => [1].values()],
    ['Math', () => Math],
    ['objects that inherit', () => Object.create({ a: 1 })],
  ])('of %s is no method, for its class is not of the program', (_name, make) => {
    expect(refusalOf(make()).message).toContain('which is not plain data');
    expect(refusalOf(make()).message).not.toContain('cacheKey');
  });

  it('of a class of the program is a method', () => {
    expect(refusalOf(new Session()).message).toContain('give the class a method [cacheKey]()');
    expect(refusalOf(new (class extends Map {})()).message).toContain('give the class a method [cacheKey]()');
  });
});
