import type { Outcome } from '../records/outcome.ts';

/** What became of calls. */
export interface CallCounts {
  /** Calls that were served a fresh value. */
  readonly hits: number;
  /** Calls that computed, and refreshes that were asked for. */
  readonly misses: number;
  /** Calls that were served a value past its age. */
  readonly stale: number;
  /** Calls that were given what another call, here or in another process, was computing. */
  readonly coalesced: number;
  /** Values that were not stored although they were computed: for each there was an event `skip`. */
  readonly skipped: number;
  /** Values that could not be stored: refused by the serializer, or by the store. For each there was an event `writeFailed`. */
  readonly unstored: number;
  /** Calls that ended with an error, and computations that failed while an old value was served. */
  readonly errors: number;
  /** Ms that computing took, in the background too. Of computations that run at the same time in a process each counts its share. */
  readonly computeMs: number;
  /** Ms that loading what was served, fresh or past its age, took. */
  readonly loadMs: number;
  /** Ms that computing what was served had taken, less what loading it took: negative where the cache costs more than it saves. */
  readonly savedMs: number;
}

/** The names of the counts. */
export const COUNTS = [
  'hits',
  'misses',
  'stale',
  'coalesced',
  'skipped',
  'unstored',
  'errors',
  'computeMs',
  'loadMs',
  'savedMs',
] as const;

/** The counts of what has not happened. */
export const NO_COUNTS: CallCounts = combine(() => 0);

export function plus(one: CallCounts, other: CallCounts): CallCounts {
  return combine((count) => one[count] + other[count]);
}

/** Whether a value takes longer to load than it took to compute, both in ms; what is less than one is not worth a word. */
export function loadsSlower(loadMs: number, computeMs: number): boolean {
  return loadMs > computeMs + 1;
}

/** Counts of which each is made by itself. */
export function combine(make: (count: keyof CallCounts) => number): CallCounts {
  return Object.fromEntries(COUNTS.map((count) => [count, make(count)])) as unknown as CallCounts;
}

/** Counts the calls of one function in this thread, until they are taken out. Every hit passes here, so it only adds. */
export class CallCounters {
  #hits = 0;
  #misses = 0;
  #stale = 0;
  #coalesced = 0;
  #skipped = 0;
  #unstored = 0;
  #errors = 0;
  #computeMs = 0;
  #loadMs = 0;
  #savedMs = 0;
  /** Whether something was counted since they were taken out. */
  #hasCounted = false;
  readonly #onFirst: () => void;

  /** `onFirst` is called when something is counted for the first time, and for the first time after each `drain()`. */
  constructor(onFirst: () => void) {
    this.#onFirst = onFirst;
  }

  add({ status, computeMs, loadMs = 0 }: Pick<Outcome, 'status' | 'computeMs' | 'loadMs'>): void {
    if (!this.#hasCounted) this.#begin();
    if (status === 'hit') {
      this.#hits++;
      this.#loadMs += loadMs;
      this.#savedMs += computeMs - loadMs;
    } else if (status === 'stale') {
      this.#stale++;
      this.#loadMs += loadMs;
      this.#savedMs += computeMs - loadMs;
    } else if (status === 'coalesced') this.#coalesced++;
    else {
      this.#misses++;
      this.#computeMs += computeMs;
    }
  }

  addError(): void {
    if (!this.#hasCounted) this.#begin();
    this.#errors++;
  }

  addSkip(): void {
    if (!this.#hasCounted) this.#begin();
    this.#skipped++;
  }

  addUnstored(): void {
    if (!this.#hasCounted) this.#begin();
    this.#unstored++;
  }

  /** Adds computing that belongs to no call, or to one that is counted already; in ms. */
  addComputing(ms: number): void {
    if (!this.#hasCounted) this.#begin();
    this.#computeMs += ms;
  }

  /** Adds loading that belongs to a call which is counted already; in ms. */
  addLoading(ms: number): void {
    if (!this.#hasCounted) this.#begin();
    this.#loadMs += ms;
    this.#savedMs -= ms;
  }

  /** A snapshot; it does not change. */
  read(): CallCounts {
    return {
      hits: this.#hits,
      misses: this.#misses,
      stale: this.#stale,
      coalesced: this.#coalesced,
      skipped: this.#skipped,
      unstored: this.#unstored,
      errors: this.#errors,
      computeMs: this.#computeMs,
      loadMs: this.#loadMs,
      savedMs: this.#savedMs,
    };
  }

  /** What was counted; it counts from 0 again. */
  drain(): CallCounts {
    const counted = this.read();
    this.#hits = this.#misses = this.#stale = this.#coalesced = this.#skipped = 0;
    this.#unstored = this.#errors = 0;
    this.#computeMs = this.#loadMs = this.#savedMs = 0;
    this.#hasCounted = false;
    return counted;
  }

  #begin(): void {
    this.#hasCounted = true;
    this.#onFirst();
  }
}
