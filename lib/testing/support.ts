import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { Buffer } from 'node:buffer';
import { HEAD_BYTES, isHeld, MAGIC, SPLIT_BYTES } from '../stores/store.ts';
import type {
  AsyncLease,
  HeldLease,
  Parts,
  Store,
  StoreEntry,
  StoreHints,
  SyncLease,
  SyncStore,
} from '../stores/store.ts';

/** A store, and what the suite needs to know of it. */
export interface StoreUnderTest {
  readonly store: Store;
  /** Another store over the same records, as another process would have. Default: the store itself. */
  readonly other?: Store;
  /** Lets ms pass for leases and last uses. Default: it cannot be done. */
  readonly advance?: (ms: number) => void;
  /** Removes what the store has left, after it was closed. */
  readonly dispose?: () => unknown;
}

/** The same with nothing left out that a case uses. */
export interface Subject extends StoreUnderTest {
  readonly other: Store;
}

/** What not every store can do. */
export interface Traits {
  /** Whether it keeps a last use that it is told (`head.touch`). Default: true. */
  readonly keepsUses?: boolean;
  /** Whether `advance` lets its leases run out. Default: true. */
  readonly runsOut?: boolean;
}

/** One thing that every store must do. It throws where the store does not. */
export interface StoreCase {
  readonly title: string;
  /** What it is about only. Default: every store. */
  readonly needs?: keyof Traits;
  readonly run: (subject: Subject) => Promise<void>;
}

export const NEVER: StoreHints = { expiresAt: Infinity };

/** When all bytes of these cases say that they were saved, ms since the epoch. */
export const SAVED_AT = 1_700_000_000_000;

/** The nth id. */
export function idOf(n: number | string): string {
  return createHash('sha256').update(String(n)).digest('hex');
}

/**
 * Bytes in which every place differs from its neighbours, and every seed from every other one, and which say when they were
 * saved where a record does, and, of more than 64 KiB, how long they are.
 */
export function bytesOf(length: number, seed = 0): Uint8Array {
  const bytes = new Uint8Array(length);
  for (let i = 0; i < length; i++) bytes[i] = (i * 31 + (i >> 8) * 7 + seed * 13) & 0xff;
  const view = new DataView(bytes.buffer);
  if (length >= 32) view.setFloat64(24, SAVED_AT, true);
  if (length <= SPLIT_BYTES) return bytes;
  view.setUint32(0, MAGIC, true);
  view.setFloat64(16, length - HEAD_BYTES, true);
  return bytes;
}

/** The parts joined, copied. */
export function joined(parts: Parts | undefined): Buffer | undefined {
  return parts === undefined ? undefined : Buffer.concat(parts);
}

/** Something short to compare instead of a megabyte. */
export function summary(bytes: Uint8Array | undefined): string | undefined {
  return bytes === undefined ? undefined : `${bytes.length} bytes ${createHash('sha256').update(bytes).digest('hex')}`;
}

/** What is stored under an id, in short. */
export async function stored(store: Store, id: string): Promise<string | undefined> {
  return summary(joined(await store.get(id)));
}

/** What a store throws or rejects with. */
export async function failureOf(call: () => unknown): Promise<unknown> {
  try {
    await call();
  } catch (error) {
    return error;
  }
  throw new Error('It did not fail');
}

export async function entriesOf(store: Store, prefix?: string): Promise<StoreEntry[]> {
  const entries: StoreEntry[] = [];
  for await (const entry of store.entries(prefix)) entries.push(entry);
  return entries;
}

/** The ids that a store lists, in order. */
export async function idsOf(store: Store, prefix?: string): Promise<string[]> {
  return (await entriesOf(store, prefix)).map(({ id }) => id).toSorted();
}

/** Requires a store to refuse calls with the error of this package. */
export async function assertRefused(calls: readonly (() => unknown)[]): Promise<void> {
  for (const call of calls) {
    const failure = (await failureOf(call)) as { readonly code?: unknown };
    assert.equal(failure.code, 'ERR_TEMPCACHE_STORE');
  }
}

type Lease = SyncLease | AsyncLease;

/** The lease of an id, or undefined where another holder has it. */
export function takeLease(store: SyncStore, id: string, ttl?: number): SyncLease | undefined;
export function takeLease(store: Store, id: string, ttl?: number): Promise<Lease | undefined>;
export function takeLease(store: Store, id: string, ttl = 60_000): unknown {
  const given = (answer: Lease | HeldLease): Lease | undefined => (isHeld(answer) ? undefined : answer);
  const answer = store.lease(id, ttl);
  return 'then' in answer ? answer.then(given) : given(answer);
}

/** Who has the lease of an id; undefined for none. It is taken to find out, and given back. */
export async function holderOf(store: Store, id: string): Promise<string | undefined> {
  const answer = await store.lease(id, 60_000);
  if (isHeld(answer)) return answer.heldBy;
  await answer.release();
  return undefined;
}
