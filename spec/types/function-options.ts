/** Checked by tsc alone, never run: the callbacks among the options of a function know its parameters. */

import { expectTypeOf } from 'expect-type';

import type { CallOptions, FunctionOptions, StandardSchema, TempCache, TempCacheOptions } from '../../lib/index.ts';
import type { ValuesAt } from '../../lib/options/values.ts';

declare const cache: TempCache;

interface User {
  readonly id: number;
  readonly name: string;
}
interface Db {
  readonly url: string;
}

declare function load(user: User, fresh?: boolean): Promise<readonly User[]>;
declare function query(this: Db, sql: string): number;
declare function identity<T>(value: T): T;

// Without annotations.
cache.wrap(load, {
  key(user, fresh) {
    expectTypeOf(user).toEqualTypeOf<User>();
    expectTypeOf(fresh).toEqualTypeOf<boolean | undefined>();
    return user.id;
  },
  shouldCache(value, user) {
    expectTypeOf(value).toEqualTypeOf<readonly User[]>();
    expectTypeOf(user).toEqualTypeOf<User>();
    return value.length > 0;
  },
  label: (user) => user.name,
});
cache.wrap(query, {
  key(sql) {
    expectTypeOf(this).toEqualTypeOf<Db>();
    expectTypeOf(sql).toEqualTypeOf<string>();
    return [this.url, sql];
  },
  shouldCache: (value) => value > 0,
});
cache.wrap(async (id: number) => ({ id }), { name: 'fetch', shouldCache: ({ id }) => id > 0, label: (id) => `#${id}` });
cache.wrap(identity, {
  key(value) {
    expectTypeOf(value).toEqualTypeOf<unknown>();
    return value;
  },
});

cache.wrap(load, {
  maxAge(value, user, fresh) {
    expectTypeOf(value).toEqualTypeOf<readonly User[]>();
    expectTypeOf(user).toEqualTypeOf<User>();
    expectTypeOf(fresh).toEqualTypeOf<boolean | undefined>();
    return { minutes: value.length };
  },
  validate(value) {
    expectTypeOf(value).toEqualTypeOf<readonly User[]>();
    return value.length > 0;
  },
  cacheErrors: {
    maxAge: '10s',
    when(error, user) {
      expectTypeOf(error).toEqualTypeOf<unknown>();
      expectTypeOf(user).toEqualTypeOf<User>();
      return true;
    },
  },
});
declare const schema: StandardSchema;
cache.wrap(load, { validate: schema });
cache.wrap(load, { validate: async (value) => value.length > 0 });
cache.wrap(load, { validate: (value: unknown): value is User[] => Array.isArray(value) });
cache.with({
  validate: schema,
  maxAge: (value, ...args) => (value === args[0] ? 0 : '1h'),
  cacheErrors: { maxAge: 5 },
});
cache.wrap(load).cache.maxAge = (value, user) => value.length + user.id;
cache.maxAge = (value) => (value === undefined ? 0 : Infinity);
cache.wrap({ validate: schema, maxAge: () => '1h', cacheErrors: { maxAge: '1s' } })(load);
// @ts-expect-error an age is a duration
cache.wrap(load, { maxAge: () => true });
// @ts-expect-error another value
cache.wrap(load, { validate: (value: string) => value === '' });
// @ts-expect-error no schema
cache.wrap(load, { validate: { parse: () => true } });
// @ts-expect-error it has to be said for how long
cache.wrap(load, { cacheErrors: {} });
// @ts-expect-error the function takes no text
cache.wrap({ cacheErrors: { maxAge: 1, when: (error: unknown, id: string) => error === id } })(load);

// With the options first they say themselves what they take, and the function has to agree.
const byId = cache.wrap({ key: (user: User) => user.id, maxAge: { days: 1 } });
expectTypeOf(byId(load)).parameters.toEqualTypeOf<Parameters<typeof load>>();
// @ts-expect-error its argument is no user
byId((id: number) => id);
const wherePositive = cache.wrap({ shouldCache: (value: number) => value > 0 });
expectTypeOf(wherePositive(query)).returns.toEqualTypeOf<number>();
// @ts-expect-error its value is no number
wherePositive(load);

// Lists may be readonly, and the options made before.
const deps = [1, 'a', { b: load }] as const;
const options: FunctionOptions<typeof load> = { name: 'load', version: '1', deps, ignoreThis: true, mode: 'refresh' };
expectTypeOf(cache.wrap(load, options)(...([{ id: 1, name: '' }] as const))).toEqualTypeOf<Promise<readonly User[]>>();
cache.wrap(load, { maxAge: Infinity });
cache.wrap({ name: 'x' });
declare function join(first: string, ...rest: readonly string[]): string;
expectTypeOf(cache.wrap()(join)('a', 'b')).toEqualTypeOf<string>();
expectTypeOf(cache.wrap({ maxAge: 1 })(join)('a')).toEqualTypeOf<string>();

// @ts-expect-error no such option
cache.wrap(load, { maxage: 1 });
// @ts-expect-error no such option
cache.wrap({ ttl: 1 });
// @ts-expect-error the first argument is a user
cache.wrap(load, { key: (user: string) => user });
// @ts-expect-error a label is a text
cache.wrap(load, { label: (user) => user.id });
// @ts-expect-error true or false
cache.wrap(load, { shouldCache: () => 'yes' });
// @ts-expect-error a version is a text
cache.wrap(load, { version: 3 });
// @ts-expect-error no options at all
cache.wrap(load, '1h');

// Options that name no function fit every one.
declare const anyOptions: FunctionOptions;
expectTypeOf(cache.wrap(load, anyOptions)).toEqualTypeOf(cache.wrap(load));
expectTypeOf(cache.wrap(anyOptions)(load)).toEqualTypeOf(cache.wrap(load));
// @ts-expect-error no such option, next to one that there is
cache.wrap({ name: 'x', ttl: 1 });
// @ts-expect-error a version is a text
cache.wrap({ version: 3 });
// @ts-expect-error no such mode
cache.wrap({ mode: 'none' });

// Every option has its row in the table, for each place where it can be given, and every row its option.
expectTypeOf<keyof TempCacheOptions>().toEqualTypeOf<keyof ValuesAt['TempCache']>();
expectTypeOf<keyof CallOptions>().toEqualTypeOf<keyof ValuesAt['with()']>();
expectTypeOf<keyof FunctionOptions>().toEqualTypeOf<keyof ValuesAt['wrap()']>();
expectTypeOf<keyof NonNullable<Parameters<typeof TempCache.temporary>[0]>>().toEqualTypeOf<
  keyof ValuesAt['TempCache.temporary()']
>();
