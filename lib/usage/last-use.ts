import type { Store, StoreEntry } from '../stores/store.ts';
import { atExit } from '../runtime/on-exit.ts';
import { carryOutInBackground, later } from '../runtime/background.ts';
import { hexAt } from '../common/ids.ts';
import { LookedAt } from './looked-at.ts';
import { perScope } from '../runtime/per-store.ts';
import { atProcessEnd } from '../runtime/process-end.ts';
import { carryOutSync, step, type Steps } from '../runtime/steps.ts';

/** Ms between two times at which uses are written. */
const PERIOD = 60_000;

/** How many records are remembered besides. */
const MOST = 50_000;

/**
 * Ms. Where nothing is evicted by last uses, those of many records may lag this far behind in the store, and are not looked at
 * again for as long. To write each of them took half as long again as the hits themselves; where more records are used than are
 * remembered, and each is written by a hit, it made hits four times as slow, and to look at each twice.
 */
const LAG = 1_800_000;

/** How many are written exactly at a time all the same: the last ones, so that few uses are seen at once. */
const EXACT = 1000;

/** What uses are written into. */
export interface Book {
  readonly store: Store;
  /** Whether the end of a process by SIGTERM is listened to. */
  readonly keepsStats: boolean;
  /** Whatever keeps the limits, if there are any: records are evicted by their last uses then. */
  readonly ledger?: object | undefined;
}

/** How many records have a place of their own among the latest: one for each beginning of three hex characters. */
const PLACES = 4096;

const NO_TIMES = new Float64Array(0);
const NO_TAGS = new Int32Array(0);

/**
 * When the records of one store were used last by this thread, as far as that is not written yet. A hit stays a read: many
 * uses of a record become one `touch`, a minute later or when the process ends.
 *
 * Every hit passes here, so the latest uses are found by the first ten characters of the id, without the hash of all of it that
 * a `Map` needs: of two ids that share those, which is one case in 2^40, one may keep an earlier last use than it had.
 */
export class Uses {
  /** The records that were used last, each at its place, and when: ms since the epoch. */
  #latest: (string | undefined)[] = [];
  #tags: Int32Array = NO_TAGS;
  #times: Float64Array = NO_TIMES;
  /** Ms since the epoch by id, for those that others have displaced. */
  #noted = new Map<string, number>();
  /**
   * Goes over those, the first first. It is kept, since a new one would walk each time over the gaps that the former ones have
   * left: 50 us.
   */
  #oldest = this.#noted.entries();
  /** What is being written. */
  readonly #leaving = new Map<string, number>();
  /** Those of many that have left and may lag behind. */
  #lookedAt: LookedAt | undefined;
  /** Where to write; undefined where there is nothing to write. */
  #book: Book | undefined;
  #stopWaiting: (() => void) | undefined;

  /** Says that a record is used, by a cache that may save: now, or at another time in ms since the epoch. */
  note(id: string, book: Book, at: number = Date.now()): void {
    const place = hexAt(id, 0, 3);
    if (this.#tags[place] !== hexAt(id, 3, 10)) this.#displace(place, id, book);
    this.#times[place] = at;
  }

  /** Ms since the epoch of the last use that is not written yet; undefined for none. */
  lastUse(id: string): number | undefined {
    const place = hexAt(id, 0, 3);
    return this.#latest[place] === id ? this.#times[place] : (this.#noted.get(id) ?? this.#leaving.get(id));
  }

  /** Writes down what the store does not know well enough. Never throws: what cannot be written is forgotten. */
  *flush(store: Store): Steps<void> {
    const mayLag = this.#book?.ledger === undefined;
    this.#close();
    for (const [id, at] of this.#noted) this.#leaving.set(id, at);
    this.#latest.forEach((id, place) => id !== undefined && this.#leaving.set(id, this.#times[place] as number));
    this.#noted = new Map();
    this.#oldest = this.#noted.entries();
    this.#latest = [];
    this.#times = NO_TIMES;
    this.#tags = NO_TAGS;
    let left = this.#leaving.size;
    for (const id of this.#leaving.keys()) {
      yield* this.#leave(store, id, mayLag && left > EXACT);
      left--;
    }
  }

  /** As `flush`, at the end of the process, when nothing can be waited for any more. */
  readonly flushNow = (): void => {
    const store = this.#book?.store;
    if (store?.kind === 'sync') carryOutSync(this.flush(store));
  };

  #displace(place: number, id: string, book: Book): void {
    if (this.#times === NO_TIMES) {
      this.#latest = Array.from({ length: PLACES });
      this.#times = new Float64Array(PLACES);
      this.#tags = new Int32Array(PLACES);
    }
    const former = this.#latest[place];
    if (former !== undefined) this.#noted.set(former, this.#times[place] as number);
    // It may have been displaced itself before.
    this.#noted.delete(id);
    this.#latest[place] = id;
    this.#tags[place] = hexAt(id, 3, 10);
    this.#open(book);
    if (this.#noted.size > MOST) this.#makeRoom(this.#book as Book);
  }

  /** Of several caches over the records, one with limits says how exactly uses are written. */
  #open(book: Book): void {
    if (this.#book?.ledger === undefined) this.#book = book;
    if (this.#stopWaiting !== undefined) return;
    const cancel = later(() => void carryOutInBackground(this.flush((this.#book as Book).store)), PERIOD);
    const takeBack = (book.keepsStats ? atProcessEnd : atExit)(this.flushNow);
    this.#stopWaiting = () => {
      cancel();
      takeBack();
    };
  }

  #close(): void {
    this.#stopWaiting?.();
    this.#stopWaiting = undefined;
    this.#book = undefined;
  }

  /** The one that was noted first is written at once or, where that takes time, forgotten. */
  #makeRoom({ store, ledger }: Book): void {
    const { value: [id, at] = ['', 0] } = this.#oldest.next();
    this.#noted.delete(id);
    if (store.kind !== 'sync') return;
    this.#leaving.set(id, at);
    carryOutSync(this.#leave(store, id, ledger === undefined));
  }

  *#leave(store: Store, id: string, mayLag: boolean): Steps<void> {
    const at = this.#leaving.get(id) as number;
    const isKnown = mayLag && (this.#lookedAt ??= new LookedAt(LAG)).has(id, at);
    if (!isKnown) yield* write(store, id, { at, lag: mayLag ? LAG : 0 });
    if (this.#leaving.get(id) === at) this.#leaving.delete(id);
  }
}

function* write(store: Store, id: string, { at, lag }: { readonly at: number; readonly lag: number }): Steps<void> {
  try {
    const entry = yield* step(store.stat(id));
    // The record may have been saved, or used by another process, since then.
    if (entry !== undefined && entry.lastUsedAt < at - lag) yield* step<void>(store.touch(id, at));
  } catch {
    // The store fails, or is closed: then the last use is an earlier one.
  }
}

/** The uses of a store's records, the same for every cache over them. */
export const usesOf: (scope: string | object) => Uses = perScope(() => new Uses());

/** Whose uses they are. */
interface User {
  readonly settings: { readonly maySave: boolean };
  readonly backing: Book & { readonly uses: Uses };
}

/** Says that the record of an item is used, where a cache may write. */
export function noteUse({ settings, backing }: User, id: string, at?: number): void {
  if (settings.maySave) backing.uses.note(id, backing, at);
}

/** Ms since the epoch of the last use of a record, as its store or this thread knows it. */
export function lastUseOf({ uses }: { readonly uses: Uses }, entry: Pick<StoreEntry, 'id' | 'lastUsedAt'>): number {
  return Math.max(entry.lastUsedAt, uses.lastUse(entry.id) ?? 0);
}
