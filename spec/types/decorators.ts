/** Checked by tsc alone, never run: `wrap` as a decorator. */

import { expectTypeOf } from 'expect-type';

import type { AsyncStore, TempCache } from '../../lib/index.ts';

declare const cache: TempCache;
declare const remote: TempCache<AsyncStore>;
const { wrap } = cache;

interface User {
  readonly id: number;
}

export class Users {
  readonly #url: string = '';

  @cache.wrap
  load(id: number): User {
    return { id };
  }

  @cache.wrap({ maxAge: '1h', key: (id: number) => id, shouldCache: (user: User) => user.id > 0 })
  async later(id: number): Promise<User> {
    return { id };
  }

  @wrap
  static make(id: number, ...rest: readonly string[]): User {
    return { id: id + rest.length };
  }

  @wrap({ name: 'Users.#secret', ignoreThis: true })
  #secret(): string {
    return this.#url;
  }
  secret(): string {
    return this.#secret();
  }

  @cache.wrap()
  same<T>(value: T): T {
    return value;
  }

  @cache.wrap
  *all(): Generator<User, number, undefined> {
    yield { id: 1 };
    return 1;
  }

  @cache.wrap({
    key(this: Users, id: number) {
      return [this.secret(), id];
    },
  })
  byThis(id: number): string {
    return `${this.#url}${id}`;
  }

  // Over a store that answers with promises a method has to answer with one.
  @remote.wrap
  async far(id: number): Promise<User> {
    return { id };
  }
  @remote.wrap({ maxAge: '1h' })
  async further(id: number): Promise<User> {
    return { id };
  }
  // @ts-expect-error it would answer with a promise
  @remote.wrap
  near(id: number): User {
    return { id };
  }
  // @ts-expect-error it would answer with a promise
  @remote.wrap({ maxAge: '1h' })
  nearer(id: number): User {
    return { id };
  }

  // What is no method cannot be decorated.
  // @ts-expect-error a getter
  @cache.wrap
  get url(): string {
    return this.#url;
  }
  // @ts-expect-error a getter
  @cache.wrap({ maxAge: '1h' })
  get name(): string {
    return this.#url;
  }
  // @ts-expect-error a field
  @cache.wrap
  field = 1;
  // @ts-expect-error a field that holds a function
  @cache.wrap
  arrow = (): number => 1;
  // @ts-expect-error a field
  @cache.wrap({ maxAge: '1h' })
  other = 1;
  // @ts-expect-error an accessor
  @cache.wrap
  accessor both = 1;
  // @ts-expect-error the option does not exist
  @cache.wrap({ maxage: 1 })
  misspelt(): number {
    return 1;
  }
  // @ts-expect-error the key is made of another argument
  @cache.wrap({ key: (id: string) => id })
  misfit(id: number): number {
    return id;
  }
}

// @ts-expect-error a class
@cache.wrap
export class Decorated {
  readonly url = 'x';
}

// Decorated or not, a method has the type that is written.
declare const users: Users;
expectTypeOf(users.load(1)).toEqualTypeOf<User>();
expectTypeOf(users.later(1)).toEqualTypeOf<Promise<User>>();
expectTypeOf(Users.make(1, 'a')).toEqualTypeOf<User>();
expectTypeOf(users.same('a' as const)).toEqualTypeOf<'a'>();

// The plain uses stay: options by themselves, in variables, and functions that have a kind.
const options = { name: 'load', maxAge: '1h' } as const;
expectTypeOf(cache.wrap((id: number) => id, options)(1)).toEqualTypeOf<number>();
expectTypeOf(['a'].map((name) => cache.wrap((id: number) => id, { name }))[0]?.(1)).toEqualTypeOf<number | undefined>();
expectTypeOf([(id: number) => id].map(cache.wrap({ maxAge: '1h' }))[0]?.(1)).toEqualTypeOf<number | undefined>();
declare function pipe<A, B>(value: A, step: (value: A) => B): B;
expectTypeOf(pipe((id: number) => id, cache.wrap({ maxAge: '1h' }))(1)).toEqualTypeOf<number>();
