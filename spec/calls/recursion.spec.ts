import { describe, expect, it } from '@jest/globals';
import { setImmediate } from 'node:timers/promises';
import type { TempCache } from '../../lib/temp-cache.ts';
import { defer } from '../support/deferred.ts';
import { storeKinds, useCaches } from '../support/store-kinds.ts';

describe.each(storeKinds)('Over $name, a function', (kind) => {
  const makeCache = useCaches(kind);

  it('that calls itself computes every value once', async () => {
    const { cache } = makeCache();
    let calls = 0;
    const fibonacci: (n: number) => Promise<number> = cache.wrap(
      async (n: number) => ++calls && (n < 2 ? n : (await fibonacci(n - 1)) + (await fibonacci(n - 2))),
      { name: 'fibonacci' },
    );
    expect([await fibonacci(30), calls]).toEqual([832_040, 31]);
  });

  it('that calls itself twice at the same time computes every value once', async () => {
    const { cache } = makeCache();
    let calls = 0;
    const fibonacci: (n: number) => Promise<number> = cache.wrap(
      async (n: number) => {
        calls++;
        if (n < 2) return n;
        const [a, b] = await Promise.all([fibonacci(n - 1), fibonacci(n - 2)]);
        return a + b;
      },
      { name: 'fibonacci' },
    );
    expect([await fibonacci(30), calls]).toEqual([832_040, 31]);
  });

  it('that calls itself with the same arguments runs through', async () => {
    const { cache } = makeCache();
    let calls = 0;
    const load: () => Promise<number> = cache.wrap(
      async () => {
        await setImmediate();
        return ++calls < 4 ? load() : calls;
      },
      { name: 'load' },
    );
    expect([await load(), calls]).toEqual([4, 4]);
    expect([await load(), calls]).toEqual([4, 4]);
  });

  it('that comes to itself through others, by an item and by a cache of other options, runs through', async () => {
    const { cache } = makeCache();
    const other = cache.with({ maxAge: '1h' });
    let calls = 0;
    const first: () => unknown = async () => {
      await setImmediate();
      return ++calls < 3 ? cache.itemForKey('item').loadOrSave(second) : 'end';
    };
    const second = (): unknown => Promise.resolve(other.cacheResult(first));
    expect([await cache.cacheResult(first), calls]).toEqual(['end', 3]);
  });

  it('one call of which waits for another, which waits for the first, gets its value', async () => {
    const { cache } = makeCache();
    const begun = { a: defer<undefined>(), b: defer<undefined>() };
    const load: (name: 'a' | 'b', by: string) => Promise<string> = cache.wrap(
      async (name, by) => {
        begun[name].resolve(undefined);
        const other = name === 'a' ? 'b' : 'a';
        await begun[other].promise;
        return by === '' ? `${name}${await load(other, name)}`.slice(0, 1) : name;
      },
      { name: 'load', key: (name) => name },
    );
    expect(await Promise.all([load('a', ''), load('b', '')])).toEqual(['a', 'b']);
  });
});

describe.each(storeKinds.filter(({ kind }) => kind === 'sync'))('Over $name, a synchronous function', (kind) => {
  const makeAnyCache = useCaches(kind);
  const makeCache = () => makeAnyCache() as unknown as { readonly cache: TempCache };

  it('that calls itself computes every value once', () => {
    const { cache } = makeCache();
    let calls = 0;
    const fibonacci: (n: number) => number = cache.wrap(
      (n: number) => ++calls && (n < 2 ? n : fibonacci(n - 1) + fibonacci(n - 2)),
      { name: 'fibonacci' },
    );
    expect([fibonacci(30), calls]).toEqual([832_040, 31]);
  });

  it('that calls itself with the same arguments runs through', () => {
    const { cache } = makeCache();
    let calls = 0;
    const load: () => number = cache.wrap(() => (++calls < 4 ? load() : calls), { name: 'load' });
    expect([load(), load(), calls]).toEqual([4, 4, 4]);
  });

  it('of an item that an asynchronous one computes meanwhile is not run: its caller shares the promise', async () => {
    const { cache } = makeCache();
    const pending = defer<string>();
    const item = cache.itemForKey(1);
    const later = item.loadOrSave(async () => pending.promise);
    await setImmediate();
    const now: unknown = item.loadOrSave(() => 'now');
    pending.resolve('later');
    expect([await now, await later]).toEqual(['later', 'later']);
  });

  it('that has asynchronous ones begin, which call it again, gives its value', async () => {
    const { cache } = makeCache();
    const answers: Promise<number>[] = [];
    const inner: (n: number) => Promise<number> = cache.wrap(async (n: number) => outer(n - 1) + 1, { name: 'inner' });
    const outer: (n: number) => number = cache.wrap(
      (n: number) => {
        if (n > 0) answers.push(inner(n));
        return n;
      },
      { name: 'outer' },
    );
    expect(outer(3)).toBe(3);
    for (let at = 0; at < answers.length; at++) await answers[at];
    expect(await Promise.all(answers)).toEqual([1, 2, 3]);
  });
});
