import { turn } from '../runtime/timers.ts';
import { completeStore } from './complete.ts';
import type {
  StoreCounters,
  StoreDefinition,
  StoredBeginning,
  StoredEntry,
  StoredStat,
  StoreHead,
} from './definition.ts';
import { ProcessLeases } from './grants.ts';
import { isHeld, type AsyncStore, type Counts, type SyncCounters, type SyncStore } from './store.ts';

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
type InMemory = Required<Omit<StoreDefinition<'sync'>, 'files' | 'head' | 'counters' | 'timeout'>> & {
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
    heldBy: (id) => leases.heldBy(id),
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
    await turn();
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
    heldBy: (id) => soon(() => store.heldBy(id)),
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

interface MemoryRecord {
  readonly bytes: Uint8Array;
  readonly savedAt: number;
  /** No other record ever has it. */
  readonly version: number;
  usedAt: number;
}

/** The records that a memory store keeps. */
class MemoryRecords {
  readonly #records = new Map<string, MemoryRecord>();
  readonly #clock: () => number;
  #versions = 0;

  constructor(clock: () => number) {
    this.#clock = clock;
  }

  get(id: string): Uint8Array | undefined {
    const record = this.#records.get(id);
    if (record === undefined) return undefined;
    record.usedAt = this.#clock();
    return record.bytes;
  }

  set(id: string, bytes: Uint8Array): void {
    const now = this.#clock();
    this.#records.set(id, { bytes, savedAt: now, version: ++this.#versions, usedAt: now });
  }

  peek(id: string): StoredBeginning | undefined {
    const record = this.#records.get(id);
    return record && { ...statOf(record), head: record.bytes };
  }

  stat(id: string): StoredStat | undefined {
    const record = this.#records.get(id);
    return record && statOf(record);
  }

  stamp(id: string): number | undefined {
    return this.#records.get(id)?.version;
  }

  touch(id: string, at: number): void {
    const record = this.#records.get(id);
    if (record !== undefined) record.usedAt = at;
  }

  delete(id: string): boolean {
    return this.#records.delete(id);
  }

  *entries(): Generator<StoredEntry, void> {
    for (const [id, record] of this.#records) yield { id, ...statOf(record) };
  }

  clear(): void {
    this.#records.clear();
  }
}

function statOf({ bytes, savedAt, usedAt }: MemoryRecord): StoredStat {
  return { size: bytes.length, savedAt, usedAt };
}

/** Counters in the memory of this process. */
class MemoryCounters implements SyncCounters {
  readonly #groups = new Map<string, Map<string, number>>();

  add(group: string, deltas: Counts): void {
    const counters = this.#groups.get(group) ?? new Map<string, number>();
    for (const [name, delta] of Object.entries(deltas)) {
      const sum = (counters.get(name) ?? 0) + delta;
      if (sum === 0) counters.delete(name);
      else counters.set(name, sum);
    }
    this.#groups.set(group, counters);
  }

  /** A copy; it does not change. */
  read(group: string): Counts {
    return Object.fromEntries(this.#groups.get(group) ?? []);
  }

  reset(group?: string): void {
    if (group === undefined) this.#groups.clear();
    else this.#groups.delete(group);
  }
}
