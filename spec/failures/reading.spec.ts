import { describe, expect, it } from '@jest/globals';
import { StoreError } from '../../lib/common/errors.ts';
import { storeKinds, useCaches } from '../support/store-kinds.ts';
import { failureOf } from '../support/store-suite/use-store.ts';
import { ways } from '../support/ways.ts';

const FAULTS: readonly (readonly [string, unknown, string])[] = [
  ['an error of the system', Object.assign(new Error('i/o error'), { code: 'EIO' }), 'EIO'],
  ['an error of the package', new StoreError('gone', { path: '/tmp/x' }), 'ERR_TEMPCACHE_STORE'],
  ['a text', 'no such luck', 'no such luck'],
  ['nothing', undefined, 'undefined'],
  ['null', null, 'null'],
];

const TRIED = ['readFailed ERR_TEMPCACHE_STORE', 'miss absent'];

/** What no text can be made of. */
const BARE: unknown = Object.create(null);

describe.each(storeKinds)('When $name cannot be read', (kind) => {
  const makeCache = useCaches(kind);

  describe.each(ways)('$name', ({ ask }) => {
    it.each(FAULTS)('computes, stores and tells: %s', async (_name, error, told) => {
      const { cache, trace, break: breakStore, mend } = makeCache();
      const compute = (): string => 'computed';
      const { call, item } = ask(cache, compute);
      breakStore('get', { error });
      expect(await call()).toBe('computed');
      expect(trace.events.find(({ type }) => type === 'readFailed')).toMatchObject({ id: item.id, error });
      expect(trace.take()).toEqual([`readFailed ${told}`, 'miss absent', 'save']);
      mend();
      expect([await call(), trace.take()]).toEqual(['computed', ['hit']]);
    });

    it('computes when nothing can be stored either', async () => {
      const { cache, trace, break: breakStore } = makeCache();
      const compute = (): number => 1;
      const { call } = ask(cache, compute);
      breakStore('get', { error: new StoreError('read') });
      breakStore('set', { error: new StoreError('write') });
      expect(await call()).toBe(1);
      const told = ['readFailed ERR_TEMPCACHE_STORE', 'miss absent', 'writeFailed ERR_TEMPCACHE_STORE'];
      expect(trace.take()).toEqual(told);
    });
  });

  describe.each([
    ['load', 'get'],
    ['exists', 'get'],
    ['info', 'peek'],
    ['delete', 'delete'],
    ['olderThan', 'peek'],
    ['newerThan', 'peek'],
  ] as const)('%s()', (method, operation) => {
    it('throws a StoreError with id and cause', async () => {
      const { cache, trace, break: breakStore, store } = makeCache();
      const item = cache.itemForKey(1);
      for (const error of [new Error('i/o error'), 'a text', undefined, BARE]) {
        breakStore(operation, { error });
        const failure = (await failureOf(() => item[method](0))) as StoreError;
        expect([failure.name, failure.code, failure.id]).toEqual(['StoreError', 'ERR_TEMPCACHE_STORE', item.id]);
        expect([failure.path, failure.cause]).toEqual([store.pathOf(item.id), error]);
        expect(failure.message).toContain(item.id);
      }
      expect(trace.take()).toEqual([]);
    });

    it('throws an error of the package as it is', async () => {
      const { cache, break: breakStore } = makeCache();
      const error = new StoreError('gone');
      breakStore(operation, { error });
      expect(await failureOf(() => cache.itemForKey(1)[method](0))).toBe(error);
    });
  });

  it('tryLoad() gives the fallback and tells', async () => {
    const { cache, trace, break: breakStore } = makeCache();
    breakStore('get', { error: new Error('i/o error') });
    expect([await cache.itemForKey(1).tryLoad(), await cache.itemForKey(1).tryLoad(0)]).toEqual([undefined, 0]);
    expect(trace.take()).toEqual([...TRIED, ...TRIED]);
  });
});
