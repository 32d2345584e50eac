/** The tables of a cache in LMDB. */

import { createHash, randomBytes } from 'node:crypto';
import { Buffer } from 'node:buffer';
import type { GivenLease, StoredStat } from '../definition.ts';
import { isLostLease, type LeaseRow } from '../file/writer.ts';
import type { Counts, HeldLease } from '../store.ts';
import { openEnvironment, type Environment, type Table } from './driver.ts';

/** What is known of a record: four float64, little-endian. `version` tells it from all others that its id has had. */
export interface Facts extends StoredStat {
  readonly usedAt: number;
  readonly version: number;
}

/** An open environment. Each change is one transaction, which processes carry out one after the other. */
export class Tables {
  readonly #environment: Environment;
  /** The bytes of records, and what is known of them, both by id. */
  readonly records: Table;
  readonly facts: Table;
  /** By id, as JSON. */
  readonly #leases: Table;
  /** By the digest of the group, as JSON. */
  readonly #counters: Table;

  /** Throws what lmdb throws. */
  constructor(path: string) {
    this.#environment = openEnvironment(path, 8);
    const open = (name: string): Table => this.#environment.openDB({ name, encoding: 'binary' });
    [this.records, this.facts, this.#leases, this.#counters] = [
      open('records'),
      open('facts'),
      open('leases'),
      open('counters'),
    ];
  }

  /** The same tables, with all that was written by now: a thread that does not return to its event loop would see no more of it. */
  get fresh(): this {
    this.#environment.resetReadTxn();
    return this;
  }

  change<T>(work: () => T): T {
    return this.#environment.transactionSync(work);
  }

  factsOf(id: string): Facts | undefined {
    const bytes = this.facts.get(id);
    return bytes && readFacts(bytes);
  }

  lease(id: string, ttl: number, me: string): GivenLease<'sync'> | HeldLease {
    const token = randomBytes(12).toString('hex');
    const own = { holder: me, token, since: Date.now() };
    const put = (): unknown => this.#leases.putSync(id, json({ ...own, until: Date.now() + ttl }));
    const former = this.change(() => {
      const row = this.#leaseOf(id);
      if (row === undefined || isLostLease(row)) put();
      return row;
    });
    if (former !== undefined && this.fresh.#leaseOf(id)?.token !== token) {
      return { heldBy: former.holder, since: former.since };
    }
    const ifOwn = (work: () => unknown): boolean =>
      this.change(() => this.#leaseOf(id)?.token === token && work() !== false);
    return {
      takenOver: former !== undefined,
      renew: () => ifOwn(put),
      release: () => ifOwn(() => this.#leases.removeSync(id)),
    };
  }

  /** Who has the lease of an id. */
  heldBy(id: string): HeldLease | undefined {
    const row = this.fresh.#leaseOf(id);
    return row === undefined || isLostLease(row) ? undefined : { heldBy: row.holder, since: row.since };
  }

  #leaseOf(id: string): LeaseRow | undefined {
    const bytes = this.#leases.get(id);
    return bytes && (JSON.parse(textOf(bytes)) as LeaseRow);
  }

  addCounts(group: string, deltas: Counts): void {
    this.change(() => {
      const counts = this.#countsOf(group);
      for (const [name, delta] of Object.entries(deltas)) counts.set(name, (counts.get(name) ?? 0) + delta);
      this.#counters.putSync(keyOf(group), json([...counts].filter(([, count]) => count !== 0)));
    });
  }

  countsOf(group: string): Counts {
    return Object.fromEntries(this.fresh.#countsOf(group));
  }

  resetCounts(group?: string): void {
    if (group === undefined) this.#counters.clearSync();
    else this.change(() => this.#counters.removeSync(keyOf(group)));
  }

  #countsOf(group: string): Map<string, number> {
    const bytes = this.#counters.get(keyOf(group));
    return new Map(bytes && (JSON.parse(textOf(bytes)) as [string, number][]));
  }

  close(): void {
    // Nothing is left to be written, so nothing has to be waited for.
    this.#environment.close().catch(() => undefined);
  }
}

export function writeFacts({ size, savedAt, usedAt, version }: Facts): Uint8Array {
  const view = new DataView(new ArrayBuffer(32));
  for (const [n, fact] of [size, savedAt, usedAt, version].entries()) view.setFloat64(n * 8, fact, true);
  return new Uint8Array(view.buffer);
}

export function readFacts(bytes: Uint8Array): Facts {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const [size, savedAt, usedAt, version] = [0, 8, 16, 24].map((at) => view.getFloat64(at, true));
  return { size, savedAt, usedAt, version } as Facts;
}

/** A key has a limit, a group has none. */
function keyOf(group: string): string {
  return createHash('sha256').update(JSON.stringify(group)).digest('hex');
}

function json(value: unknown): Uint8Array {
  return Buffer.from(JSON.stringify(value));
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString();
}
