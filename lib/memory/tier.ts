import type { Buffer } from 'node:buffer';
import { performance } from 'node:perf_hooks';

import { Lru } from './lru.ts';
import { copierOf, type Copier } from './plain-copy.ts';
import type { MemorySettings } from '../options/limits.ts';
import { readHead } from '../records/frame.ts';
import { ageOf, isFresh, type Lifetime } from '../records/freshness.ts';
import { ownBytes } from '../records/checksum.ts';
import type { Codec } from '../serializers/serializer.ts';
import { sizeOf, type Parts, type Stamp, type SyncStore, type Store } from '../stores/store.ts';
import {
  ABSENT,
  judgeAs,
  type Finding,
  type NotFound,
  type Outcome,
  type Reader,
  type ReadRecord,
} from '../records/outcome.ts';

/** Ms for which a value is served where the store cannot tell cheaply whether it is still the stored one. */
const BLIND_AGE = 1000;

/** The payload of a larger record is not kept as a value too, which would take its room twice. */
const MAX_COPIED = 65_536;

/** A value that is kept, or the bytes of it. */
interface Kept {
  readonly codec: Codec;
  readonly life: Lifetime;
  readonly promised: boolean;
  readonly computeMs: number;
  readonly stamp: Stamp | undefined;
  /** When the store was asked last, ms since the epoch. */
  checkedAt: number;
  /** A value for one caller. */
  read: Copier;
  /** Whether large bytes are decoded for that, which takes a time that is measured. */
  readonly isDecoded: boolean;
}

/** What was known when the store was asked for a record. */
export interface Lookup {
  readonly hasValue?: never;
  readonly stamp: Stamp | undefined;
  readonly writes: number;
}

/** What a store gave. */
interface Fetched {
  readonly lookup: Lookup;
  readonly parts: Parts | undefined;
  readonly read: ReadRecord;
  /** The one of the parts, where it was taken already. */
  readonly checksum?: number | undefined;
  /** When the store was asked, where that is measured. */
  readonly startedAt?: number | undefined;
}

/** A fresh value that a store gave. */
interface Found {
  readonly id: string;
  readonly lookup: Lookup;
  readonly value: unknown;
}

/**
 * The values that this process has read from a store, kept in memory. Every caller is given a copy of its own, and the
 * store is asked whether its record is still the same one; both can be given up by options.
 */
export class MemoryTier {
  readonly #store: Store;
  readonly #kept: Lru<Kept>;
  /** Bytes of the largest record that is kept. */
  readonly #largest: number;
  /** Whether callers are given the very value that is kept. */
  readonly shares: boolean;
  /** Ms for which a value is served without asking. */
  readonly #blindAge: number;
  /** Counts what is written through this cache, so that a value which was read before is not kept after. */
  #writes = 0;

  constructor(store: Store, { maxEntries, maxBytes, maxAge, share }: MemorySettings) {
    this.#store = store;
    this.#kept = new Lru({ maxEntries, maxSize: maxBytes });
    this.#largest = maxBytes;
    this.shares = share;
    this.#blindAge = maxAge ?? (store.stamps ? 0 : BLIND_AGE);
  }

  /**
   * The value, or that there is none, where that is known without the record; else a lookup, which `take` needs with the record
   * that the store gives. @throws what the store throws
   */
  ask(settings: Reader, id: string): Finding | Lookup {
    return this.#find(settings, id) ?? this.#begin(id);
  }

  /** Judges what the store gave, and keeps it if it is a fresh value. */
  take(settings: Reader, id: string, { lookup, parts, read, checksum, startedAt }: Fetched): Finding {
    if (parts === undefined) return ABSENT;
    if (sizeOf(parts) > this.#largest) return judgeAs(parts, id, { settings, read, checksum, startedAt });
    const own = ownBytes(parts);
    const outcome = judgeAs([own], id, { settings, read, checksum, startedAt });
    const isFreshHit = outcome.hasValue && outcome.status === 'hit';
    if (isFreshHit && lookup.writes === this.#writes) this.#keep(settings, own, { id, lookup, value: outcome.value });
    return outcome;
  }

  /** Drops the kept value of a record that was written or removed through this cache; without an id, all kept values. */
  forget(id?: string): void {
    this.#writes++;
    if (id === undefined) this.#kept.clear();
    else this.#kept.delete(id);
  }

  /** A fresh value that is kept, and still the stored one as far as can be told. */
  #find(settings: Reader, id: string): Outcome | undefined {
    const kept = this.#kept.get(id);
    if (kept === undefined || kept.codec !== settings.codec) return undefined;
    const now = settings.clock();
    const { life, promised, computeMs } = kept;
    if (!isFresh(life, settings.maxAge, now) || !this.#isCurrent(id, kept, now)) return undefined;
    const age = ageOf(life, now);
    const startedAt = kept.isDecoded ? performance.now() : 0;
    const value = kept.read();
    const loadMs = kept.isDecoded ? performance.now() - startedAt : 0;
    return { hasValue: true, status: 'hit', value, age, foundAt: now, promised, computeMs, loadMs };
  }

  #begin(id: string): NotFound | Lookup {
    const { stamps } = this.#store;
    const stamp = stamps ? (this.#store as SyncStore).stamp(id) : undefined;
    return stamps && stamp === undefined ? ABSENT : { stamp, writes: this.#writes };
  }

  #keep({ codec, clock }: Reader, own: Buffer, { id, lookup, value }: Found): void {
    const stamp = lookup.stamp?.isCertain === true ? lookup.stamp : undefined;
    const head = readHead(own, id);
    if ((this.#blindAge === 0 && stamp === undefined) || head.kind !== 'value') return;
    const { createdAt, expiresAt, keepUntil, keepsOwnAge, maxAge, promised, computeMs, encoding } = head;
    const life = { createdAt, expiresAt, keepUntil, keepsOwnAge, maxAge };
    const payload = own.subarray(head.length);
    const isDecoded = !this.shares && payload.length > MAX_COPIED;
    const kept: Kept = {
      codec,
      life,
      promised,
      computeMs,
      stamp,
      checkedAt: clock(),
      read: () => value,
      isDecoded,
    };
    if (!this.shares) kept.read = reader(kept, encoding, payload);
    this.#kept.set(id, kept, own.length);
  }

  #isCurrent(id: string, kept: Kept, now: number): boolean {
    const sinceCheck = now - kept.checkedAt;
    if (sinceCheck >= 0 && sinceCheck < this.#blindAge) return true;
    if (kept.stamp !== undefined && isSame(kept.stamp, (this.#store as SyncStore).stamp(id))) {
      kept.checkedAt = now;
      return true;
    }
    this.#kept.delete(id);
    return false;
  }
}

/** Decodes the bytes at each call, unless the first value turns out to be one that is copied faster. */
function reader(kept: Kept, encoding: number, payload: Uint8Array): Copier {
  const { codec } = kept;
  const decode: Copier = () => codec.decode(encoding, payload);
  if (kept.isDecoded) return decode;
  return () => {
    const value = decode();
    const copier = copierOf(value);
    kept.read = copier ?? decode;
    return copier === undefined ? value : copier();
  };
}

function isSame(before: Stamp, now: Stamp | undefined): boolean {
  return (
    now !== undefined && now.file === before.file && now.changedAt === before.changedAt && now.size === before.size
  );
}
