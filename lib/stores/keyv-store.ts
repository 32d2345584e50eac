import { Buffer } from 'node:buffer';
import { invalidArgument } from '../common/errors.ts';
import { describe } from '../common/describe.ts';
import { ID } from '../common/ids.ts';
import { completeStore } from './complete.ts';
import type { StoreDefinition, StoredEntry } from './definition.ts';
import { savedAtOf, type AsyncStore } from './store.ts';

/** What is used of a Keyv, of version 5 or 6. */
export interface KeyvLike {
  get(key: string): Promise<unknown>;
  set(key: string, value: string, ttl?: number): Promise<unknown>;
  delete(key: string): Promise<unknown>;
  /** Only some adapters can list their keys. */
  readonly iterator?: unknown;
}

/**
 * A Keyv as a store that answers with promises, over whatever adapter it has. Records are kept as Base64, which passes through
 * adapters that take nothing but texts. Other keys of its namespace are left alone. It is not closed with the cache.
 *
 * Leases hold within one thread: processes may compute the same value each. Where the adapter cannot list, nor can the cache: clearing,
 * pruning and counting fail.
 *
 * @example
 * const cache = new TempCache('mine', { store: keyvStore(new Keyv(new KeyvRedis('redis://localhost'))) });
 *
 * @throws TypeError (`ERR_INVALID_ARG_VALUE`) for what is no Keyv
 */
export function keyvStore(keyv: KeyvLike): AsyncStore {
  checkKeyv(keyv);
  return completeStore<'async'>(definitionOf(keyv));
}

function definitionOf(keyv: KeyvLike): StoreDefinition<'async'> {
  return {
    kind: 'async',
    scope: keyv,
    get: async (id) => bytesOf(await keyv.get(id)),
    async set(id, bytes, { expiresAt }) {
      const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
      // It would keep for ever what has no time left.
      const ttl = expiresAt === Infinity ? [] : [Math.max(1, expiresAt - Date.now())];
      if ((await keyv.set(id, text, ...ttl)) === false) throw new Error('Keyv did not store it');
    },
    delete: async (id) => (await keyv.delete(id)) === true,
    entries: () => listed(keyv),
    async clear() {
      const ids: string[] = [];
      for await (const { id } of listed(keyv)) ids.push(id);
      for (const id of ids) await keyv.delete(id);
    },
    close: () => undefined,
  };
}

/** Gathered first: adapters need not bear changes meanwhile. */
async function* listed(keyv: KeyvLike): AsyncGenerator<StoredEntry, void> {
  const entries: StoredEntry[] = [];
  for await (const [id, value] of pairsOf(keyv)) {
    const bytes = typeof id === 'string' && ID.test(id) ? bytesOf(value) : undefined;
    if (bytes !== undefined) entries.push({ id: id as string, size: bytes.length, savedAt: savedAtOf(bytes) });
  }
  yield* entries;
}

function pairsOf(keyv: KeyvLike): AsyncIterable<readonly unknown[]> {
  const { iterator } = keyv as { readonly iterator?: (namespace?: undefined) => AsyncIterable<readonly unknown[]> };
  if (iterator === undefined) throw new Error('the adapter of this Keyv cannot list its keys');
  return iterator.call(keyv);
}

/** What is no text of ours is no record. */
function bytesOf(value: unknown): Uint8Array | undefined {
  return typeof value === 'string' ? Buffer.from(value, 'base64') : undefined;
}

function checkKeyv(keyv: unknown): void {
  const { get, set, delete: remove } = (keyv ?? {}) as Record<string, unknown>;
  if ([get, set, remove].every((member) => typeof member === 'function') && !('entries' in (keyv as object))) return;
  throw invalidArgument(`keyvStore() needs a Keyv, such as new Keyv(adapter); it is given ${describe(keyv)}`);
}
