import type { StoredEntry, StoredBeginning, StoredStat } from './definition.ts';

interface MemoryRecord {
  readonly bytes: Uint8Array;
  readonly savedAt: number;
  /** No other record ever has it. */
  readonly version: number;
  usedAt: number;
}

/** The records that a memory store keeps. */
export class MemoryRecords {
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
