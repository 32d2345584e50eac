import { randomUUID } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { StoreError } from '../common/errors.ts';
import { MemoryRecords } from './memory-records.ts';
import type { AsyncLease, AsyncStore, StoreEntry, SyncLease, SyncStore } from './store.ts';

/** Options of {@link memoryStore}. */
export interface MemoryStoreOptions {
  /** Whether it answers with promises, as a store on a server does; default false. */
  readonly async?: boolean;
  /** The time in ms since the epoch, for leases and last uses; default `Date.now`. */
  readonly clock?: () => number;
}

/**
 * A store in the memory of this process, gone with it. Records are copied on the way in and on the way out. Several
 * caches can stand on one store.
 *
 * A lease ends by `release()`, or `ttl` ms after it was taken or renewed last: nothing but time tells of a dead holder.
 *
 * @example
 * const cache = new TempCache('mine', { store: memoryStore() });
 */
export function memoryStore(options?: MemoryStoreOptions & { readonly async?: false }): SyncStore;
/** The same with answers that really come later, one turn of the event loop at the earliest. */
export function memoryStore(options: MemoryStoreOptions & { readonly async: true }): AsyncStore;
export function memoryStore(options: MemoryStoreOptions = {}): SyncStore | AsyncStore {
  const records = new MemoryRecords(options.clock ?? Date.now);
  return options.async === true ? asyncStore(records) : syncStore(records);
}

function syncStore(records: MemoryRecords): SyncStore {
  const open = openUntilClosed(records);
  const holder = randomUUID();
  return {
    kind: 'sync',
    path: undefined,
    scope: records,
    holder,
    stamps: true,
    pathOf: () => undefined,
    stamp: (id) => open.records.stamp(id),
    get: (id) => open.records.get(id),
    peek: (id) => open.records.peek(id),
    set: (id, record) => open.records.set(id, record),
    stat: (id) => open.records.stat(id),
    touch: (id, at) => open.records.touch(id, at),
    delete: (id) => open.records.delete(id),
    entries: (prefix) => open.records.entries(prefix),
    clear: (keep) => open.records.clear(keep),
    counters: {
      add: (group, deltas) => open.records.counters.add(group, deltas),
      read: (group) => open.records.counters.read(group),
      reset: (group) => open.records.counters.reset(group),
    },
    sweep: () => open.records.sweep(),
    lease: (id, ttl) => open.records.lease(id, { ttl, name: holder }),
    holderOf: (id) => open.records.holderOf(id),
    destroy: () => open.records.destroy(),
    close: () => open.close(),
  };
}

function asyncStore(records: MemoryRecords): AsyncStore {
  const open = openUntilClosed(records);
  const holder = randomUUID();
  const later = async <T>(answer: () => T): Promise<T> => {
    await setImmediate();
    return answer();
  };
  return {
    kind: 'async',
    path: undefined,
    scope: records,
    holder,
    // As a store on a server, it can tell nothing at once.
    stamps: false,
    pathOf: () => undefined,
    stamp: () => undefined,
    get: (id) => later(() => open.records.get(id)),
    peek: (id) => later(() => open.records.peek(id)),
    set: (id, record) => later(() => open.records.set(id, record)),
    stat: (id) => later(() => open.records.stat(id)),
    touch: (id, at) => later(() => open.records.touch(id, at)),
    delete: (id) => later(() => open.records.delete(id)),
    entries: (prefix) => entriesLater(() => later(() => open.records.entries(prefix))),
    clear: (keep) => later(() => open.records.clear(keep)),
    counters: {
      add: (group, deltas) => later(() => open.records.counters.add(group, deltas)),
      read: (group) => later(() => open.records.counters.read(group)),
      reset: (group) => later(() => open.records.counters.reset(group)),
    },
    sweep: () => later(() => open.records.sweep()),
    lease: (id, ttl) => later(() => leaseLater(open.records.lease(id, { ttl, name: holder }), later)),
    holderOf: (id) => later(() => open.records.holderOf(id)),
    destroy: () => later(() => open.records.destroy()),
    close: () => later(() => open.close()),
  };
}

/** The records, until they are closed. */
function openUntilClosed(records: MemoryRecords): { readonly records: MemoryRecords; close(): void } {
  let closed = false;
  return {
    get records() {
      if (closed) throw new StoreError('The memory store is closed: make a new one');
      return records;
    },
    close() {
      closed = true;
      records.destroy();
    },
  };
}

async function* entriesLater(entries: () => Promise<Iterable<StoreEntry>>): AsyncGenerator<StoreEntry, void> {
  yield* await entries();
}

function leaseLater(lease: SyncLease | undefined, later: <T>(answer: () => T) => Promise<T>): AsyncLease | undefined {
  if (lease === undefined) return undefined;
  const { id, takenOver } = lease;
  return { id, takenOver, renew: () => later(() => lease.renew()), release: () => later(() => lease.release()) };
}
