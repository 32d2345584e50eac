import type { Store, StoreEntry } from '../stores/store.ts';
import { carryOutInBackground, later } from '../runtime/background.ts';
import { onExit } from '../runtime/on-exit.ts';
import { perScope } from '../runtime/per-store.ts';
import { carryOutSync, step, type Steps } from '../runtime/steps.ts';

/** Ms between two times at which last uses are written. */
const PERIOD = 60_000;

/** How many records each of the two maps remembers. */
const MOST = 25_000;

/**
 * Ms. Where nothing is evicted by last uses, those of many records in the store may be this much older than the real ones. To write
 * each of them took half as long again as the hits themselves.
 */
const LAG = 1_800_000;

/** How many are written exactly at a time all the same: the last ones, so that few uses are seen at once. */
const EXACT = 1000;

/** Where last uses are written. */
export interface LastUseContext {
  readonly store: Store;
  /** What keeps the limits, if there are any: records are evicted by their last uses then. */
  readonly usage?: object | undefined;
}

/**
 * When the records of one store were used last by this thread, as far as that is not written yet. A hit stays a read: many
 * uses of a record become one `touch`, a minute later, when the cache is closed, or when the process ends.
 *
 * It remembers 25,000 to 50,000 records. Of more, those that were recorded first make room, one for each new one: where records
 * are evicted by their last uses, over a store that answers at once, it is written then and there; else it is dropped, and the
 * store goes on with the earlier last use that it knows.
 */
export class LastUses {
  /** Ms since the epoch by id. Every hit sets one, so nothing else is done for one that is there. */
  #latest = new Map<string, number>();
  #size = 0;
  /** Those before: when the latest are {@link MOST}, they take the place of these, which have all made room by then. */
  #former = new Map<string, number>();
  /** Goes over those, and not over a map that is still written to: V8 would keep each of its former tables for it. */
  #oldest: Iterator<[string, number]> = this.#former.entries();
  /** What is being written. */
  readonly #writing = new Map<string, number>();
  /** Where to write; undefined where there is nothing to write. */
  #context: LastUseContext | undefined;
  #stopWaiting: (() => void) | undefined;

  /** Records a use, by a cache that may save: now, or at another time in ms since the epoch. */
  record(id: string, context: LastUseContext, at: number = Date.now()): void {
    this.#latest.set(id, at);
    if (this.#latest.size !== this.#size) this.#grow(context);
  }

  /** Ms since the epoch of the last use that is not written yet; undefined for none. */
  lastUse(id: string): number | undefined {
    return this.#latest.get(id) ?? this.#former.get(id) ?? this.#writing.get(id);
  }

  /** Writes what the store does not know well enough. Never throws: what cannot be written is dropped. */
  *flush(store: Store): Steps<void> {
    const mayLag = this.#context?.usage === undefined;
    this.#close();
    for (const uses of [this.#former, this.#latest]) for (const [id, at] of uses) this.#writing.set(id, at);
    this.#former = new Map();
    this.#turn();
    let left = this.#writing.size;
    for (const id of this.#writing.keys()) {
      yield* this.#write(store, id, mayLag && left > EXACT ? LAG : 0);
      left--;
    }
  }

  /** As `flush`, at the end of the process, when nothing can be waited for any more. */
  flushNow(): void {
    const store = this.#context?.store;
    if (store?.kind === 'sync') carryOutSync(this.flush(store));
  }

  /** There is one more. */
  #grow(context: LastUseContext): void {
    this.#size = this.#latest.size;
    this.#open(context);
    this.#makeRoom(this.#context as LastUseContext);
    if (this.#size < MOST) return;
    this.#former = this.#latest;
    this.#turn();
  }

  #turn(): void {
    this.#latest = new Map();
    this.#size = 0;
    this.#oldest = this.#former.entries();
  }

  /** Of several caches over the records, one with limits says how exactly uses are written. */
  #open(context: LastUseContext): void {
    if (this.#context?.usage === undefined) this.#context = context;
    if (this.#stopWaiting !== undefined) return;
    const flush = (): Steps<void> => this.flush((this.#context as LastUseContext).store);
    const cancelTimer = later(() => void carryOutInBackground(flush()), PERIOD);
    const cancelExit = onExit('write', () => this.flushNow());
    this.#stopWaiting = () => {
      cancelTimer();
      cancelExit();
    };
  }

  #close(): void {
    this.#stopWaiting?.();
    this.#stopWaiting = undefined;
    this.#context = undefined;
  }

  #makeRoom({ store, usage }: LastUseContext): void {
    const { value, done } = this.#oldest.next() as IteratorResult<[string, number], undefined>;
    if (done === true) return;
    const [id, at] = value;
    this.#former.delete(id);
    if (usage === undefined || store.kind !== 'sync' || this.#latest.has(id)) return;
    this.#writing.set(id, at);
    carryOutSync(this.#write(store, id, 0));
  }

  *#write(store: Store, id: string, lag: number): Steps<void> {
    const at = this.#writing.get(id) as number;
    try {
      const entry = yield* step(store.stat(id));
      // The record may have been saved, or used by another process, since then.
      if (entry !== undefined && entry.lastUsedAt < at - lag) yield* step<void>(store.touch(id, at));
    } catch {
      // The store fails, or is closed: then the last use is an earlier one.
    }
    if (this.#writing.get(id) === at) this.#writing.delete(id);
  }
}

/** The last uses of a store's records, the same for every cache over them. */
export const usesOf: (scope: string | object) => LastUses = perScope(() => new LastUses());

/** The cache through which a record is used. */
interface User {
  readonly settings: { readonly maySave: boolean };
  readonly backing: LastUseContext & { readonly uses: LastUses };
}

/** Records a use of an item's record, where a cache may write. */
export function recordUse({ settings, backing }: User, id: string, at?: number): void {
  if (settings.maySave) backing.uses.record(id, backing, at);
}

/** Ms since the epoch of the last use of a record, as its store or this thread knows it. */
export function lastUseOf(
  { uses }: { readonly uses: Pick<LastUses, 'lastUse'> },
  entry: Pick<StoreEntry, 'id' | 'lastUsedAt'>,
): number {
  return Math.max(entry.lastUsedAt, uses.lastUse(entry.id) ?? 0);
}
