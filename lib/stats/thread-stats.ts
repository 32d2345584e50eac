import { later } from '../runtime/timers.ts';
import { onExit } from '../runtime/on-exit.ts';
import { perScope } from '../runtime/per-store.ts';
import { carryOut, carryOutAsync, carryOutSync, step, type Steps } from '../runtime/steps.ts';
import type { Counts, Store } from '../stores/store.ts';
import { CallCounters } from './counters.ts';
import { Totals } from './totals.ts';
import { CALLS, toCounters, toFunctions, type FunctionCounts } from './stored.ts';

/** Ms between two times at which counts are written. */
const PERIOD = 5000;

/** How many counters that have changed are kept apart: a loop may make a cache object for each call, and no timer runs meanwhile. */
const MANY = 1000;

/** The function whose calls are counted. */
interface Counted {
  readonly name: string;
  readonly identity: string;
}

/** Counters of a function. */
interface Changed extends Counted {
  readonly counters: CallCounters;
}

/** What this thread counts of the calls over one set of records, as far as it does not stand in the store. */
export class ThreadStats {
  /** Counters in which something was counted since it was taken out of them, of caches that keep no counts in the store. */
  readonly #unkept: Changed[] = [];
  /** What was taken out of these since the thread began. */
  readonly #formerUnkept = new Totals();
  /** What was taken out of the others. */
  readonly #former = new Totals();
  /** Those in which something was counted since they were written. */
  #changed: Changed[] = [];
  /** What was taken out of these, and could not be written yet. */
  #unwritten: Counts = {};
  /** The store of the last change. Kept only as long as something is to be written. */
  #store: Store | undefined;
  #writing: Promise<void> | undefined;
  #cancelTimer: (() => void) | undefined;
  #cancelExit: (() => void) | undefined;

  /** Counters for a function. They are written into the store; without one they stay in this thread. */
  of({ name, identity }: Counted, store: Store | undefined): CallCounters {
    if (store === undefined) return this.#unkeptOf({ name, identity });
    const counters: CallCounters = new CallCounters(() => {
      // The one that has changed is about to count, so it is not among those that are taken out.
      if (this.#changed.length >= MANY) this.#fold();
      this.#changed.push({ name, identity, counters });
      this.#plan(store);
    });
    return counters;
  }

  /** A snapshot of what does not stand in the store. */
  unwritten(): FunctionCounts[] {
    return [...this.#formerUnkept.read(), ...toFunctions(this.#unwritten), ...this.#counted()];
  }

  /** A snapshot of all that this thread has counted, written or not. */
  sinceStart(): FunctionCounts[] {
    return [...this.#formerUnkept.read(), ...this.#former.read(), ...this.#counted()];
  }

  /** Writes what is counted. Never throws: what cannot be written is written later. */
  *flush(store: Store): Steps<void> {
    while (this.#writing !== undefined) yield* step(this.#writing);
    if (store.kind === 'sync') return yield* this.#write(store);
    this.#writing = carryOutAsync(this.#write(store));
    yield* step(this.#writing);
    this.#writing = undefined;
  }

  /** A store is about to be closed: what is counted is written. Never throws. */
  *release(store: Store): Steps<void> {
    yield* this.flush(store);
    if (this.#store === store) this.#rest();
  }

  /** Begins anew, as if the thread had begun now. */
  reset(): void {
    this.#drain();
    this.#drainUnkept();
    this.#former.clear();
    this.#formerUnkept.clear();
    this.#unwritten = {};
    this.#rest();
  }

  #unkeptOf(counted: Counted): CallCounters {
    const counters: CallCounters = new CallCounters(() => {
      if (this.#unkept.length >= MANY) this.#drainUnkept();
      this.#unkept.push({ ...counted, counters });
    });
    return counters;
  }

  #drainUnkept(): void {
    for (const { counters, ...own } of this.#unkept.splice(0)) this.#formerUnkept.add({ ...own, ...counters.drain() });
  }

  /** What stands in counters. */
  #counted(): FunctionCounts[] {
    return [...this.#unkept, ...this.#changed].map(({ counters, ...own }) => ({ ...own, ...counters.read() }));
  }

  *#write(store: Store): Steps<void> {
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
    this.#fold();
    const counts = this.#unwritten;
    this.#unwritten = {};
    try {
      if (Object.keys(counts).length > 0) yield* step<void>(store.counters.add(CALLS, counts));
      if (this.#changed.length === 0) this.#rest();
    } catch {
      this.#unwritten = toCounters([...toFunctions(this.#unwritten), ...toFunctions(counts)]);
    }
  }

  #fold(): void {
    this.#unwritten = toCounters([...toFunctions(this.#unwritten), ...this.#drain()]);
  }

  #drain(): FunctionCounts[] {
    const changed = this.#changed;
    this.#changed = [];
    return changed.map(({ name, identity, counters }) => {
      const counts = { name, identity, ...counters.drain() };
      this.#former.add(counts);
      return counts;
    });
  }

  #plan(store: Store): void {
    this.#store = store;
    this.#cancelTimer ??= later(() => this.#tick(), PERIOD);
    // What lies in an object goes with the process, and a store that answers with promises has no time left at its end.
    if (store.kind === 'sync' && typeof store.scope === 'string')
      this.#cancelExit ??= onExit('write', () => this.#end());
  }

  /** Nothing is to be written. */
  #rest(): void {
    this.#cancelTimer?.();
    this.#cancelExit?.();
    this.#cancelTimer = undefined;
    this.#cancelExit = undefined;
    this.#store = undefined;
  }

  #tick(): void {
    this.#cancelTimer = undefined;
    if (this.#store !== undefined) void carryOut(this.#store, this.flush(this.#store));
  }

  #end(): void {
    if (this.#store?.kind === 'sync') carryOutSync(this.flush(this.#store));
  }
}

/** What this thread counts and keeps, the same for every cache over the records. */
export const statsOf: (scope: string | object) => ThreadStats = perScope(() => new ThreadStats());
