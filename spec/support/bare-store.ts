import { defineStore } from '../../lib/stores/define-store.ts';
import type { GivenLease, StoreDefinition } from '../../lib/stores/definition.ts';
import type { AsyncStore, HeldLease, SyncStore } from '../../lib/stores/store.ts';

interface Row {
  readonly id: string;
  readonly bytes: Uint8Array;
  readonly savedAt: number;
}

interface Lock {
  readonly holder: string;
  readonly until: number;
}

/** A table of records and one of locks, as a server has them. */
export interface Tables {
  rows: readonly Row[];
  readonly locks: Map<string, Lock>;
  now: number;
}

export function makeTables(): Tables {
  return { rows: [], locks: new Map(), now: 1_800_000_000_000 };
}

/** The seven members and nothing else. */
export function sevenMembers(tables: Tables): StoreDefinition<'sync'> & { readonly lease: Lease } {
  return {
    kind: 'sync',
    scope: tables,
    get: (id) => tables.rows.find((row) => row.id === id)?.bytes,
    set(id, bytes) {
      tables.rows = [...tables.rows.filter((row) => row.id !== id), { id, bytes, savedAt: tables.now }];
    },
    delete(id) {
      const before = tables.rows.length;
      tables.rows = tables.rows.filter((row) => row.id !== id);
      return tables.rows.length < before;
    },
    entries: () => tables.rows.map(({ id, bytes, savedAt }) => ({ id, size: bytes.length, savedAt })),
    clear() {
      tables.rows = [];
    },
    lease: (id, ttl, me) => lease(tables, { id, ttl, me }),
    close: () => undefined,
  };
}

type Lease = (id: string, ttl: number, me: string) => GivenLease<'sync'> | HeldLease;

/** As `UPDATE ... WHERE` does it: each holder writes its own number, and changes nothing but what has it. */
function lease(tables: Tables, wanted: { id: string; ttl: number; me: string }): GivenLease<'sync'> | HeldLease {
  const { id, ttl, me } = wanted;
  const { locks } = tables;
  const former = locks.get(id);
  if (former !== undefined && former.until > tables.now) return { heldBy: former.holder };
  let own: Lock = { holder: me, until: tables.now + ttl };
  locks.set(id, own);
  return {
    takenOver: former !== undefined,
    renew() {
      if (locks.get(id) !== own) return false;
      own = { holder: me, until: tables.now + ttl };
      locks.set(id, own);
      return true;
    },
    release: () => locks.get(id) === own && locks.delete(id),
  };
}

/** A store of the seven members. */
export function bareStore(tables: Tables): SyncStore {
  return defineStore(sevenMembers(tables));
}

/** The same with answers that come later. */
export function bareStoreLater(tables: Tables): AsyncStore {
  const { lease: take, ...store } = sevenMembers(tables);
  return defineStore({
    kind: 'async',
    scope: tables,
    get: async (id) => store.get(id),
    set: async (id, bytes, terms) => store.set(id, bytes, terms),
    delete: async (id) => store.delete(id),
    async *entries() {
      yield* store.entries();
    },
    clear: async () => store.clear(),
    lease: async (id, ttl, me) => {
      const given = take(id, ttl, me);
      if ('heldBy' in given) return given;
      return { ...given, renew: async () => given.renew(), release: async () => given.release() };
    },
    close: async () => undefined,
  });
}
