import type { Store, StoreEntry } from '../stores/store.ts';
import { carryOutInBackground } from '../runtime/background.ts';
import { later } from '../runtime/timers.ts';
import { onExit } from '../runtime/on-exit.ts';
import { perScope } from '../runtime/per-store.ts';
import { hexAt } from '../common/ids.ts';
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

/** The last use of a record. */
interface Use {
  readonly id: string;
  /** Ms since the epoch. */
  at: number;
}

/** Uses by the beginnings of ids. */
type Uses = Map<number, Use>;

/** The number in the first 28 bits of an id: a `Map` finds that in a third of the time that a text takes which is new each time. */
function beginningOf(id: string): number {
  return hexAt(id, 0, 7);
}

/**
 * When the records of one store were used last by this thread, as far as that is not written yet. A hit stays a read: many
 * uses of a record become one `touch`, a minute later, when the cache is closed, or when the process ends.
 *
 * It remembers 25,000 to 50,000 records. Of more, those that were recorded first make room, one for each new one, and so does one
 * whose id begins with the same seven characters as that of a new one. Where records are evicted by their last uses, over a store
 * that answers at once, it is written then and there; else it is dropped, and the store goes on with the earlier last use that it
 * knows.
 */
export class LastUses {
  #latest: Uses = new Map();
  /** Those before: when the latest are {@link MOST}, they take the place of these, which have all made room by then. */
  #former: Uses = new Map();
  /** Goes over those, and not over a map that is still written to: V8 would keep each of its former tables for it. */
  #oldest: Iterator<Use> = this.#former.values();
  /** What is being written, in ms since the epoch by id. */
  readonly #writing = new Map<string, number>();
  /** Where to write; undefined where there is nothing to write. */
  #context: LastUseContext | undefined;
  #stopWaiting: (() => void) | undefined;

  /** Records a use, by a cache that may save: now, or at another time in ms since the epoch. Every hit passes here. */
  record(id: string, context: LastUseContext, at: number = Date.now()): void {
    const use = this.#latest.get(beginningOf(id));
    if (use?.id === id) use.at = at;
    else this.#add({ id, at }, context);
  }

  /** Ms since the epoch of the last use that is not written yet; undefined for none. */
  lastUse(id: string): number | undefined {
    const beginning = beginningOf(id);
    for (const uses of [this.#latest, this.#former]) {
      const use = uses.get(beginning);
      if (use?.id === id) return use.at;
    }
    return this.#writing.get(id);
  }

  /** Writes what the store does not know well enough. Never throws: what cannot be written is dropped. */
  *flush(store: Store): Steps<void> {
    const mayLag = this.#context?.usage === undefined;
    this.#close();
    for (const uses of [this.#former, this.#latest]) for (const { id, at } of uses.values()) this.#writing.set(id, at);
    this.#turn(new Map());
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

  #add(use: Use, context: LastUseContext): void {
    this.#open(context);
    const beginning = beginningOf(use.id);
    const displaced = this.#latest.get(beginning);
    this.#latest.set(beginning, use);
    this.#makeRoom(displaced);
    const { value, done } = this.#oldest.next() as IteratorResult<Use, undefined>;
    if (done !== true && this.#former.delete(beginningOf(value.id))) this.#makeRoom(value);
    if (this.#latest.size >= MOST) this.#turn(this.#latest);
  }

  #turn(former: Uses): void {
    this.#latest = new Map();
    this.#former = former;
    this.#oldest = former.values();
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

  #makeRoom(use: Use | undefined): void {
    const { store, usage } = this.#context as LastUseContext;
    if (use === undefined || usage === undefined || store.kind !== 'sync') return;
    // It may have been used again since.
    if (this.#latest.get(beginningOf(use.id))?.id === use.id) return;
    this.#writing.set(use.id, use.at);
    carryOutSync(this.#write(store, use.id, 0));
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
