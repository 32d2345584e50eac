import { describe, expect, it } from '@jest/globals';
import { cacheKey } from '../../lib/keys/cache-key.ts';
import { idOf, idOfArgs } from '../support/key-ids.ts';
import { refusalOf } from '../support/key-refusal-of.ts';

class User {
  readonly #id: unknown;
  constructor(id: unknown) {
    this.#id = id;
  }
  [cacheKey](): unknown {
    return this.#id;
  }
}

class Admin extends User {}

describe('an instance of a class with the method cacheKey', () => {
  it('is keyed by what the method returns', () => {
    expect(idOf(new User(1))).toBe(idOf(new User(1)));
    expect(idOf(new User(1))).not.toBe(idOf(new User(2)));
    expect(idOf([new User({ a: [1] })])).toBe(idOf([new User({ a: [1] })]));
    expect(idOf(new Set([new User(1), new User(2)]))).toBe(idOf(new Set([new User(2), new User(1)])));
  });

  it('is keyed by the name of its class, an inherited method too', () => {
    expect(idOf(new User(1))).not.toBe(idOf(new Admin(1)));
    expect(idOf(new User(1))).not.toBe(idOf(1));
    expect(idOf(new User(1))).not.toBe(idOf(['User', 1]));
    expect(idOf(new User(new User(1)))).not.toBe(idOf(new User(1)));
  });

  it('is refused where the method gives undefined', () => {
    const { path, message } = refusalOf(new User(undefined));
    expect(path).toBe('key');
    expect(message).toMatch(/its key is undefined: a `return` may be missing/);
    expect(refusalOf({ user: [new User(undefined)] }).path).toBe('key.user[0]');
    expect(idOf(new User(null))).not.toBe(idOf(new User([undefined])));
  });

  it('is refused where its class has no name', () => {
    const [anonymous] = [
      class {
        [cacheKey] = (): number => 1;
      },
    ];
    expect(refusalOf(new anonymous()).message).toMatch(/class without a name/);
  });

  it('may be part of a cycle', () => {
    class Node {
      readonly links: Node[] = [];
      readonly id: number;
      constructor(id: number) {
        this.id = id;
      }
      [cacheKey](): unknown {
        return { id: this.id, links: this.links };
      }
    }
    const pair = (second: number): Node => {
      const [one, other] = [new Node(1), new Node(second)];
      one.links.push(other);
      other.links.push(one);
      return one;
    };
    expect(idOf(pair(2))).toBe(idOf(pair(2)));
    expect(idOf(pair(2))).not.toBe(idOf(pair(3)));
  });
});

describe('an object with a method cacheKey of its own', () => {
  it('is keyed by what the method returns', () => {
    const keyed = (id: number): object => ({ [cacheKey]: () => id });
    expect(idOf(keyed(1))).toBe(idOf(keyed(1)));
    expect(idOf(keyed(1))).not.toBe(idOf(keyed(2)));
    expect(idOf(keyed(1))).not.toBe(idOf({}));
  });

  it('is refused where that is no method', () => {
    expect(refusalOf({ [cacheKey]: 1 }).path).toBe('key');
  });
});

describe('a class with a static method cacheKey', () => {
  class Table {
    static [cacheKey](): string {
      return 'v1';
    }
    [cacheKey](): string {
      return 'v1';
    }
  }
  class Orders extends Table {}

  it('is keyed by its own name', () => {
    expect(idOf(Table)).toBe(idOf(Table));
    expect(idOf(Table)).not.toBe(idOf(Orders));
    expect(idOf(Table)).not.toBe(idOf(new Table()));
  });

  it('is refused without a name', () => {
    const [anonymous] = [class extends Table {}];
    Object.defineProperty(anonymous, 'name', { value: '' });
    expect(refusalOf(anonymous).message).toMatch(/class without a name/);
  });
});

describe('a method cacheKey', () => {
  it.each([
    ['an error', new Error('no key'), /no key/],
    ['a text', 'no key', /no key/],
    ['undefined', undefined, /undefined/],
    ['what cannot be turned into text', Object.create(null), /cannot be read/],
    [
      'what throws as it is turned into text',
      {
        toString: (): never => {
          throw new Error('again');
        },
      },
      /cannot be read/,
    ],
  ])('that throws %s is a refusal with the cause', (_name, cause, says) => {
    const error = refusalOf({
      users: [
        {
          [cacheKey]: (): never => {
            throw cause;
          },
        },
      ],
    });
    expect(error.code).toBe('ERR_TEMPCACHE_UNKEYABLE');
    expect(error.message).toMatch(says);
    expect(error.path).toBe('key.users[0]');
    expect(error.cause).toBe(cause);
  });

  it('that returns what cannot be a key is a refusal with the path', () => {
    expect(refusalOf([new User({ session: Symbol('a') })]).path).toBe('key[0][Symbol(tempcache.cacheKey)].session');
    expect(refusalOf(new User(Promise.resolve(1))).message).toMatch(/a promise/);
  });

  it('that returns itself is a refusal: it says nothing', () => {
    const self: object = { [cacheKey]: () => self };
    expect(refusalOf(self).message).toMatch(/its key is itself/);
    const one: object = { [cacheKey]: () => other };
    const other: object = { [cacheKey]: () => one };
    expect(refusalOf([one]).message).toMatch(/its key is itself/);
  });

  it('that returns another instance each time is a refusal', () => {
    const another = (): User => new User({ [cacheKey]: another });
    expect(refusalOf(another()).message).toMatch(/deeper than 10,000/);
  });

  it('that makes a key itself disturbs no key', () => {
    const inner = (): string => idOfArgs('inner', { a: 1 });
    const outer = (): string => idOfArgs('before', { a: 1 }, { [cacheKey]: inner }, { b: 2 });
    const expected = inner();
    const first = outer();
    expect(inner()).toBe(expected);
    expect(outer()).toBe(first);
    expect(idOfArgs('before', { a: 1 }, { [cacheKey]: () => expected }, { b: 2 })).toBe(first);
  });

  it('that fails leaves nothing behind for the next key', () => {
    const expected = idOf(['a', {}]);
    refusalOf(['a', { [cacheKey]: () => Symbol('a') }]);
    expect(idOf(['a', {}])).toBe(expected);
  });

  it('that shortens the array it stands in makes no key of another array', () => {
    const list: unknown[] = [{ [cacheKey]: () => (list.length = 1) }, 2, 3];
    const id = idOf(list);
    expect(id).not.toBe(idOf([list[0]]));
  });

  it('that removes a property makes the key a refusal', () => {
    const user: Record<string, unknown> = { a: { [cacheKey]: () => delete user['b'] }, b: 1 };
    expect(refusalOf(user).path).toBe('key.b');
  });
});
