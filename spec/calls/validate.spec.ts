import { describe, expect, it } from '@jest/globals';
import type { Validator } from '../../lib/options/judging.ts';
import { useClock } from '../support/clock.ts';
import { storeKinds, useCaches } from '../support/store-kinds.ts';
import { failureOf } from '../support/store-suite/use-store.ts';
import { isEven, schema } from '../support/schemas.ts';
import { ways } from '../support/ways.ts';

const clock = useClock();
const HOUR = 3_600_000;
const NAMED = { name: 'load' };

const VALIDATORS: readonly { readonly as: string; readonly validate: Validator }[] = [
  { as: 'a function', validate: isEven },
  { as: 'a schema', validate: schema(false) },
  { as: 'a schema that is a function', validate: Object.assign(() => true, schema(false)) },
];
const LATE: typeof VALIDATORS = [
  { as: 'an asynchronous function', validate: async (value) => isEven(value) },
  { as: 'an asynchronous schema', validate: schema(true) },
];

describe.each(storeKinds)('Over $name, validate', (kind) => {
  const makeCache = useCaches(kind);

  it.each(ways.flatMap((way) => VALIDATORS.map((validator) => ({ ...way, ...validator }))))(
    'that is $as makes a stored value that is not good a miss of $name',
    async ({ ask, validate }) => {
      const { cache, trace } = makeCache({ validate });
      let next = 0;
      const compute = (): number => ++next;
      const { call } = ask(cache, compute);
      expect([await call(), await call(), await call()]).toEqual([1, 2, 2]);
      expect(trace.take()).toEqual(['miss absent', 'save', 'miss invalid', 'save', 'hit']);
    },
  );

  it.each([...VALIDATORS, ...LATE])(
    'that is $as is waited for by a function that answers with promises',
    async (one) => {
      const { cache, trace } = makeCache();
      let next = 0;
      const load = cache.wrap(async () => ++next, { name: 'load', validate: one.validate });
      expect([await load(), await load(), await load()]).toEqual([1, 2, 2]);
      expect(trace.take()).toEqual(['miss absent', 'save', 'miss invalid', 'save', 'hit']);
      expect(await load.cache.run()).toMatchObject({ value: 2, status: 'hit', reason: undefined });
    },
  );

  it.each(LATE)('that is $as is waited for where the value came out of a promise', async ({ validate }) => {
    const store = makeCache().store;
    let next = 0;
    const load = (): Promise<number> => Promise.resolve(++next);
    for (const seen of [1, 2, 2]) {
      const { cache } = makeCache({ validate }, store);
      expect(await cache.cacheResult(load)).toBe(seen);
    }
  });

  it('is judged with every look: a value that another process has saved meanwhile too', async () => {
    const { cache, store, trace } = makeCache({ validate: isEven });
    const other = makeCache({}, store);
    let next = 1;
    const load = cache.wrap(async () => (next += 2), { name: 'load' });
    const theirs = other.cache.wrap(load.cache.original, { name: 'load' });
    await theirs();
    expect(await load()).toBe(5);
    expect(trace.take()).toEqual(['miss invalid', 'save']);
  });

  it.each([
    ['throws', () => JSON.parse('{')],
    ['is a schema that throws', { '~standard': { version: 1, vendor: 'spec', validate: () => JSON.parse('{') } }],
    ['is a schema that gives nothing', { '~standard': { version: 1, vendor: 'spec', validate: () => undefined } }],
  ])('that %s fails no call: the value is computed, and an event says so', async (_what, validate) => {
    const { cache, trace } = makeCache({ validate: validate as never });
    let next = 0;
    const load = cache.wrap(() => ++next, { name: 'load' });
    const later = cache.wrap(async () => ++next, { name: 'later' });
    for (const call of [load, later]) {
      await call();
      trace.take();
      expect(await call()).toBe(next);
      expect(trace.take()).toEqual(['readFailed ERR_TEMPCACHE_CALLBACK', 'miss invalid', 'save']);
    }
  });

  it('lets no value stand in that is not good', async () => {
    const { cache, trace } = makeCache({ captures: 'off', maxAge: '1h', staleIfError: true, validate: isEven });
    const error = new Error('no luck');
    let next: number | undefined = 1;
    const load = cache.wrap(() => {
      if (next === undefined) throw error;
      return next;
    }, NAMED);
    await load();
    next = undefined;
    clock.now += HOUR;
    expect(await failureOf(load)).toBe(error);
    expect(trace.take()).toEqual(['miss absent', 'save', 'miss expired']);
    next = 2;
    await load();
    next = undefined;
    clock.now += HOUR;
    expect(await load()).toBe(2);
  });

  it('serves no stale value that is not good', async () => {
    const { cache, trace } = makeCache({ maxAge: '1h', staleWhileRevalidate: true, validate: isEven });
    let next = 0;
    const load = cache.wrap(() => ++next, { name: 'load' });
    await load();
    clock.now += HOUR;
    expect(await load()).toBe(2);
    expect(trace.take()).toEqual(['miss absent', 'save', 'miss invalid', 'save']);
  });
});
