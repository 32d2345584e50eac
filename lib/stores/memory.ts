import { setImmediate } from 'node:timers/promises';
import { completeStore } from './complete.ts';
import type { StoreCounters, StoreDefinition, StoreHead } from './definition.ts';
import { MemoryCounters } from './memory-counters.ts';
import { MemoryRecords } from './memory-records.ts';
import { ProcessLeases } from './process-leases.ts';
import { isHeld, type AsyncStore, type SyncStore } from './store.ts';

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
  const memory = inMemory(options.clock ?? Date.now);
  return options.async === true ? completeStore(later(memory)) : completeStore(memory);
}

/** With all that a store can have: the cache asks for no less of a memory store than of files. */
type InMemory = Required<Omit<StoreDefinition<'sync'>, 'files' | 'head' | 'counters'>> & {
  readonly head: Required<StoreHead<'sync'>>;
  readonly counters: StoreCounters<'sync'>;
};

function inMemory(clock: () => number): InMemory {
  const records = new MemoryRecords(clock);
  const leases = new ProcessLeases(clock);
  return {
    kind: 'sync',
    scope: records,
    get: (id) => records.get(id),
    set: (id, bytes) => records.set(id, bytes),
    delete: (id) => records.delete(id),
    entries: () => records.entries(),
    clear: () => records.clear(),
    lease: (id, ttl, me) => leases.lease(id, ttl, me),
    close: () => records.clear(),
    head: {
      peek: (id) => records.peek(id),
      stat: (id) => records.stat(id),
      touch: (id, at) => records.touch(id, at),
      stamp: (id) => records.stamp(id),
    },
    counters: new MemoryCounters(),
  };
}

/** As on a server: each answer comes in a later turn of the event loop, and stamps cannot be had at once. */
function later({ scope, head, counters, ...store }: InMemory): StoreDefinition<'async'> {
  const soon = async <T>(answer: () => T): Promise<T> => {
    await setImmediate();
    return answer();
  };
  return {
    kind: 'async',
    scope: scope ?? {},
    get: (id) => soon(() => store.get(id)),
    set: (id, bytes, terms) => soon(() => store.set(id, bytes, terms)),
    delete: (id) => soon(() => store.delete(id)),
    entries: () => soon(() => store.entries()),
    clear: () => soon(() => store.clear()),
    async lease(id, ttl, me) {
      const lease = await soon(() => store.lease(id, ttl, me));
      if (isHeld(lease)) return lease;
      const { takenOver } = lease;
      return { takenOver, renew: () => soon(() => lease.renew()), release: () => soon(() => lease.release()) };
    },
    close: () => soon(() => store.close()),
    head: {
      peek: (id, length) => soon(() => head.peek(id, length)),
      stat: (id) => soon(() => head.stat(id)),
      touch: (id, at) => soon(() => head.touch(id, at)),
    },
    counters: {
      add: (group, deltas) => soon(() => counters.add(group, deltas)),
      read: (group) => soon(() => counters.read(group)),
      reset: (group) => soon(() => counters.reset(group)),
    },
  };
}
