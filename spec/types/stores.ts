/** Checked by tsc alone, never run: stores of a user's own. */

import { expectTypeOf } from 'expect-type';
import { Cluster, Redis } from 'ioredis';
import pg from 'pg';
import { createClient, createCluster } from 'redis';

import { sqlStore } from '../../lib/stores/sql/sql-store.ts';
import { redisStore } from '../../lib/stores/redis/redis-store.ts';
import { TempCache, type AsyncStore, type CacheItem, type SyncStore } from '../../lib/index.ts';
import {
  defineStore,
  isHeld,
  mapStore,
  type HeldLease,
  type Store,
  type StoredEntry,
  type StoreDefinition,
  type SyncLease,
} from '../../lib/stores/index.ts';

declare const rows: Map<string, { readonly bytes: Uint8Array; readonly savedAt: number }>;
declare const map: Map<string, Uint8Array>;
declare const texts: Map<string, string>;
declare const list: readonly StoredEntry[];

const members = {
  get: (id: string) => rows.get(id)?.bytes,
  set: (id: string, bytes: Uint8Array) => rows.set(id, { bytes, savedAt: Date.now() }),
  delete: (id: string) => rows.delete(id),
  entries: () => list,
  clear: () => rows.clear(),
  close: () => undefined,
};

// The kind decides what the store is, and what a cache over it answers.
const sync = defineStore({ kind: 'sync', ...members });
const remote = defineStore({ kind: 'async', ...members });
expectTypeOf(sync).toEqualTypeOf<SyncStore>();
expectTypeOf(remote).toEqualTypeOf<AsyncStore>();
expectTypeOf(new TempCache('a', { store: sync })).toEqualTypeOf<TempCache>();
expectTypeOf(new TempCache('a', { store: remote }).itemForKey(1)).toEqualTypeOf<CacheItem<AsyncStore>>();

// Arguments need no types of their own; an async store may answer at once, or list bit by bit.
defineStore({
  kind: 'async',
  scope: 'redis://somewhere',
  get(id) {
    expectTypeOf(id).toEqualTypeOf<string>();
    return rows.get(id)?.bytes;
  },
  async set(id, bytes, { expiresAt }) {
    expectTypeOf([bytes, expiresAt]).toEqualTypeOf<(Uint8Array | number)[]>();
    rows.set(id, { bytes, savedAt: expiresAt });
  },
  delete: async (id) => rows.delete(id),
  async *entries() {
    yield* list;
  },
  clear: async () => rows.clear(),
  async lease(id, ttl, me) {
    expectTypeOf([id, ttl, me]).toEqualTypeOf<(string | number)[]>();
    return id === '' ? { heldBy: 'another', since: 1 } : { renew: async () => true, release: async () => undefined };
  },
  close: async () => undefined,
  head: {
    peek: async () => null,
    stat: async () => ({ size: 1, savedAt: 2, usedAt: 3 }),
    touch: async () => undefined,
  },
});

// A class is a definition, too.
class Rows implements StoreDefinition<'sync'> {
  readonly kind = 'sync' as const;
  readonly #rows = new Map<string, Uint8Array>();
  readonly head = { peek: () => undefined, stat: () => undefined, stamp: (id: string) => this.#rows.get(id)?.length };
  get(id: string): Uint8Array | undefined {
    return this.#rows.get(id);
  }
  set(id: string, bytes: Uint8Array): void {
    this.#rows.set(id, bytes);
  }
  delete(id: string): boolean {
    return this.#rows.delete(id);
  }
  entries(): readonly StoredEntry[] {
    return list;
  }
  clear(): void {
    this.#rows.clear();
  }
  close(): void {
    this.clear();
  }
}
expectTypeOf(defineStore(new Rows())).toEqualTypeOf<SyncStore>();

// @ts-expect-error: a member is missing
defineStore({ kind: 'sync', ...members, entries: undefined });
// @ts-expect-error: there are two kinds
defineStore({ kind: 'remote', ...members });
// @ts-expect-error: a store that answers with promises is an async one
defineStore({ kind: 'sync', ...members, get: async (id: string) => rows.get(id)?.bytes });
// @ts-expect-error: a record is bytes
defineStore({ kind: 'sync', ...members, get: () => 'text' });
// @ts-expect-error: what answers with promises has no stamps
defineStore({ kind: 'async', ...members, head: { peek: () => null, stat: () => null, stamp: () => 1 } });

// Maps, and what is like one.
expectTypeOf(mapStore(map)).toEqualTypeOf<SyncStore>();
expectTypeOf(mapStore(map, { async: true })).toEqualTypeOf<AsyncStore>();
expectTypeOf(mapStore(map, { sync: false, close: () => texts.clear() })).toEqualTypeOf<SyncStore>();
// @ts-expect-error: its values are bytes
mapStore(texts);
// @ts-expect-error: a set keeps no values
mapStore(new Set<string>());
// @ts-expect-error: a Map is no store by itself
expectTypeOf(new TempCache('a', { store: map })).toBeObject();

// A lease, or who has it.
const answer = sync.lease('id', 1);
expectTypeOf(answer).toEqualTypeOf<SyncLease | HeldLease>();
if (isHeld(answer)) expectTypeOf(answer.heldBy).toEqualTypeOf<string | undefined>();
else expectTypeOf(answer.renew()).toEqualTypeOf<boolean>();
expectTypeOf<Store>().toEqualTypeOf<SyncStore | AsyncStore>();

// A URL tells whether its store answers at once.
expectTypeOf(new TempCache('a', { store: 'sqlite:./file' })).toEqualTypeOf<TempCache>();
expectTypeOf(sqlStore('postgres://localhost/a', { table: 'a' })).toEqualTypeOf<AsyncStore>();
expectTypeOf(sqlStore(new pg.Pool())).toEqualTypeOf<AsyncStore>();
expectTypeOf(sqlStore(new pg.Client())).toEqualTypeOf<AsyncStore>();
expectTypeOf(redisStore('redis://localhost')).toEqualTypeOf<AsyncStore>();
expectTypeOf(redisStore(createClient(), { prefix: 'a', timeout: '1s' })).toEqualTypeOf<AsyncStore>();
expectTypeOf(redisStore(createCluster({ rootNodes: [] }))).toEqualTypeOf<AsyncStore>();
expectTypeOf(redisStore(new Redis())).toEqualTypeOf<AsyncStore>();
expectTypeOf(redisStore(new Cluster([]))).toEqualTypeOf<AsyncStore>();
expectTypeOf(new TempCache<AsyncStore>('a', { store: 'redis://host' }).itemForKey(1)).toEqualTypeOf<
  CacheItem<AsyncStore>
>();
// @ts-expect-error: it answers with promises, which has to be said
expectTypeOf(new TempCache('a', { store: 'redis://host' })).toBeObject();
// @ts-expect-error: it is no URL of a store
expectTypeOf(new TempCache('a', { store: 'anything' })).toBeObject();
