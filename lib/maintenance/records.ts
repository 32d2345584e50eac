/** The records that upkeep works on, of a cache or in a folder whose program is not known, and how they are read. */

import { isUnsafeFolder } from '../common/errors.ts';
import type { Events } from '../common/events.ts';
import { recordRemoved } from '../limits/account.ts';
import { isLimited, type PartOfStore } from '../limits/sizes.ts';
import type { MaybeLimited } from '../limits/evict.ts';
import type { Change } from '../limits/listing.ts';
import type { Clock } from '../records/freshness.ts';
import { boundCalls } from '../stats/stored.ts';
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
  /** Bounds the number of functions whose calls are counted apart. */
  readonly bound: () => Steps<void>;
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
  const { store, usage, uses } = cache;
  return {
    store,
    usage,
    uses,
    clock,
    events,
    *freed(change): Steps<void> {
      if (isLimited(cache)) yield* recordRemoved(cache, change);
    },
    bound: () => boundCalls(store),
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

/** A whole record, valid until the next step; as {@link peekAt}. @throws UnsafeFolderError */
export function* partsAt(records: Maintained, id: string): Steps<Parts | 'absent' | 'unreadable'> {
  try {
    return (yield* step<Parts | undefined>(records.store.get(id))) ?? 'absent';
  } catch (error) {
    return reportUnreadable(records, id, error);
  }
}

/** It may be unreadable for the moment only, so it stays. @throws UnsafeFolderError when that is why */
function reportUnreadable({ events }: Maintained, id: string, error: unknown): 'unreadable' {
  if (isUnsafeFolder(error)) throw error;
  if (events?.wants('readFailed') === true) events.emit({ type: 'readFailed', id, name: '', error });
  return 'unreadable';
}
