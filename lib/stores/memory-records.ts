import { MemoryCounters } from './memory-counters.ts';
import { HEAD_BYTES } from './store.ts';
import type { Parts, StoreEntry, StoreGlimpse, SweepResult, Stamp, SyncLease } from './store.ts';

interface MemoryRecord {
  readonly bytes: Uint8Array;
  /** No other record ever has it. */
  readonly version: number;
  lastUsedAt: number;
}

interface Holder {
  /** Which store it is that holds the lease. */
  readonly name: string;
  readonly ttl: number;
  renewedAt: number;
}

/** What a memory store keeps: records and leases in two maps. */
export class MemoryRecords {
  readonly #records = new Map<string, MemoryRecord>();
  readonly #holders = new Map<string, Holder>();
  readonly #clock: () => number;
  readonly counters: MemoryCounters = new MemoryCounters();
  #versions = 0;

  constructor(clock: () => number) {
    this.#clock = clock;
  }

  /** A copy in memory of its own. */
  get(id: string): Parts | undefined {
    const record = this.#records.get(id);
    if (record === undefined) return undefined;
    record.lastUsedAt = this.#clock();
    return [new Uint8Array(record.bytes)];
  }

  peek(id: string): StoreGlimpse | undefined {
    const record = this.#records.get(id);
    if (record === undefined) return undefined;
    const { bytes, lastUsedAt } = record;
    return { id, size: bytes.length, lastUsedAt, head: bytes.slice(0, HEAD_BYTES) };
  }

  set(id: string, record: Parts): void {
    this.#records.set(id, { bytes: join(record), version: ++this.#versions, lastUsedAt: this.#clock() });
  }

  stat(id: string): StoreEntry | undefined {
    const record = this.#records.get(id);
    return record && { id, size: record.bytes.length, lastUsedAt: record.lastUsedAt };
  }

  stamp(id: string): Stamp | undefined {
    const record = this.#records.get(id);
    return record && { file: record.version, changedAt: 0, size: record.bytes.length, isCertain: true };
  }

  touch(id: string, at: number): void {
    const record = this.#records.get(id);
    if (record !== undefined) record.lastUsedAt = at;
  }

  delete(id: string): boolean {
    return this.#records.delete(id);
  }

  *entries(prefix = ''): Generator<StoreEntry, void> {
    for (const [id, { bytes, lastUsedAt }] of this.#records) {
      if (id.startsWith(prefix)) yield { id, size: bytes.length, lastUsedAt };
    }
  }

  clear(keep?: string): number {
    let removed = 0;
    for (const id of this.#records.keys()) {
      if (keep !== undefined && id.startsWith(keep)) continue;
      this.#records.delete(id);
      removed++;
    }
    return removed;
  }

  /** Forgets the leases that have run out. */
  sweep(): SweepResult {
    const ended = [...this.#holders].filter(([, holder]) => this.#hasEnded(holder));
    for (const [id] of ended) this.#holders.delete(id);
    return { leftovers: ended.length, bytes: 0 };
  }

  holderOf(id: string): string | undefined {
    return this.#holders.get(id)?.name;
  }

  lease(id: string, { ttl, name }: { readonly ttl: number; readonly name: string }): SyncLease | undefined {
    const former = this.#holders.get(id);
    if (former !== undefined && !this.#hasEnded(former)) return undefined;
    const holder: Holder = { name, ttl, renewedAt: this.#clock() };
    this.#holders.set(id, holder);
    return {
      id,
      takenOver: former !== undefined,
      renew: () => {
        if (this.#holders.get(id) !== holder) return false;
        holder.renewedAt = this.#clock();
        return true;
      },
      release: () => {
        if (this.#holders.get(id) === holder) this.#holders.delete(id);
      },
    };
  }

  destroy(): void {
    this.counters.clear();
    this.#records.clear();
    this.#holders.clear();
  }

  /** A clock that jumped, either way, ends a lease too: the other way a lease could last for years. */
  #hasEnded(holder: Holder): boolean {
    return Math.abs(this.#clock() - holder.renewedAt) >= holder.ttl;
  }
}

function join(parts: Parts): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    bytes.set(part, offset);
    offset += part.length;
  }
  return bytes;
}
