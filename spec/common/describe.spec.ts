import { describe, expect, it } from '@jest/globals';
import {
  classNameOf,
  describe as describeValue,
  durationInWords,
  formatPath,
  functionName,
  type PathStep,
  timeInWords,
} from '../../lib/common/describe.ts';

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

describe('a path', () => {
  it.each<readonly [string, readonly PathStep[]]>([
    ['args', []],
    ['args[0]', [0]],
    ['args[0].user.first_name$', [0, 'user', 'first_name$']],
    ['args["first name"]', ['first name']],
    ['args["0"]', ['0']],
    ['args[""]', ['']],
    ['args["a\\"]b"]', ['a"]b']],
    ['args["\\ud800"]', ['\uD800']],
    ['args["naïve"]', ['naïve']],
    ['args[Symbol(a)]', [Symbol.for('a')]],
    ['args.<map key 2>', [{ map: 'key', index: 2 }]],
    ['args.<map value 0>.a', [{ map: 'value', index: 0 }, 'a']],
    ['args.<set member 1>[2]', [{ set: 1 }, 2]],
  ])('reads %s', (path, steps) => {
    expect(formatPath('args', steps)).toBe(path);
  });
});

describe('A duration in words', () => {
  it.each([
    [0, '0 ms', '0 ms'],
    [0.5, '0.5 ms', '0 ms'],
    [999, '999 ms', '999 ms'],
    [1000, '1 second', '1 second'],
    [1500, '1 second 500 ms', '1 second'],
    [59_999, '59 seconds 999 ms', '59 seconds'],
    [60_000, '1 minute', '1 minute'],
    [90_000, '1 minute 30 seconds', '1 minute 30 seconds'],
    [3_600_000, '1 hour', '1 hour'],
    [5_400_000, '1 hour 30 minutes', '1 hour 30 minutes'],
    [86_399_999, '23 hours 59 minutes', '23 hours 59 minutes'],
    [86_400_000, '1 day', '1 day'],
    [604_800_000, '7 days', '7 days'],
    [97_200_000, '1 day 3 hours', '1 day 3 hours'],
    [Infinity, 'for ever', 'for ever'],
  ])('of %d ms is %s, and as a time that has passed %s', (ms, words, rounded) => {
    expect(durationInWords(ms)).toBe(words);
    expect(timeInWords(ms)).toBe(rounded);
  });
});
