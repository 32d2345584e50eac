import { randomBytes } from 'node:crypto';

import type { Store } from '../stores/store.ts';
import { Counts, isNothing, minus, NO_COUNTS, type CallCounts } from './counts.ts';
import { COUNTS_MARK, STATISTICS_BASE } from './ids.ts';
import { perScope } from './per-scope.ts';
import { atProcessEnd } from './process-end.ts';
import { OpenStores } from './open-stores.ts';
import { ABANDONED, compactStatistics } from './statistics.ts';
import { encodeNote, readNote, type FunctionCounts } from './statistics-note.ts';
import { carryOut, carryOutAsync, carryOutSync, step, type Steps } from './steps.ts';

/** Ms between two times of writing down what is counted. */
const PERIOD = 5000;

/** One process in so many merges the notes of others at its end: short ones would pile up. */
const MERGERS = 32;

/** What is counted of one function. */
interface Counted {
  readonly name: string;
  readonly identity: string;
  readonly counts: Counts;
  /** What does not stand in the note of this thread, but in what was written before, or nowhere. */
  before: CallCounts;
  /** What was counted when the note was written last. */
  written: CallCounts;
}

/** The note that this thread writes. */
interface OwnNote {
  readonly id: string;
  readonly begunAt: number;
  readonly epoch: string;
}

/** Whose calls are counted, and whether the counts are kept in the store. */
export interface CountedFunction {
  readonly name: string;
  readonly identity: string;
  /** Undefined for counts of this thread alone. */
  readonly store: Store | undefined;
}

/** What this thread counts of the calls over one set of records. */
export class ThreadCounts {
  readonly #kept = new Map<string, Counted>();
  readonly #unkept = new Map<string, Counted>();
  readonly #stores = new OpenStores();
  #note: OwnNote | undefined;
  #hasChanged = false;
  #timer: NodeJS.Timeout | undefined;
  #takeBack: (() => void) | undefined;
  #writing: Promise<void> | undefined;

  /** The counts of a function, the same for all who ask. */
  of({ name, identity, store }: CountedFunction): Counts {
    if (store !== undefined) {
      this.#stores.add(store);
      this.#prepare();
    }
    const all = store === undefined ? this.#unkept : this.#kept;
    const key = `${identity}:${name}`;
    const known = all.get(key)?.counts;
    if (known !== undefined) return known;
    const counts = new Counts(store === undefined ? () => undefined : () => this.#changed());
    all.set(key, { name, identity, counts, before: NO_COUNTS, written: NO_COUNTS });
    return counts;
  }

  /** What is counted here and stands in no note of `ids`, those that a reader has found, nor was merged from one. */
  unwritten(ids: ReadonlySet<string>): FunctionCounts[] {
    // The whole of its own note is left to this thread, which may be writing it at this very moment.
    const isNoteFound = this.#note !== undefined && ids.has(this.#note.id);
    const kept = [...this.#kept.values()].map((counted) =>
      since(counted, isNoteFound ? counted.before : counted.written),
    );
    const unkept = [...this.#unkept.values()].map((counted) => since(counted, counted.before));
    return [...kept, ...unkept].filter((counts) => !isNothing(counts));
  }

  /** The id of the note that this thread is writing. */
  get noteId(): string | undefined {
    return this.#note?.id;
  }

  /** Forgets all that was counted here, as if the thread had begun now. */
  forget(): void {
    for (const counted of [...this.#kept.values(), ...this.#unkept.values()]) {
      counted.counts.settle();
      counted.written = counted.counts.read();
      counted.before = counted.written;
    }
    this.#note = undefined;
    this.#hasChanged = false;
  }

  /** A store is about to be closed: what is counted is written, and this thread goes on in another note. Never throws. */
  *detach(store: Store): Steps<void> {
    if (!this.#stores.remove(store)) return;
    yield* this.write(store, true);
    if (this.#stores.any !== undefined) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#takeBack?.();
    this.#takeBack = undefined;
  }

  #changed(): void {
    this.#hasChanged = true;
    this.#prepare();
  }

  /** Sees to it that what is counted gets written. */
  #prepare(): void {
    const store = this.#stores.any;
    if (!this.#hasChanged || store === undefined) return;
    this.#timer ??= setTimeout(() => this.#tick(), PERIOD).unref();
    // What lies in an object goes with the process.
    if (store.kind === 'sync' && typeof store.scope === 'string') this.#takeBack ??= atProcessEnd(() => this.#end());
  }

  #tick(): void {
    this.#timer = undefined;
    const store = this.#stores.any;
    if (store !== undefined) void carryOut(store, this.write(store, false));
  }

  /** Only a store that answers at once can still be written to. */
  #end(): void {
    const store = this.#stores.any;
    if (store?.kind !== 'sync') return;
    carryOutSync(this.write(store, true));
    if (Math.random() * MERGERS < 1) carryOutSync(compactStatistics(store));
  }

  /** Writes what is counted; where it is final, the thread goes on in another note. Never throws: it is written later then. */
  *write(store: Store, isFinal: boolean): Steps<void> {
    while (this.#writing !== undefined) yield* step(this.#writing);
    if (store.kind === 'sync') return yield* this.#tryToRewrite(store, isFinal);
    this.#writing = carryOutAsync(this.#tryToRewrite(store, isFinal));
    yield* step(this.#writing);
    this.#writing = undefined;
  }

  *#tryToRewrite(store: Store, isFinal: boolean): Steps<void> {
    try {
      if (this.#hasChanged || (isFinal && this.#note !== undefined)) yield* this.#rewrite(store, isFinal);
    } catch {
      this.#hasChanged = true;
    }
  }

  *#rewrite(store: Store, isFinal: boolean): Steps<void> {
    this.#hasChanged = false;
    const now = Date.now();
    const { id, begunAt, epoch } = yield* this.#choose(store, now);
    const functions: FunctionCounts[] = [];
    const all = [...this.#kept.values()].map((counted) => {
      counted.counts.settle();
      const current = counted.counts.read();
      const counts = minus(current, counted.before);
      if (!isNothing(counts)) functions.push({ name: counted.name, identity: counted.identity, ...counts });
      return { counted, current };
    });
    if (functions.length === 0) return;
    this.#note = { id, begunAt, epoch };
    const record = encodeNote(id, { epoch, isFinal, merged: [], functions }, now);
    yield* step<void>(store.set(id, record, { expiresAt: Infinity, minor: true }));
    for (const { counted, current } of all) {
      counted.written = current;
      if (isFinal) counted.before = current;
    }
    if (isFinal) this.#note = undefined;
  }

  /** The note of this thread, or a new one: a note that is gone was merged or reset, and one that is old may be. */
  *#choose(store: Store, now: number): Steps<OwnNote> {
    const base = yield* readNote(store, STATISTICS_BASE);
    const note = this.#note;
    const isThere = note !== undefined && (yield* step(store.stat(note.id))) !== undefined;
    const epoch = typeof base === 'object' ? base.epoch : isThere ? note.epoch : '';
    if (isThere && note.epoch === epoch && Math.abs(now - note.begunAt) < ABANDONED / 2) return note;
    this.#note = undefined;
    for (const counted of this.#kept.values()) counted.before = counted.written;
    return { id: COUNTS_MARK + randomBytes(24).toString('hex').slice(1), begunAt: now, epoch };
  }
}

/** What was counted since then. */
function since({ name, identity, counts }: Counted, before: CallCounts): FunctionCounts {
  return { name, identity, ...minus(counts.read(), before) };
}

/** What this thread counts and keeps, the same for every cache over the records. */
export const countsOf: (scope: string | object) => ThreadCounts = perScope(() => new ThreadCounts());
