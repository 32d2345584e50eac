/** What is done to all the items of a store, written once for both kinds of store. */

import { invalidArgument, isUnsafeFolder } from '../errors.ts';
import { checkOptions } from '../options.ts';
import { decodeRecord } from '../records/frame.ts';
import { isOutdated } from '../records/freshness.ts';
import type { Parts, Store, StoreEntry } from '../stores/store.ts';
import { tryHead } from './item-steps.ts';
import type { Settings } from './settings.ts';
import type { Shared } from './site.ts';
import { each, step, type Steps } from './steps.ts';

/** Which entries `clear` removes. */
export interface ClearFilter {
  /** Those of the function of this name. */
  readonly name?: string;
}

/** What `prune` removed. */
export interface PruneResult {
  /** Entries past their age. */
  readonly expired: number;
  /** Entries that could not be read. */
  readonly corrupt: number;
  /** Entries over a limit. */
  readonly evicted: number;
  /** Files and the like that dead processes have left. */
  readonly leftovers: number;
  /** Bytes of all these. */
  readonly bytes: number;
}

/**
 * Removes all entries, or those of one function; how many.
 *
 * @throws TypeError (`ERR_INVALID_ARG_VALUE`) for a filter that it does not know: nothing is removed then.
 * @throws StoreError
 */
export function* clear({ store }: Shared, filter: ClearFilter): Steps<number> {
  checkOptions(filter, ['name'], 'clear()');
  const { name } = filter;
  if ('name' in filter && typeof name !== 'string') throw invalidArgument('The filter name of clear() must be a text');
  if (name === undefined) return yield* step<number>(store.clear());
  let removed = 0;
  yield* each(store.entries(), function* visit({ id }: StoreEntry): Steps<void> {
    const glimpse = yield* step(store.peek(id));
    if (glimpse === undefined || tryHead(glimpse)?.name !== name) return;
    if (yield* step(store.delete(id))) removed++;
  });
  return removed;
}

/** Removes what nobody can use any more. @throws StoreError */
export function* prune({ store }: Shared, settings: Settings): Steps<PruneResult> {
  const found = { expired: 0, corrupt: 0, evicted: 0, bytes: 0 };
  yield* each(store.entries(), function* visit({ id, size }: StoreEntry): Steps<void> {
    const verdict = inspect(yield* tryGet(store, id), id, settings);
    if (verdict === 'good' || !(yield* step(store.delete(id)))) return;
    found[verdict]++;
    found.bytes += size;
  });
  const { leftovers, bytes } = yield* step(store.sweep());
  return { ...found, leftovers, bytes: found.bytes + bytes };
}

/** Removes the store's folder, table or prefix. @throws StoreError */
export function* destroy({ store }: Shared): Steps<void> {
  yield* step<void>(store.destroy());
}

/** A record that the store cannot give is left alone: it may only be unreadable for the moment. */
function* tryGet(store: Store, id: string): Steps<Parts | undefined> {
  try {
    return yield* step<Parts | undefined>(store.get(id));
  } catch (error) {
    if (isUnsafeFolder(error)) throw error;
    return undefined;
  }
}

function inspect(parts: Parts | undefined, id: string, settings: Settings): 'good' | 'expired' | 'corrupt' {
  if (parts === undefined) return 'good';
  try {
    const { head } = decodeRecord(parts, id);
    return isOutdated(head, settings.maxAge, settings.clock()) ? 'expired' : 'good';
  } catch {
    return 'corrupt';
  }
}
