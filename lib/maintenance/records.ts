/** The records that upkeep works on, of a cache or in a folder whose program is not known, and how they are read. */

import { isUnsafeFolder } from '../common/errors.ts';
import type { Events } from '../common/events.ts';
import { isLimited, noteRemoved, type PartOfStore } from '../limits/account.ts';
import type { MaybeLimited } from '../limits/evict.ts';
import type { Change } from '../limits/listing.ts';
import { decodeRecord, type StoredRecord } from '../records/frame.ts';
import type { Clock } from '../records/freshness.ts';
import { compactStatistics } from '../stats/statistics.ts';
import type { Parts, Store, StoreEntry } from '../stores/store.ts';
import { step, type Steps } from '../runtime/steps.ts';

/** What upkeep asks of a store. */
export type MaintainedStore = PartOfStore<keyof MaybeLimited['store'] | 'clear' | 'sweep'>;

/** Records that are looked after. */
export interface Maintained extends MaybeLimited {
  readonly store: MaintainedStore;
  readonly clock: Clock;
  /** Who hears of evictions, and of records that cannot be read. Default: none. */
  readonly events?: Pick<Events, 'wants' | 'emit'> | undefined;
  /** Counts what was removed, for all processes that keep limits. Never throws. */
  readonly freed: (change: Change) => Steps<void>;
  /** Merges the counts of calls in these notes. */
  readonly compact: (ids: readonly string[]) => Steps<void>;
}

/** What upkeep takes of a cache. */
export interface MaintainedCache extends MaybeLimited {
  readonly store: Store;
}

/** What upkeep takes of the settings of a cache or function. Ages are in ms. */
export interface AgeSettings {
  readonly clock: Clock;
  readonly maxAge: number;
  /** For how long past maxAge a value may be served stale. */
  readonly grace: number;
  readonly events: Events;
}

/** The beginning of a record, as `peek` of a store shows it. */
export interface Peek extends StoreEntry {
  readonly head: Uint8Array;
}

/** The records of a cache. */
export function recordsOf(
  cache: MaintainedCache,
  { clock, events }: Omit<AgeSettings, 'maxAge' | 'grace'>,
): Maintained {
  const { store, ledger, uses } = cache;
  return {
    store,
    ledger,
    uses,
    clock,
    events,
    *freed(change): Steps<void> {
      if (isLimited(cache)) yield* noteRemoved(cache, change);
    },
    compact: (ids) => compactStatistics(store, ids),
  };
}

/** Ms since the epoch of the last use of a record, as its store or this thread knows it. */
export function lastUseOf({ uses }: Pick<Maintained, 'uses'>, { id, lastUsedAt }: StoreEntry): number {
  return Math.max(lastUsedAt, uses.lastUse(id) ?? 0);
}

/** The beginning of a record; `'unreadable'`, which is reported, when the store cannot give it. @throws UnsafeFolderError */
export function* peekAt(records: Maintained, id: string): Steps<Peek | 'absent' | 'unreadable'> {
  try {
    return (yield* step<Peek | undefined>(records.store.peek(id))) ?? 'absent';
  } catch (error) {
    return reportUnreadable(records, id, error);
  }
}

/**
 * What `read` makes of a whole record, at once: what a store hands over may be valid for a moment only. A record that the store
 * cannot give is reported, and `'corrupt'` is one that `read` throws for.
 *
 * @throws UnsafeFolderError
 */
export function* readAt<T>(
  records: Maintained,
  id: string,
  read: (record: StoredRecord) => T,
): Steps<T | 'absent' | 'corrupt' | 'unreadable'> {
  let parts: Parts | undefined;
  try {
    parts = yield* step(records.store.get(id));
  } catch (error) {
    return reportUnreadable(records, id, error);
  }
  try {
    return parts === undefined ? 'absent' : read(decodeRecord(parts, id));
  } catch {
    return 'corrupt';
  }
}

/**
 * Whether all of a record is as it was saved, of which the beginning was read; `'good'` also for one that has gone since.
 *
 * @throws UnsafeFolderError
 */
export function* checkWhole(records: Maintained, { id, head, size }: Peek): Steps<'good' | 'corrupt' | 'unreadable'> {
  if (head.length < size) {
    const answer = yield* readAt(records, id, () => 'good' as const);
    return answer === 'absent' ? 'good' : answer;
  }
  try {
    decodeRecord([head], id);
    return 'good';
  } catch {
    return 'corrupt';
  }
}

/** It may be unreadable for the moment only, so it stays. @throws UnsafeFolderError when that is why */
function reportUnreadable({ events }: Maintained, id: string, error: unknown): 'unreadable' {
  if (isUnsafeFolder(error)) throw error;
  if (events?.wants('readFailed') === true) events.emit({ type: 'readFailed', id, name: '', error });
  return 'unreadable';
}
