import { describe, expect, it, jest } from '@jest/globals';
import { UnsafeFolderError } from '../../lib/common/errors.ts';
import { jsonSerializer } from '../../lib/serializers/json.ts';
import { allOf, drain, generatorCases, MANY, take, useItems, wrapItems } from '../support/generators.ts';
import { Session } from '../support/identity.ts';
import { useCaches } from '../support/store-kinds.ts';

function* giving(items: readonly unknown[], returned: unknown): Generator<unknown, unknown> {
  yield* items;
  return returned;
}

async function* givingLater(items: readonly unknown[], returned: unknown): AsyncGenerator<unknown, unknown> {
  yield* items;
  return returned;
}

describe.each(generatorCases)('What $name gives', (underTest) => {
  const setUp = useItems(underTest);
  const make = useCaches(underTest.store);
  const isSync = underTest.source.kind === 'sync';

  function giver(items: readonly unknown[], returned?: unknown, options: Parameters<typeof make>[0] = {}) {
    const tested = make(options);
    const give = isSync ? () => giving(items, returned) : () => givingLater(items, returned);
    // An arrow function is no generator function.
    function* sync(): Generator<unknown, unknown> {
      return yield* give() as Generator<unknown, unknown>;
    }
    async function* later(): AsyncGenerator<unknown, unknown> {
      return yield* give() as AsyncGenerator<unknown, unknown>;
    }
    return { ...tested, items: wrapItems(tested, isSync ? sync : later) };
  }

  it('comes back as it was, of whatever type', async () => {
    const shared = { deep: new Map([[1n, new Date(0)]]) };
    const all = [undefined, null, 0, -0, '', 'text', Number.NaN, shared, shared, [shared], Buffer.from('bytes')];
    for (const returned of [undefined, null, shared]) {
      const { items, trace } = giver(all, returned);
      expect(await drain(items(0))).toStrictEqual([...all, returned]);
      expect(await drain(items(0))).toStrictEqual([...all, returned]);
      expect(trace.take()).toEqual(['miss absent', 'save', 'hit']);
    }
  });

  it('may be larger than a chunk', async () => {
    const all = ['a'.repeat(300_000), Buffer.alloc(200_000, 7), 'b'];
    const { items, trace } = giver(all, 'c'.repeat(100_000));
    const expected = [...all, 'c'.repeat(100_000)];
    expect(await drain(items(0))).toEqual(expected);
    expect(await drain(items(0))).toEqual(expected);
    expect(trace.take()).toEqual(['miss absent', 'save', 'hit']);
  });

  it('goes through any serializer, and a generator need not return anything', async () => {
    const { items, trace } = giver([1, { a: ['b'] }], undefined, { serializer: jsonSerializer() });
    expect(await drain(items(0))).toEqual([1, { a: ['b'] }, undefined]);
    expect(await drain(items(0))).toEqual([1, { a: ['b'] }, undefined]);
    expect(trace.take()).toEqual(['miss absent', 'save', 'hit']);
  });

  it('is passed on and not stored where one item cannot be, or the value that is returned', async () => {
    const unstorable = new Session();
    for (const [all, returned] of [
      [[1, unstorable, 3], 'end'],
      [[1, 2, 3], unstorable],
    ] as const) {
      const { items, trace } = giver(all, returned);
      expect(await drain(items(0))).toEqual([...all, returned]);
      expect(trace.take()).toEqual(['miss absent', 'writeFailed ERR_TEMPCACHE_UNSERIALIZABLE']);
    }
  });

  it('is passed on where the store fails, at a part or at the end', async () => {
    for (const count of [3, MANY]) {
      const { items, trace, asked, ...store } = setUp();
      store.break('set', { error: new Error('full') });
      expect(await drain(items(count))).toEqual(allOf(count));
      expect(trace.take()).toEqual(['miss absent', 'writeFailed Error: full']);
      expect(asked.filter((operation) => operation === 'set')).toHaveLength(1);
      store.mend();
      expect(await drain(items(count))).toEqual(allOf(count));
      expect(trace.take()).toEqual(['miss absent', 'save']);
    }
  });

  it('is passed on where the store cannot be read, and where the cache is closed', async () => {
    const { items, trace, cache, ...store } = setUp();
    await drain(items(3));
    trace.take();
    store.break('get', { error: new Error('gone') });
    expect(await drain(items(3))).toEqual(allOf(3));
    expect(trace.take()).toEqual(['readFailed Error: gone', 'miss absent', 'save']);
    store.mend();
    await cache.close();
    expect(await drain(items(3))).toEqual(allOf(3));
    const closed = 'ERR_TEMPCACHE_STORE';
    expect(trace.take()).toEqual([`readFailed ${closed}`, 'miss absent', `writeFailed ${closed}`]);
  });

  it('is passed on to its end where the folder is found to be unsafe in the middle, and not stored', async () => {
    const { items, trace, ...store } = setUp();
    const warn = jest.spyOn(process, 'emitWarning').mockReturnValue();
    const error = new UnsafeFolderError('not yours');
    const generator = items(MANY);
    await take(generator, 999);
    trace.take();
    store.break('set', { error });
    store.break('get', { error });
    expect(await drain(generator)).toEqual(allOf(MANY).slice(999));
    expect(await drain(items(1))).toEqual(allOf(1));
    expect(trace.take()).toEqual([
      `writeFailed ${error.code}`,
      `readFailed ${error.code}`,
      'miss absent',
      `writeFailed ${error.code}`,
    ]);
    expect(warn).toHaveBeenCalledTimes(1);
    warn.mockRestore();
  });
});
