import { afterEach, beforeEach } from '@jest/globals';
import { createHash } from 'node:crypto';
import type { Parts, Store, StoreEntry, StoreHints } from '../../../lib/stores/store.ts';

/** A store and what a spec needs to know of it. */
export interface StoreUnderTest {
  readonly store: Store;
  /** Another store over the same records, as another process would have; the store itself where there is no other. */
  readonly other: Store;
  /** Lets ms pass for leases; left out where only the death of a holder ends one. */
  readonly advance?: (ms: number) => void;
  /** Removes what the store has left. */
  readonly dispose?: () => unknown;
}

export type MakeStore = () => StoreUnderTest | Promise<StoreUnderTest>;

/** The store of the running spec. */
export type Current = () => StoreUnderTest;

/** A fresh store for every spec. */
export function useStore(make: MakeStore): Current {
  let current: StoreUnderTest | undefined;
  beforeEach(async () => {
    current = await make();
  });
  afterEach(async () => {
    await current?.store.close();
    await current?.other.close();
    await current?.dispose?.();
  });
  return () => {
    if (current === undefined) throw new Error('There is a store only while a spec runs');
    return current;
  };
}

export const NEVER: StoreHints = { expiresAt: Infinity };

/** The nth id. */
export function idOf(n: number | string): string {
  return createHash('sha256').update(String(n)).digest('hex');
}

/** Bytes in which every place differs from its neighbours, and every seed from every other one. */
export function bytesOf(length: number, seed = 0): Uint8Array {
  const bytes = new Uint8Array(length);
  for (let i = 0; i < length; i++) bytes[i] = (i * 31 + (i >> 8) * 7 + seed * 13) & 0xff;
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

export async function entriesOf(store: Store): Promise<StoreEntry[]> {
  const entries: StoreEntry[] = [];
  for await (const entry of store.entries()) entries.push(entry);
  return entries;
}
