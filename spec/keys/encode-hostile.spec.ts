import { describe, expect, it } from '@jest/globals';
import { idOf } from '../support/key-ids.ts';
import { refusalOf } from '../support/key-refusal-of.ts';

const LIMIT = 10_000;
const thrown = new Error('I throw');

/** A value with so many objects around it. */
function deep(levels: number, value: unknown, around: (value: unknown) => unknown = (inner) => [inner]): unknown {
  let outer = value;
  for (let level = 0; level < levels; level++) outer = around(outer);
  return outer;
}

/** As many paths as there are atoms in the world, through 200 objects. */
const laughs: readonly [string, (inner: unknown) => unknown][] = [
  ['arrays', (inner) => [inner, inner]],
  ['objects', (inner) => ({ a: inner, b: inner })],
  ['objects without prototype', (inner) => Object.assign(Object.create(null) as object, { a: inner, b: inner })],
  ['sets', (inner) => new Set([inner, [inner]])],
  ['maps', (inner) => new Map([[inner, inner]])],
  ['errors', (inner) => new AggregateError([inner], 'a', { cause: inner })],
];

describe('a hostile key', () => {
  it('may be nested 10,000 levels, and no deeper', () => {
    expect(idOf(deep(LIMIT, 1))).not.toBe(idOf(deep(LIMIT, 2)));
    expect(refusalOf(deep(LIMIT + 1, 1)).message).toMatch(/deeper than 10,000 levels/);
    expect(refusalOf(deep(LIMIT + 1, 1, (inner) => new Map([[inner, 1]]))).message).toMatch(/deeper/);
    expect(refusalOf(deep(1e6, 1, (inner) => ({ inner }))).message).toMatch(/deeper/);
  });

  it.each(laughs)('of %s that all stand in many places is keyed by what it holds', (_name, around) => {
    const key = idOf(deep(200, 'a', around));
    expect(idOf(deep(200, 'a', around))).toBe(key);
    expect(idOf(deep(200, 'b', around))).not.toBe(key);
    expect(idOf(deep(201, 'a', around))).not.toBe(key);
  });

  it('of objects that all stand in many places, with a cycle in each, is refused', () => {
    const root: unknown[] = [];
    root.push(deep(60, root, (inner) => [inner, inner]));
    expect(refusalOf(root).message).toMatch(/over two million objects/);
  });

  it('with more in one object than memory should hold is refused', () => {
    const text = 'x'.repeat(4096);
    expect(refusalOf(Array.from({ length: 20_000 }, () => text)).message).toMatch(/over 64 MiB in one object/);
  });

  it('with more to hash than time should allow is refused', () => {
    const bytes = new Uint8Array(32 * 1024 * 1024);
    expect(refusalOf(Array.from({ length: 100 }, () => bytes)).message).toMatch(/2 GiB of binary data/);
  });

  it('of many sets in sets around something large is keyed', () => {
    const around = (inner: unknown): unknown => new Set([1, inner]);
    const large = (last: string): unknown => [...Array.from({ length: 1e5 }, (_, index) => `key ${index}`), last];
    expect(idOf(deep(5000, large('a'), around))).toBe(idOf(deep(5000, large('a'), around)));
    expect(idOf(deep(5000, large('a'), around))).not.toBe(idOf(deep(5000, large('b'), around)));
  });

  it('that is a sparse array of four billion elements is keyed by those it has', () => {
    const sparse = (at: number): unknown[] => Object.assign([] as unknown[], { length: 4e9, [at]: 1 });
    expect(idOf(sparse(3e9))).toBe(idOf(sparse(3e9)));
    expect(idOf(sparse(3e9))).not.toBe(idOf(sparse(3e9 + 1)));
  });
});

/** A plain object to all appearances, whose only property holds another such object, for ever. */
function endless(): object {
  return new Proxy(
    {},
    {
      ownKeys: () => ['next'],
      getOwnPropertyDescriptor: (_target, key) =>
        key === 'next' ? { value: endless(), enumerable: true, configurable: true } : undefined,
    },
  );
}

describe('a proxy', () => {
  const traps = ['getPrototypeOf', 'get', 'ownKeys', 'getOwnPropertyDescriptor'] as const;

  it.each(traps)('whose trap %s throws is refused with the cause', (trap) => {
    const fail = (): never => {
      throw thrown;
    };
    for (const target of [{ a: 1 }, [1]]) {
      const error = refusalOf({ user: new Proxy<object>(target, { [trap]: fail }) });
      expect(error).toMatchObject({ code: 'ERR_TEMPCACHE_UNKEYABLE', cause: thrown });
      expect(error.path).toMatch(/^key\.user/);
    }
  });

  it.each([
    ['a function', () => 1],
    ['a class', URL],
    ['a Map', new Map()],
    ['a Date', new Date(0)],
    ['a typed array', new Uint8Array(1)],
    ['an instance', Object.create({ a: 1 })],
  ])('of %s is refused', (_name, target) => {
    expect(refusalOf(new Proxy(target, {})).message).toMatch(/a proxy|function/);
  });

  it('that was revoked is refused', () => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    expect(refusalOf([proxy]).path).toBe('key[0]');
  });

  it('without end is refused', () => {
    expect(refusalOf(endless()).message).toMatch(/deeper than 10,000/);
  });

  it.each([2 ** 32, 2 ** 32 + 1, -1, 0.5, Infinity, '1'])(
    'of an array that says its length is %p is refused',
    (length) => {
      const proxy = new Proxy([], { get: (target, key) => (key === 'length' ? length : Reflect.get(target, key)) });
      expect(refusalOf(proxy).code).toBe('ERR_TEMPCACHE_UNKEYABLE');
    },
  );

  it('of an array with an element that is there only while all are listed comes to an end', () => {
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

  it('whose property is gone when it is to be read is refused', () => {
    let looks = 2;
    const proxy = new Proxy<object>(
      {},
      {
        ownKeys: () => ['a'],
        getOwnPropertyDescriptor: (_target, key) =>
          key === 'a' && looks-- > 0 ? { value: 1, enumerable: true, configurable: true } : undefined,
      },
    );
    expect(refusalOf(proxy).message).toMatch(/lists a property that it does not have/);
  });
});
