import { describe, expect, it } from '@jest/globals';
import { readDeps } from '../../lib/functions/deps.ts';
import { idOf } from '../support/key-ids.ts';
import { refusalOf } from '../support/key-refusal-of.ts';

const thrown = new Error('I throw');

/** A plain object to all appearances, whose only property holds another such object, for ever. */
function endless(): object {
  return new Proxy(
    { next: undefined },
    { get: (target, key) => (key === 'next' ? endless() : Reflect.get(target, key)) },
  );
}

describe('a proxy is refused', () => {
  const traps = ['getPrototypeOf', 'get', 'ownKeys', 'getOwnPropertyDescriptor'] as const;

  it.each(traps)('whose trap %s throws, with the cause', (trap) => {
    const fail = (): never => {
      throw thrown;
    };
    for (const target of [{ a: 1 }, [1]]) {
      const error = refusalOf({ user: new Proxy<object>(target, { [trap]: fail }) });
      expect(error).toMatchObject({ code: 'ERR_TEMPCACHE_UNKEYABLE', cause: thrown });
      expect(error.path).toMatch(/^key\.user/);
    }
    expect(() => readDeps([new Proxy({ a: 1 }, { [trap]: fail })])).toThrow(
      expect.objectContaining({ code: 'ERR_TEMPCACHE_UNKEYABLE', cause: thrown }),
    );
  });

  it('that throws a proxy which throws', () => {
    const fail = (): never => {
      throw thrown;
    };
    const mean: unknown = new Proxy(new Error('a'), { getPrototypeOf: fail, get: fail, has: fail });
    const error = refusalOf(
      new Proxy(
        { a: 1 },
        {
          get: () => {
            throw mean as Error;
          },
        },
      ),
    );
    expect(error.code).toBe('ERR_TEMPCACHE_UNKEYABLE');
    expect(error.cause).toBe(mean);
  });

  it.each([
    ['a function', () => 1],
    ['a class', URL],
    ['a Map', new Map()],
    ['a Date', new Date(0)],
    ['a typed array', new Uint8Array(1)],
    [
      'an instance',
      new (class Session {
        id = 1;
      })(),
    ],
    ['an object that inherits', Object.create({ a: 1 })],
    ['an error', new Error('a')],
  ])('that stands for %s, and nothing is said of a method for its class', (_name, target) => {
    const { message } = refusalOf(new Proxy(target, {}));
    expect(message).toMatch(/a proxy|function/);
    expect(message).not.toContain('give the class');
  });

  it.each([
    ['an object', {}],
    ['an array', []],
  ])('that was revoked, of %s', (_name, target) => {
    const { proxy, revoke } = Proxy.revocable(target, {});
    revoke();
    expect(refusalOf([proxy]).path).toBe('key[0]');
    expect(refusalOf(new Map([[proxy, 1]])).path).toBe('key.<map key 0>');
  });

  it('without end', () => {
    expect(refusalOf(endless()).message).toMatch(/deeper than 10,000/);
  });

  it('that lists nothing and answers all the same', () => {
    const remote = new Proxy({}, { get: (_target, key) => (key === Symbol.toStringTag ? undefined : 1) });
    expect(refusalOf({ remote })).toMatchObject({
      path: 'key.remote',
      message: expect.stringMatching(/does not list/),
    });
    const lazy = new Proxy([], { get: (_target, key) => (key === 'length' ? 3 : 'element') });
    expect(refusalOf({ lazy })).toMatchObject({ path: 'key.lazy[0]', message: expect.stringMatching(/does not list/) });
  });

  it('of an array that lists a property before its elements', () => {
    const keys = ['total', '0', 'length'];
    const proxy = new Proxy(Object.assign([1], { total: 1 }), { ownKeys: () => keys });
    expect(refusalOf(proxy).message).toMatch(/further properties/);
  });

  it.each([2 ** 32, 2 ** 32 + 1, -1, 0.5, Infinity, '1'])('of an array that says its length is %p', (length) => {
    const proxy = new Proxy([], { get: (target, key) => (key === 'length' ? length : Reflect.get(target, key)) });
    expect(refusalOf(proxy).code).toBe('ERR_TEMPCACHE_UNKEYABLE');
  });

  it('that another object or array inherits from', () => {
    const parent = new Proxy({}, {});
    expect(refusalOf(Object.create(parent)).code).toBe('ERR_TEMPCACHE_UNKEYABLE');
    expect(refusalOf(Object.setPrototypeOf([1], parent)).code).toBe('ERR_TEMPCACHE_UNKEYABLE');
    expect(refusalOf(Object.setPrototypeOf([1], new Proxy(Array.prototype, {}))).code).toBe('ERR_TEMPCACHE_UNKEYABLE');
    expect(refusalOf(Object.setPrototypeOf(new Map(), new Proxy(Map.prototype, {}))).code).toBe(
      'ERR_TEMPCACHE_UNKEYABLE',
    );
  });
});

describe('a proxy of an array', () => {
  it('with an element that is there only while all are listed comes to an end', () => {
    let listed = false;
    const proxy = new Proxy([1, , 3], {
      ownKeys: () => {
        listed = true;
        return ['0', '1', '2', 'length'];
      },
      getOwnPropertyDescriptor: (target, key) => {
        if (key !== '1' || !listed) return Reflect.getOwnPropertyDescriptor(target, key);
        listed = false;
        return { value: 2, enumerable: true, configurable: true };
      },
    });
    expect(idOf(proxy)).toBe(idOf([1, , 3]));
  });
});
