import { describe, expect, it } from '@jest/globals';
import { deserialize, serialize } from '../../lib/v8-serializer-utils/index.ts';

class Above {
  readonly #x = 1;
  x(): number {
    return this.#x;
  }
}

/** A class as a compiler writes one with private fields for an older engine. */
const [Compiled, Plainer] = (() => {
  const secrets = new WeakMap<object, number>();
  return [
    class CompiledClass {
      constructor(secret: number) {
        secrets.set(this, secret);
      }
      read(): unknown {
        return secrets.get(this);
      }
    },
    class PlainerClass {
      read(): unknown {
        return secrets.get(this);
      }
    },
  ];
})();

function copyOf<T>(value: T, ...types: { readonly prototype: object }[]): T {
  return deserialize(serialize(value, { types }), { types }) as T;
}

describe('a class that is named', () => {
  it.each([
    [
      'private fields',
      class A {
        readonly #x = 1;
        read() {
          return this.#x;
        }
      },
      /has private names of A/,
    ],
    [
      'private methods',
      class B {
        #run() {
          return 1;
        }
        run() {
          return this.#run();
        }
      },
      /has private names of B/,
    ],
    ['private names of what it extends', class C extends Above {}, /names of Above/],
    ['a map inside', class D extends Map {}, /extends Map, which keeps a state/],
    ['a date inside', class E extends Date {}, /extends Date/],
    ['headers inside', class F extends Headers {}, /private names of Headers|extends Headers/],
    ['a promise inside', class G extends Promise<unknown> {}, /extends Promise/],
  ])('is refused with the cure where an instance has %s', (_name, made, message) => {
    const value = Reflect.construct(made, made.name === 'G' ? [() => undefined] : []) as object;
    expect(() => serialize({ value }, { types: [made] })).toThrow(message);
    expect(() => serialize({ value }, { types: [made] })).toThrow(/value\.value .*defineType\(\)/);
  });

  it('is refused where instances are keys of a WeakMap that its code reaches', () => {
    expect(() => serialize(new Compiled(1), { types: [Compiled] })).toThrow(/key of a WeakMap.*defineType/);
    expect(copyOf(new Plainer(), Plainer)).toBeInstanceOf(Plainer);
  });

  it('does not take what looks like a private name for one', () => {
    class Colour {
      readonly hex = '#fff'; // #not a name
      text(): string {
        return `#${this.hex} /* #no */`;
      }
    }
    expect(copyOf(new Colour(), Colour).text()).toBe('##fff /* #no */');
  });

  it('is refused where something of a built-in is made to look like an instance', () => {
    class Odd {
      readonly v = 1;
    }
    expect(() => serialize(Object.setPrototypeOf(new Map(), Odd.prototype), { types: [Odd] })).toThrow(/inside/);
  });
});
