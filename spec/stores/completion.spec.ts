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

  it('counts by its counters, which are reset when it is cleared', () => {
    const calls: string[] = [];
    const counters = {
      count: ({ entries, bytes }: { entries: number; bytes: number }) => ({ entries: entries + 1, bytes }),
      recount: () => calls.push('recount'),
      reset: () => calls.push('reset'),
    };
    const { store } = notingStore({ counters });
    expect(store.count({ entries: 1, bytes: 2 })).toEqual({ entries: 2, bytes: 2 });
    store.recount({ entries: 1, bytes: 1 });
    store.clear();
    store.destroy();
    expect(calls).toEqual(['recount', 'reset', 'reset']);
  });
});
