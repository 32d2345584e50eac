import { completeStore } from '../../lib/stores/complete.ts';
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
  readonly rows: Row[];
  readonly locks: Map<string, Lock>;
  /** The time in ms since the epoch. */
  readonly clock: () => number;
}

export function makeTables(clock = (): number => Date.now()): Tables {
  return { rows: [], locks: new Map(), clock };
}

/** The seven members and nothing else. */
export function sevenMembers(tables: Tables): StoreDefinition<'sync'> & { readonly lease: Lease } {
  return {
    kind: 'sync',
    scope: tables,
    get: (id) => tables.rows.find((row) => row.id === id)?.bytes,
    set(id, bytes) {
      remove(tables, id);
      tables.rows.push({ id, bytes, savedAt: tables.clock() });
    },
    delete: (id) => remove(tables, id),
    entries: () => tables.rows.map(({ id, bytes, savedAt }) => ({ id, size: bytes.length, savedAt })),
    clear() {
      tables.rows.length = 0;
    },
    lease: (id, ttl, me) => lease(tables, { id, ttl, me }),
    close: () => undefined,
  };
}

function remove({ rows }: Tables, id: string): boolean {
  const at = rows.findIndex((row) => row.id === id);
  return at >= 0 && rows.splice(at, 1).length > 0;
}

type Lease = (id: string, ttl: number, me: string) => GivenLease<'sync'> | HeldLease;

/** As `UPDATE ... WHERE` does it: each holder writes its own number, and changes nothing but what has it. */
function lease(tables: Tables, wanted: { id: string; ttl: number; me: string }): GivenLease<'sync'> | HeldLease {
  const { id, ttl, me } = wanted;
  const { locks } = tables;
  const former = locks.get(id);
  if (former !== undefined && former.until > tables.clock()) return { heldBy: former.holder };
  let own: Lock = { holder: me, until: tables.clock() + ttl };
  locks.set(id, own);
  return {
    takenOver: former !== undefined,
    renew() {
      if (locks.get(id) !== own) return false;
      own = { holder: me, until: tables.clock() + ttl };
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
  return defineStore(laterMembers(tables));
}

export function laterMembers(tables: Tables): StoreDefinition<'async'> {
  const { lease: take, ...store } = sevenMembers(tables);
  return {
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
  };
}

/** A store of seven members with some of its own, which notes what it is asked. */
export function notingStore(members: Partial<StoreDefinition<'sync'>> = {}): {
  readonly store: SyncStore;
  readonly asked: unknown[][];
} {
  const asked: unknown[][] = [];
  const definition: StoreDefinition<'sync'> = { ...sevenMembers(makeTables()), ...members };
  const { get, set } = definition;
  const noting: StoreDefinition<'sync'> = {
    ...definition,
    get: (id) => (asked.push(['get', id]), get(id)),
    set: (id, bytes, terms) => (asked.push(['set', id, bytes.buffer.byteLength, terms]), set(id, bytes, terms)),
  };
  return { store: completeStore(noting), asked };
}
