/** The records that upkeep works on, of a cache or in a folder whose program is not known, and how they are read and removed. */

import { Buffer } from 'node:buffer';

import { isUnsafeFolder } from '../common/errors.ts';
import type { Events } from '../common/events.ts';
import { isNoteId } from '../common/ids.ts';
import { recordRemoved } from '../limits/account.ts';
import type { MaybeLimited } from '../limits/evict.ts';
import type { Change } from '../limits/listing.ts';
import { isLimited, type PartOfStore } from '../limits/sizes.ts';
import type { Ages, Clock } from '../records/freshness.ts';
import { removeItem, runsToRemove } from '../runs/items.ts';
import { step, type Steps } from '../runtime/steps.ts';
import { boundCalls } from '../stats/stored.ts';
import { HEAD_BYTES, type Parts, type Store, type StoreEntry } from '../stores/store.ts';

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

/** What upkeep takes of the settings of a cache or function. */
export interface AgeSettings extends Ages {
  readonly clock: Clock;
  readonly events: Events;
}

/** The beginning of a record, as `peek` of a store shows it. */
export interface Peek extends StoreEntry {
  readonly head: Uint8Array;
}

/** The records of a cache. */
export function recordsOf(cache: MaintainedCache, { clock, events }: Omit<AgeSettings, keyof Ages>): Maintained {
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

/** How many records may resist before the store is taken to be broken. */
const MOST_FAILURES = 10;

/** Removes records, and counts what that freed. A record that cannot be removed stops nothing: see `end`. */
export class Remover {
  readonly #records: Maintained;
  readonly #failures: unknown[] = [];

  constructor(records: Maintained) {
    this.#records = records;
  }

  /** As {@link entry}, unless another record has taken the place of the one that was judged. */
  *judged(record: Peek, isRun: boolean): Steps<number | undefined> {
    const now = yield* peekAt(this.#records, record.id);
    const isSame = typeof now === 'object' && now.size === record.size && hasSameHead(now, record);
    return isSame ? yield* this.entry(record, isRun) : undefined;
  }

  /**
   * Removes an entry as it is now, with the chunks of its runs if it may have any. Bytes that this freed; undefined where it stays or has gone.
   *
   * @throws UnsafeFolderError; what the store throws, when that happens again and again
   */
  *entry({ id, size }: StoreEntry, isRun: boolean): Steps<number | undefined> {
    const { store } = this.#records;
    const runs = isRun ? yield* runsToRemove(store, id) : [];
    return yield* this.#remove({ id, entries: 1 }, removeItem(store, { id, size }, runs));
  }

  /** Removes a chunk or a note. As {@link entry}. */
  *record({ id, size }: StoreEntry): Steps<number | undefined> {
    return yield* this.#remove({ id, entries: 0 }, removeItem(this.#records.store, { id, size }, []));
  }

  /** @throws what the store threw first when it was to remove a record */
  end(): void {
    if (this.#failures.length > 0) throw this.#failures[0];
  }

  *#remove(
    change: { readonly id: string; readonly entries: number },
    removal: Steps<number | undefined>,
  ): Steps<number | undefined> {
    try {
      const bytes = yield* removal;
      // Notes do not count.
      if (bytes !== undefined && !isNoteId(change.id)) yield* this.#records.freed({ ...change, bytes });
      return bytes;
    } catch (error) {
      this.#failures.push(error);
      if (isUnsafeFolder(error) || this.#failures.length === MOST_FAILURES) throw error;
      return undefined;
    }
  }
}

/** A store may show more than it has to. */
function hasSameHead(one: Peek, other: Peek): boolean {
  return Buffer.compare(one.head.subarray(0, HEAD_BYTES), other.head.subarray(0, HEAD_BYTES)) === 0;
}
