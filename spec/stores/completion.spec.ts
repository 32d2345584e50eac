import { describe, expect, it } from '@jest/globals';
import { HEAD_BYTES } from '../../lib/stores/store.ts';
import { notingStore } from '../support/bare-store.ts';
import { bytesOf, idOf } from '../support/store-suite/use-store.ts';

const ID = idOf(0);

describe('A store with capabilities', () => {
  const head = {
    peek: (_id: string, length: number) => ({ size: 9000, savedAt: 1, usedAt: 2, head: bytesOf(length + 5) }),
    stat: () => ({ size: 9000, savedAt: 1 }),
    touch: (id: string, at: number) => void touched.push([id, at]),
    stamp: () => 17,
  };
  const touched: unknown[] = [];

  it('is asked for no whole record where its head will do', () => {
    const { store, asked } = notingStore({ head });
    expect(store.peek(ID)).toEqual({
      id: ID,
      size: 9000,
      lastUsedAt: 2,
      head: bytesOf(HEAD_BYTES + 5).subarray(0, HEAD_BYTES),
    });
    expect(store.stat(ID)).toEqual({ id: ID, size: 9000, lastUsedAt: 1 });
    store.touch(ID, 5);
    expect([touched, asked]).toEqual([[[ID, 5]], []]);
    expect([store.stamps, store.stamp(ID)]).toEqual([true, { file: 17, changedAt: 0, size: 0, isCertain: true }]);
  });

  it('is believed in nothing that cannot be', () => {
    const wrong = { peek: () => ({ size: 1, savedAt: 1, head: 'head' }), stat: () => ({ size: 'big', savedAt: 1 }) };
    const { store } = notingStore({ head: { ...wrong, stamp: () => '17' } as never });
    for (const call of [() => store.peek(ID), () => store.stat(ID), () => store.stamp(ID)]) {
      expect(call).toThrow(expect.objectContaining({ name: 'StoreError', id: ID }));
    }
  });

  it('shows its folder, sweeps it, and does not fail where it describes a failure', () => {
    const sweep = (ms?: number): { leftovers: number; bytes: number; more: boolean } => ({
      leftovers: ms ?? 0,
      bytes: 5,
      more: true,
    });
    const { store } = notingStore({ files: { path: '/a', pathOf: (id) => `/a/${id}`, sweep: sweep as never } });
    expect([store.path, store.pathOf('b'), store.sweep(7)]).toEqual([
      '/a',
      '/a/b',
      { leftovers: 7, bytes: 5, more: true },
    ]);
    const failing = notingStore({
      files: {
        path: '/a',
        pathOf: () => {
          throw new Error('no such luck');
        },
      },
    });
    expect(failing.store.pathOf('b')).toBeUndefined();
  });

  it('counts by its counters, which stay when it is cleared, and are reset when it is destroyed', () => {
    const asked: unknown[] = [];
    const counters = {
      add: (group: string, deltas: object) => asked.push(['add', group, deltas]),
      read: (group: string) => (group === 'a' ? { x: 3 } : undefined),
      reset: (group?: string) => asked.push(['reset', group]),
    };
    const { store } = notingStore({ counters });
    store.counters.add('a', { x: 1 });
    expect([store.counters.read('a'), store.counters.read('b')]).toEqual([{ x: 3 }, {}]);
    store.counters.reset('a');
    store.clear();
    expect(asked).toEqual([
      ['add', 'a', { x: 1 }],
      ['reset', 'a'],
    ]);
    store.destroy();
    expect(asked.at(-1)).toEqual(['reset', undefined]);
  });

  it.each([{ x: 1.5 }, { x: '1' }, 'none', { x: Infinity }])('believes no counters such as %j', (counts) => {
    const counters = { add: () => undefined, read: () => counts as never, reset: () => undefined };
    const { store } = notingStore({ counters });
    expect(() => store.counters.read('a')).toThrow(expect.objectContaining({ code: 'ERR_TEMPCACHE_STORE' }));
  });
});
