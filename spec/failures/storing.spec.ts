import { describe, expect, it } from '@jest/globals';
import { StoreError, UnserializableError } from '../../lib/common/errors.ts';
import type { Serializer } from '../../lib/serializers/serializer.ts';
import { storeKinds, useCaches } from '../support/store-kinds.ts';
import { failureOf } from '../support/store-suite/use-store.ts';
import { ways } from '../support/ways.ts';

const full: unknown = Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });

describe.each(storeKinds)('When $name cannot store', (kind) => {
  const makeCache = useCaches(kind);

  it.each(ways)('$name gives the value and tells', async ({ ask }) => {
    for (const error of [full, new StoreError('gone'), 'a text', undefined, null]) {
      const { cache, trace, break: breakStore, mend } = makeCache();
      let calls = 0;
      const compute = (): number => ++calls;
      const { call, item } = ask(cache, compute);
      breakStore('set', { error });
      expect([await call(), await call()]).toEqual([1, 2]);
      const events = trace.events.filter(({ type }) => type === 'writeFailed');
      for (const event of events) expect(event).toMatchObject({ id: item.id, error });
      expect(events).toHaveLength(2);
      expect(trace.take().filter((event) => event === 'miss absent' || event === 'save')).toHaveLength(2);
      mend();
      expect([await call(), await call()]).toEqual([3, 3]);
    }
  });

  it('save() throws a StoreError with the cause, and an error of the package as it is', async () => {
    const { cache, trace, break: breakStore, store } = makeCache();
    const item = cache.itemForKey(1);
    for (const error of [full, 'a text', undefined]) {
      breakStore('set', { error });
      const failure = (await failureOf(() => item.save(1))) as StoreError;
      expect([failure.name, failure.id, failure.path]).toEqual(['StoreError', item.id, store.pathOf(item.id)]);
      expect(failure.cause).toBe(error);
    }
    const own = new StoreError('gone');
    breakStore('set', { error: own });
    expect(await failureOf(() => item.save(1))).toBe(own);
    expect(trace.take()).toEqual([]);
  });

  it('trySave() is false, and tells', async () => {
    const { cache, trace, break: breakStore, mend } = makeCache();
    const item = cache.itemForKey(1);
    breakStore('set', { error: full });
    expect([await item.trySave(1), trace.take()]).toEqual([false, ['writeFailed ERR_TEMPCACHE_STORE']]);
    mend();
    expect([await item.trySave(1), trace.take()]).toEqual([true, ['save']]);
  });

  it('the old value stays', async () => {
    const { cache, break: breakStore } = makeCache();
    const item = cache.itemForKey(1);
    await item.save('old');
    breakStore('set', { error: full });
    expect(await item.trySave('new')).toBe(false);
    expect(await item.trySave(() => 'a function')).toBe(false);
    expect(await item.load()).toBe('old');
  });
});

describe.each(storeKinds)('When the serializer cannot store a value, over $name', (kind) => {
  const makeCache = useCaches(kind);

  it.each(ways)('$name gives the value and tells where in it that was', async ({ ask }) => {
    const { cache, trace, asked } = makeCache();
    class Session {
      readonly id = 1;
    }
    const value = { user: [{ session: new Session() }] };
    const compute = (): unknown => value;
    const { call } = ask(cache, compute);
    expect(await call()).toBe(value);
    expect(trace.events[1]).toMatchObject({
      type: 'writeFailed',
      error: { code: 'ERR_TEMPCACHE_UNSERIALIZABLE', path: 'value.user[0].session' },
    });
    expect(trace.take()).toEqual(['miss absent', 'writeFailed ERR_TEMPCACHE_UNSERIALIZABLE']);
    expect(asked).toEqual(['get', 'lease', 'get']);
  });

  it('save() throws UnserializableError, and trySave() is false', async () => {
    const { cache, trace } = makeCache();
    const item = cache.itemForKey(1);
    expect(await failureOf(() => item.save({ run: () => 1 }))).toMatchObject({
      name: 'UnserializableError',
      code: 'ERR_TEMPCACHE_UNSERIALIZABLE',
      path: 'value.run',
    });
    expect([await item.trySave({ run: () => 1 }), await item.exists()]).toEqual([false, false]);
    expect(trace.take()).toEqual(['writeFailed ERR_TEMPCACHE_UNSERIALIZABLE']);
  });

  it.each([
    ['an error', new Error('not this one')],
    ['a text', 'not this one'],
    ['nothing', undefined],
    ['what no text can be made of', Object.create(null) as unknown],
  ])('of the user, which throws %s, the cause is kept', async (_name, cause) => {
    const serializer: Serializer = {
      name: 'picky',
      serialize() {
        throw cause;
      },
      deserialize: () => 1,
    };
    const { cache, trace } = makeCache({ serializer });
    expect(await cache.itemForKey(1).loadOrSave(() => 5)).toBe(5);
    expect(trace.take()).toEqual(['miss absent', 'writeFailed ERR_TEMPCACHE_UNSERIALIZABLE']);
    const failure = (await failureOf(() => cache.itemForKey(1).save(5))) as UnserializableError;
    expect(failure).toBeInstanceOf(UnserializableError);
    expect([failure.id, failure.cause]).toEqual([cache.itemForKey(1).id, cause]);
  });

  it.each(['text', undefined, null, 5, [1, 2], new Uint16Array(2)])(
    'of the user, which gives %p for bytes, nothing is stored',
    async (bytes) => {
      const serializer: Serializer = {
        name: 'odd',
        serialize: () => bytes as unknown as Uint8Array,
        deserialize: () => 1,
      };
      const { cache, trace, asked } = makeCache({ serializer });
      expect(await cache.itemForKey(1).loadOrSave(() => 5)).toBe(5);
      expect(trace.take()).toEqual(['miss absent', 'writeFailed ERR_TEMPCACHE_UNSERIALIZABLE']);
      expect(asked).not.toContain('set');
    },
  );
});
