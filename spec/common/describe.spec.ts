import { describe, expect, it } from '@jest/globals';
import { classNameOf, describe as describeValue, functionName } from '../../lib/common/describe.ts';

class Session {
  readonly user = 'Ada';
}
class Admin extends Session {}

const fail = (): never => {
  throw new Error('touched');
};

/** A proxy that cannot be looked at. */
const trap: object = new Proxy(
  {},
  { get: fail, getPrototypeOf: fail, getOwnPropertyDescriptor: fail, has: fail, ownKeys: fail },
);

describe('a value in words', () => {
  it.each([
    ['a string', 'a'],
    ['a number', 1],
    ['a bigint', 1n],
    ['a boolean', true],
    ['a undefined', undefined],
    ['a object', null],
    ['the unregistered symbol Symbol(a)', Symbol('a')],
    ['the function load', function load() {}],
    ['a function', () => 1],
    ['the function Session', Session],
    ['an instance of Session', new Session()],
    ['an instance of Admin', new Admin()],
    ['an instance of Map', new Map()],
    ['an instance of Session', Object.create(new Session())],
    ['an object that is not a plain one', Object.create({})],
    ['an object of an unknown class', Object.create(null)],
    ['an object of an unknown class', Object.create(Object.create(null))],
    ['a promise', Promise.resolve()],
    ['an arguments object', argumentsOf()],
    ['a generator', (function* () {})()],
    ['a proxy', trap],
  ])('is %s', (words, value) => {
    expect(describeValue(value)).toBe(words);
  });

  it('is a module', async () => {
    expect(describeValue(await import('node:path'))).toBe('a module');
  });
});

describe('the name of a class', () => {
  it('is found without running anything of the object', () => {
    const prototype = Object.create(null, { constructor: { get: fail } }) as object;
    expect(classNameOf(Object.create(prototype) as object)).toBeUndefined();
    expect(classNameOf(trap)).toBeUndefined();
    expect(classNameOf(Object.create(trap) as object)).toBeUndefined();
    expect(
      classNameOf(Object.create({ constructor: new Proxy(Session, { getOwnPropertyDescriptor: fail }) }) as object),
    ).toBeUndefined();
  });

  it('is that of the nearest class', () => {
    expect(classNameOf(new Admin())).toBe('Admin');
    expect(classNameOf(Object.assign(new Admin(), { constructor: Session }))).toBe('Admin');
  });
});

describe('the name of a function', () => {
  it('is undefined where there is none, or none that is text', () => {
    expect(functionName(function load() {})).toBe('load');
    expect(functionName(new Proxy(Session, { get: fail }))).toBeUndefined();
    expect(functionName(Object.defineProperty(() => 1, 'name', { value: 7 }))).toBeUndefined();
    expect(functionName(Object.defineProperty(() => 1, 'name', { get: fail }))).toBeUndefined();
  });
});

function argumentsOf(): unknown {
  return (function () {
    return arguments;
  })();
}
