import { describe, expect, it } from '@jest/globals';
import {
  compute,
  computeLater,
  expectStoreErrorOrNothing,
  REVOKED,
  tryStore,
  useNoRejections,
} from '../support/hostile-store.ts';
import { ways } from '../support/ways.ts';

useNoRejections();

const reject = async (): Promise<never> => {
  throw new Error('no such luck');
};

/** What can be thrown. */
const THROWN: readonly (readonly [string, unknown])[] = [
  ['an error', new Error('no such luck')],
  ['a text', 'no such luck'],
  ['nothing', undefined],
  ['no text at all', Object.create(null)],
  ['a proxy that was revoked', REVOKED],
  ['what looks like an unsafe folder', Object.assign(new Error('not mine'), { code: 'ERR_TEMPCACHE_UNSAFE_FOLDER' })],
];

const MEMBERS = ['get', 'set', 'delete', 'entries', 'clear', 'lease'] as const;

describe.each(['sync', 'async'] as const)('Over a store of the kind %s that', (kind) => {
  describe.each(MEMBERS)('fails at %s()', (member) => {
    it.each(THROWN)('with %s, no call fails and all that fails is a StoreError', async (_name, thrown) => {
      for (const { ask } of ways) {
        const { cache } = tryStore(kind, {
          [member]: () => {
            throw thrown;
          },
        });
        const { call, item } = ask(cache, compute);
        expect(await call()).toBe('computed');
        expect(await call()).toBe('computed');
        const calls = [
          () => item.load(),
          () => item.save(1),
          () => item.delete(),
          () => cache.clear(),
          () => cache.prune(),
          () => cache.stats(),
          () => cache.destroy(),
        ];
        for (const explicit of calls) await expectStoreErrorOrNothing(explicit);
      }
    });

    it('by answering nonsense, no call fails and all that fails is a StoreError', async () => {
      for (const nonsense of [undefined, null, 5, 'text', {}, [null], [{}], new Map(), () => 1]) {
        for (const { ask } of ways) {
          const { cache } = tryStore(kind, { [member]: () => nonsense });
          const { call } = ask(cache, compute);
          expect([await call(), await call()]).toEqual(['computed', 'computed']);
          for (const explicit of [() => cache.clear(), () => cache.prune(), () => cache.stats()]) {
            await expectStoreErrorOrNothing(explicit);
          }
        }
      }
    });
  });

  it('grants leases that fail, calls go on', async () => {
    const fail = (): never => {
      throw new Error('no such luck');
    };
    for (const { ask } of ways) {
      const { cache, trace } = tryStore(kind, { lease: () => ({ renew: fail, release: fail }) });
      const { call } = ask(cache, compute);
      expect(await call()).toBe('computed');
      expect(trace.take()).toEqual(['miss absent', 'save']);
      await cache.close();
    }
  });

  it.each([
    ['somebody', 'zzz'],
    ['nobody', undefined],
    ['somebody without a name', ''],
  ])('says for ever that %s has the lease, calls wait no longer than they may', async (_name, heldBy) => {
    for (const { ask } of ways) {
      const { cache } = tryStore(kind, { lease: () => ({ heldBy }) });
      expect(await ask(cache, compute).call()).toBe('computed');
    }
  });

  it('fails in the middle of a listing, or when a listing is left, that is a StoreError', async () => {
    const entry = { id: 'a'.repeat(64), size: 1, savedAt: 1 };
    const { cache, members } = tryStore(kind);
    members['entries'] = function* failing() {
      yield entry;
      throw new Error('no such luck');
    };
    await expect((async () => cache.prune())()).rejects.toMatchObject({ name: 'StoreError' });
    members['entries'] = () => ({
      [Symbol.iterator]: () => ({
        next: () => ({ done: false, value: entry }),
        return() {
          throw new Error('no such luck');
        },
      }),
    });
    const leave = async (): Promise<void> => {
      for await (const item of cache.items()) if (item.id === entry.id) break;
    };
    await expect(leave()).rejects.toMatchObject({ name: 'StoreError' });
  });

  it('calls the cache itself, all ends', async () => {
    const { cache, members } = tryStore(kind);
    const get = members['get'] as (id: string) => unknown;
    let depth = 0;
    members['get'] = async (id: string) => {
      if (depth++ < 3) await cache.itemForKey('inner').tryLoad();
      return get(id);
    };
    if (kind === 'sync') {
      members['get'] = (id: string) => {
        if (depth++ < 3) void cache.itemForKey('inner').tryLoad();
        return get(id);
      };
    }
    expect(await cache.cacheResult(computeLater)).toBe('computed');
  });
});

describe('Over a store that should answer at once, promises', () => {
  it.each(MEMBERS)('of %s() are failures, and what becomes of them ends no process', async (member) => {
    for (const { ask } of ways) {
      for (const late of [reject, async () => undefined]) {
        const { cache } = tryStore('sync', { [member]: late });
        expect(await ask(cache, compute).call()).toBe('computed');
        await expectStoreErrorOrNothing(() => cache.clear());
        await expectStoreErrorOrNothing(() => cache.prune());
      }
    }
  });

  it('are told from other failures', () => {
    const { cache } = tryStore('sync', { set: async () => undefined });
    expect(() => cache.itemForKey(1).save(1)).toThrow(/set\(\): it answered with a promise: .* the kind 'async'/);
  });

  it('of leases are failures too', async () => {
    const late = reject;
    const { cache, trace } = tryStore('sync', { lease: () => ({ renew: late, release: late }) });
    expect(await cache.cacheResult(computeLater)).toBe('computed');
    expect(trace.take()).toEqual(['miss absent', 'save']);
  });
});
