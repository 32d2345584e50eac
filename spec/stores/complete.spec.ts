import { describe, expect, it } from '@jest/globals';
import { encodeRecord } from '../../lib/records/frame.ts';
import { defineStore } from '../../lib/stores/define-store.ts';
import { HEAD_BYTES, savedAtOf } from '../../lib/stores/store.ts';
import { makeTables, notingStore, sevenMembers } from '../support/bare-store.ts';
import { takeLease } from '../support/lease.ts';
import { fieldsWith } from '../support/records.ts';
import { bytesOf, idOf, NEVER, SAVED_AT } from '../support/store-suite/use-store.ts';

const ID = idOf(0);

describe('A record', () => {
  it('tells a store when it was saved', () => {
    const [record = new Uint8Array(0)] = encodeRecord(fieldsWith({ id: ID, createdAt: SAVED_AT }), new Uint8Array(10));
    expect(savedAtOf(record)).toBe(SAVED_AT);
    expect([
      savedAtOf(new Uint8Array(31)),
      savedAtOf(new Uint8Array(500)),
      savedAtOf(new Uint8Array(500).fill(255)),
    ]).toEqual([0, 0, 0]);
  });
});

describe('A store that leaves out what it may', () => {
  it('is given one piece of memory that is its own, and when nobody wants it any more', () => {
    const { store, asked } = notingStore();
    store.set(ID, [bytesOf(10), bytesOf(5)], { expiresAt: 7, minor: true });
    expect(asked).toEqual([['set', ID, 15, { expiresAt: 7 }]]);
  });

  it('is read once for a look at the beginning, and tells its time by the record', () => {
    const { store, asked } = notingStore();
    store.set(ID, [bytesOf(HEAD_BYTES + 10)], NEVER);
    asked.splice(0);
    expect(store.peek(ID)).toEqual({
      id: ID,
      size: HEAD_BYTES + 10,
      lastUsedAt: SAVED_AT,
      head: bytesOf(HEAD_BYTES + 10).subarray(0, HEAD_BYTES),
    });
    expect(store.stat(ID)).toEqual({ id: ID, size: HEAD_BYTES + 10, lastUsedAt: SAVED_AT });
    expect(asked).toEqual([
      ['get', ID],
      ['get', ID],
    ]);
  });

  it('has no folder, no stamps, no counters of its own, nothing to sweep, and no use that it is told', () => {
    const { store } = notingStore();
    store.set(ID, [bytesOf(50)], NEVER);
    store.touch(ID, 5);
    expect([store.path, store.pathOf(ID), store.stamps, store.stamp(ID)]).toEqual([
      undefined,
      undefined,
      false,
      undefined,
    ]);
    expect([store.counters.areInRecords, store.sweep(5)]).toEqual([true, { leftovers: 0, bytes: 0 }]);
    expect(store.stat(ID)?.lastUsedAt).toBe(SAVED_AT);
  });

  it('has a scope of its own, and leases within it', () => {
    const { lease: _lease, scope: _scope, ...members } = sevenMembers(makeTables());
    const [one, other, apart] = [defineStore(members), defineStore(members), defineStore({ ...members })];
    expect([one.scope === other.scope, one.scope === apart.scope]).toEqual([true, false]);
    const lease = takeLease(one, ID);
    expect(other.lease(ID, 1000)).toMatchObject({ heldBy: one.holder });
    expect(takeLease(apart, ID)).toBeDefined();
    lease?.release();
    expect(takeLease(other, ID)).toBeDefined();
  });

  it('hands out a long record in two parts that belong to the caller', () => {
    const { store } = notingStore();
    for (const size of [65_536, 65_537, 200_000]) {
      store.set(ID, [bytesOf(size)], NEVER);
      const parts = store.get(ID) ?? [];
      expect(parts.map(({ length }) => length)).toEqual(size > 65_536 ? [HEAD_BYTES, size - HEAD_BYTES] : [size]);
      expect(parts.every(({ length, buffer }) => length === buffer.byteLength)).toBe(true);
    }
  });

  it('takes null for nothing', () => {
    const { store } = notingStore({ get: () => null });
    expect([store.get(ID), store.peek(ID), store.stat(ID)]).toEqual([undefined, undefined, undefined]);
  });
});
