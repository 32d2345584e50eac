import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { kindOf } from '../../lib/common/kind.ts';
import { v8Serializer } from '../../lib/serializers/v8.ts';
import { idOf } from '../support/key-ids.ts';
import { refusalOf } from '../support/key-refusal-of.ts';

const { Date: Original, Map: OriginalMap } = globalThis;
const serializer = v8Serializer();

/** What comes back of a value. */
function stored(value: unknown): unknown {
  return serializer.deserialize(serializer.serialize(value));
}

afterEach(() => {
  jest.useRealTimers();
  Object.assign(globalThis, { Date: Original, Map: OriginalMap });
  Object.defineProperty(Original.prototype, 'constructor', { value: Original });
});

describe('a date of fake timers', () => {
  it.each([false, true])('is keyed and stored as the date that it is (legacy: %p)', (legacyFakeTimers) => {
    jest.useFakeTimers({ legacyFakeTimers });
    expect(idOf({ at: new Date(5) })).toBe(idOf({ at: new Original(5) }));
    expect(idOf({ at: new Date(6) })).not.toBe(idOf({ at: new Original(5) }));
    expect(stored([new Date(5)])).toEqual([new Original(5)]);
  });

  it('is one also when the real timers are back', () => {
    jest.useFakeTimers();
    const date = new Date(5);
    jest.useRealTimers();
    expect(Object.getPrototypeOf(date)).not.toBe(Original.prototype);
    expect(idOf(date)).toBe(idOf(new Date(5)));
    expect(stored([date])).toEqual([new Date(5)]);
  });

  it('with a property of its own is refused as a key, and stored with it', () => {
    jest.useFakeTimers();
    const date = Object.assign(new Date(5), { zone: 'UTC' });
    expect(refusalOf(date).message).toMatch(/further properties/);
    const read = stored(date) as typeof date;
    expect([read.zone, read.getTime(), Object.hasOwn(read, 'constructor')]).toEqual(['UTC', 5, false]);
  });

  it('is none where a class extends it', () => {
    jest.useFakeTimers();
    class Moment extends Date {}
    const moment = new Moment(5);
    expect(kindOf(moment)).toBeUndefined();
    jest.useRealTimers();
    expect(kindOf(moment)).toBeUndefined();
  });
});

describe('a date', () => {
  it('is one whatever the constructor of all dates is', () => {
    const before = idOf(new Date(5));
    Object.defineProperty(Original.prototype, 'constructor', { value: function Date1() {} });
    expect(idOf(new Date(5))).toBe(before);
    expect(stored([new Date(5)])).toEqual([new Date(5)]);
  });

  it('runs no code of a constructor of its own', () => {
    const spy = jest.fn();
    const constructor = new Proxy(function () {}, { get: spy, getOwnPropertyDescriptor: spy as never });
    const date = Object.assign(new Date(5), { constructor });
    expect(refusalOf(date).message).toMatch(/further properties/);
    expect(() => stored(date)).toThrow(/value\.constructor is a function/);
    expect(spy).not.toHaveBeenCalled();
  });

  it('that only says by its constructor that it is one is none', () => {
    class Moment extends Date {
      zone(): string {
        return 'UTC';
      }
    }
    expect(kindOf(Object.defineProperty(new Moment(5), 'constructor', { value: Date }))).toBeUndefined();
  });
});

describe('a global class that stands for a built-in one', () => {
  it('counts as that where it takes the instances of that for its own', () => {
    globalThis.Map = class extends OriginalMap<unknown, unknown> {
      static override [Symbol.hasInstance](instance: unknown): boolean {
        return instance instanceof OriginalMap;
      }
    };
    expect(idOf(new Map([[1, 2]]))).toBe(idOf(new OriginalMap([[1, 2]])));
    expect(stored([new Map([[1, 2]])])).toEqual([new OriginalMap([[1, 2]])]);
  });

  it('does not where it does not, or adds something', () => {
    globalThis.Map = class extends OriginalMap<unknown, unknown> {};
    expect(kindOf(new Map())).toBeUndefined();
    globalThis.Map = class extends OriginalMap<unknown, unknown> {
      first = 1;
      static override [Symbol.hasInstance](instance: unknown): boolean {
        return instance instanceof OriginalMap;
      }
      most(): unknown {
        return this.first;
      }
    };
    expect(kindOf(new Map())).toBeUndefined();
  });
});
