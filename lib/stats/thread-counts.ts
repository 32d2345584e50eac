import { clearTimeout, setTimeout } from 'node:timers';

import type { Store } from '../stores/store.ts';
import type { Counts } from './counts.ts';
import { OpenStores } from './open-stores.ts';
import { OwnCounts } from './own-counts.ts';
import { OwnNote } from './own-note.ts';
import { perScope } from '../runtime/per-store.ts';
import { atProcessEnd } from '../runtime/process-end.ts';
import { compactStatistics } from './statistics.ts';
import type { FunctionCounts } from './statistics-note.ts';
import { carryOut, carryOutAsync, carryOutSync, step, type Steps } from '../runtime/steps.ts';

/** Ms between two times of writing down what is counted. */
const PERIOD = 5000;

/** One thread in so many merges the notes of others at its end: those of many short processes would pile up. */
const MERGERS = 32;

/** Whose calls are counted, and whether the counts are kept in the store. */
export interface CountedFunction {
  readonly name: string;
  readonly identity: string;
  /** Undefined for counts of this thread alone. */
  readonly store: Store | undefined;
}

/** What this thread counts of the calls over one set of records. */
export class ThreadCounts {
  readonly #kept = new OwnCounts();
  readonly #unkept = new OwnCounts();
  readonly #note = new OwnNote(this.#kept);
  readonly #stores = new OpenStores();
  #hasChanged = false;
  #timer: NodeJS.Timeout | undefined;
  #takeBack: (() => void) | undefined;
  #writing: Promise<void> | undefined;

  /** The counts of a function, the same for all who ask. */
  of({ name, identity, store }: CountedFunction): Counts {
    if (store === undefined) return this.#unkept.of({ name, identity }, () => undefined);
    this.#stores.add(store);
    this.#prepare();
    return this.#kept.of({ name, identity }, () => this.#changed());
  }

  /** What is counted, with what stands in these notes, those that a reader has found. */
  with(notes: readonly { readonly id: string; readonly functions: readonly FunctionCounts[] }[]): FunctionCounts[] {
    const others = notes.filter(({ id }) => id !== this.#note.id);
    const own = [...this.#note.besides(notes), ...this.#unkept.since('atBeginning')];
    return [...others.flatMap(({ functions }) => functions), ...own];
  }

  /** Forgets all that was counted here, as if the thread had begun now. */
  forget(): void {
    this.#kept.forget();
    this.#unkept.forget();
    this.#note.leave();
    this.#hasChanged = false;
  }

  /** Writes what is counted; where it is final, the thread goes on in another note. Never throws: it is written later then. */
  *write(store: Store, isFinal: boolean): Steps<void> {
    while (this.#writing !== undefined) yield* step(this.#writing);
    if (store.kind === 'sync') return yield* this.#tryToWrite(store, isFinal);
    this.#writing = carryOutAsync(this.#tryToWrite(store, isFinal));
    yield* step(this.#writing);
    this.#writing = undefined;
  }

  /** A store is about to be closed: what is counted is written. Never throws. */
  *detach(store: Store): Steps<void> {
    if (!this.#stores.remove(store)) return;
    yield* this.write(store, true);
    if (this.#stores.any !== undefined) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#takeBack?.();
    this.#takeBack = undefined;
  }

  *#tryToWrite(store: Store, isFinal: boolean): Steps<void> {
    if (!this.#hasChanged && !(isFinal && this.#note.id !== undefined)) return;
    this.#hasChanged = false;
    try {
      yield* this.#note.write(store, isFinal);
    } catch {
      this.#hasChanged = true;
    }
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
    // What lies in an object goes with the process, and a store that answers later has no time left at its end.
    if (store.kind === 'sync' && typeof store.scope === 'string') this.#takeBack ??= atProcessEnd(() => this.#end());
  }

  #tick(): void {
    this.#timer = undefined;
    const store = this.#stores.any;
    if (store !== undefined) void carryOut(store, this.write(store, false));
  }

  #end(): void {
    const store = this.#stores.any;
    if (store?.kind !== 'sync') return;
    carryOutSync(this.write(store, true));
    if (Math.random() * MERGERS < 1) carryOutSync(compactStatistics(store));
  }
}

/** What this thread counts and keeps, the same for every cache over the records. */
export const countsOf: (scope: string | object) => ThreadCounts = perScope(() => new ThreadCounts());
