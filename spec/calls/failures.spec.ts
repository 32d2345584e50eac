import { describe, expect, it } from '@jest/globals';
import { types } from 'node:util';
import { jsonSerializer } from '../../lib/serializers/json.ts';
import { useClock } from '../support/clock.ts';
import { loneCache } from '../support/identity.ts';
import { failing } from '../support/failing.ts';
import { storeKinds, useCaches } from '../support/store-kinds.ts';
import { failureOf } from '../support/store-suite/use-store.ts';
import { ways } from '../support/ways.ts';

const clock = useClock();
// What fails is told by variables that the functions capture.
const TEN = { captures: 'off', cacheErrors: { maxAge: '10s' } } as const;

describe.each(storeKinds)('Over $name, cacheErrors', (kind) => {
  const makeCache = useCaches(kind);

  it.each(ways)('throws a failure of $name again for a while, and calls the function after that', async ({ ask }) => {
    const { cache, trace } = makeCache(TEN);
    const { compute, state } = failing();
    const { call, item } = ask(cache, compute);
    expect(await failureOf(call)).toBe(state.error);
    clock.now += 9_999;
    const again = await failureOf(call);
    expect([again, state.calls]).toEqual([state.error, 1]);
    expect(again).not.toBe(state.error);
    expect([await item.exists(), await item.tryLoad('none')]).toEqual([false, 'none']);
    clock.now += 1;
    state.works = true;
    expect(await call()).toBe('value 2');
    expect(trace.take()).toEqual(['miss absent', 'save', 'hit', 'miss absent', 'miss absent', 'save']);
  });

  it.each([
    ['an error of a kind of the language', new RangeError('no luck', { cause: new Error('why') })],
    [
      'an error with fields of its own',
      Object.assign(new Error('no'), { code: 'ENOENT', path: '/x', details: { a: 1 } }),
    ],
    ['an AggregateError', new AggregateError([new Error('one'), new TypeError('two')], 'all')],
    ['a text', 'no luck'],
    ['nothing', undefined],
    ['an object', { status: 404 }],
  ])('gives %s back as it was', async (_what, error) => {
    const { cache } = makeCache(TEN);
    const { compute, state } = failing(error);
    const load = cache.wrap(async () => compute(), { name: 'load' });
    const [first, second] = [await thrownBy(load), await thrownBy(load)];
    expect([first, state.calls]).toEqual([error, 1]);
    expect(second).toStrictEqual(error);
    if (typeof error !== 'object') return;
    expect(Object.getPrototypeOf(second)).toBe(Object.getPrototypeOf(error));
    expect((second as Error).stack).toBe((error as Error).stack);
    expect((second as Error).cause).toEqual((error as Error).cause);
  });

  it.each([
    ['of a class of its own', new (class HttpError extends Error {})('404')],
    ['that holds a function', Object.assign(new Error('no'), { retry: () => 1 })],
  ])('keeps no error %s: the function is called again, and an event says so', async (_what, error) => {
    const { cache, trace } = makeCache(TEN);
    const { compute, state } = failing(error);
    const load = cache.wrap(compute, { name: 'load' });
    expect([await failureOf(load), await failureOf(load), state.calls]).toEqual([error, error, 2]);
    expect(trace.take()).toEqual(
      Array.from({ length: 2 }, () => ['miss absent', 'writeFailed ERR_TEMPCACHE_UNSERIALIZABLE']).flat(),
    );
  });

  it('keeps no error that a serializer of the user does not give back as it was', async () => {
    const lossy = {
      name: 'lossy',
      serialize: (value: unknown) => Buffer.from(JSON.stringify(value)),
      deserialize: (bytes: Uint8Array) => JSON.parse(Buffer.from(bytes).toString()),
    };
    for (const serializer of [lossy, jsonSerializer()]) {
      const { cache } = makeCache({ ...TEN, serializer });
      const { compute, state } = failing();
      const load = cache.wrap(compute, { name: 'load' });
      expect([await failureOf(load), await failureOf(load), state.calls]).toEqual([state.error, state.error, 2]);
    }
  });

  it('keeps what `when` says, which is given the error and the arguments', async () => {
    const { cache } = makeCache();
    const asked: unknown[] = [];
    let calls = 0;
    const load = cache.wrap(
      async (id: number) => {
        calls++;
        throw new Error(`no ${id}`);
      },
      {
        name: 'load',
        cacheErrors: { maxAge: '10s', when: (error, id) => asked.push([String(error), id]) > 0 && id === 1 },
      },
    );
    for (const id of [1, 1, 2, 2]) await failureOf(() => load(id));
    expect([calls, asked]).toEqual([
      3,
      [
        ['Error: no 1', 1],
        ['Error: no 2', 2],
        ['Error: no 2', 2],
      ],
    ]);
  });

  it.each([
    ['throws', () => JSON.parse('{')],
    ['answers with a promise', async () => true],
  ])('whose `when` %s changes nothing about the failure, and an event says so', async (_what, when) => {
    const { cache, trace } = makeCache({ cacheErrors: { maxAge: '10s', when: when as () => boolean } });
    const { compute, state } = failing();
    expect(await failureOf(cache.wrap(compute, { name: 'load' }))).toBe(state.error);
    expect(trace.take()).toEqual(['miss absent', 'writeFailed ERR_TEMPCACHE_CALLBACK']);
  });

  it('keeps no abort, and no error of this package', async () => {
    for (const error of [
      Object.assign(new Error('stop'), { name: 'AbortError' }),
      await failureOf(() => loneCache().itemForId('x')),
    ]) {
      const { cache } = makeCache(TEN);
      const { compute, state } = failing(error);
      const load = cache.wrap(compute, { name: 'load' });
      await failureOf(load);
      await failureOf(load);
      expect(state.calls).toBe(types.isNativeError(error) && error.name === 'TypeError' ? 1 : 2);
    }
    const { cache } = makeCache(TEN);
    const item = cache.itemForKey('inner');
    const load = cache.wrap(async () => item.load(), { name: 'load' });
    await failureOf(load);
    await item.save(5);
    expect(await load()).toBe(5);
  });

  it('is off by default, and in a mode that does not save, or does not read', async () => {
    for (const options of [
      {},
      { ...TEN, mode: 'readonly' },
      { ...TEN, mode: 'refresh' },
      { ...TEN, mode: 'off' },
    ] as const) {
      const { cache } = makeCache(options);
      const { compute, state } = failing();
      const load = cache.wrap(compute, { name: 'load' });
      await failureOf(load);
      await failureOf(load);
      expect(state.calls).toBe(2);
    }
  });
});

/** What a promise was rejected with, `undefined` too. */
async function thrownBy(call: () => unknown): Promise<unknown> {
  try {
    await call();
  } catch (error) {
    return error;
  }
  throw new Error('It has thrown nothing');
}
