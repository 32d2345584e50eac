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
  /** Calls that ended with an error, and computations that failed while an old value was served. */
  readonly errors: number;
  /** Ms that computing took, behind old values too. */
  readonly computeMs: number;
  /** Ms that computing what was served, fresh or past its age, had taken. */
  readonly savedMs: number;
}

/** The names of the counts. */
export const COUNTS = ['hits', 'misses', 'stale', 'coalesced', 'skipped', 'errors', 'computeMs', 'savedMs'] as const;

/** The counts of what has not happened. */
export const NO_COUNTS: CallCounts = combine(() => 0);

export function plus(one: CallCounts, other: CallCounts): CallCounts {
  return combine((count) => one[count] + other[count]);
}

export function minus(one: CallCounts, other: CallCounts): CallCounts {
  return combine((count) => one[count] - other[count]);
}

/** Whether nothing is counted. */
export function isNothing(counts: CallCounts): boolean {
  return COUNTS.every((count) => counts[count] === 0);
}

/** Counts of which each is made by itself. */
export function combine(make: (count: keyof CallCounts) => number): CallCounts {
  return Object.fromEntries(COUNTS.map((count) => [count, make(count)])) as unknown as CallCounts;
}

/** Counts the calls of one function in this thread. Every hit passes here, so it only adds. */
export class Counts {
  #hits = 0;
  #misses = 0;
  #stale = 0;
  #coalesced = 0;
  #skipped = 0;
  #errors = 0;
  #computeMs = 0;
  #savedMs = 0;
  /** Whether it was told already that these counts have changed. */
  #isTold = false;
  readonly #onChange: () => void;

  /** `onChange` is called when something is counted for the first time, and for the first time after each `settle()`. */
  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  add({ status, computeMs }: Pick<Outcome, 'status' | 'computeMs'>): void {
    if (!this.#isTold) this.#tell();
    if (status === 'hit') {
      this.#hits++;
      this.#savedMs += computeMs;
    } else if (status === 'stale') {
      this.#stale++;
      this.#savedMs += computeMs;
    } else if (status === 'coalesced') this.#coalesced++;
    else {
      this.#misses++;
      this.#computeMs += computeMs;
    }
  }

  addError(): void {
    if (!this.#isTold) this.#tell();
    this.#errors++;
  }

  addSkip(): void {
    if (!this.#isTold) this.#tell();
    this.#skipped++;
  }

  /** Adds computing that belongs to no call, or to one that is counted already; in ms. */
  addComputing(ms: number): void {
    if (!this.#isTold) this.#tell();
    this.#computeMs += ms;
  }

  /** A copy; it does not change. */
  read(): CallCounts {
    return {
      hits: this.#hits,
      misses: this.#misses,
      stale: this.#stale,
      coalesced: this.#coalesced,
      skipped: this.#skipped,
      errors: this.#errors,
      computeMs: this.#computeMs,
      savedMs: this.#savedMs,
    };
  }

  /** Has the next change told again. */
  settle(): void {
    this.#isTold = false;
  }

  #tell(): void {
    this.#isTold = true;
    this.#onChange();
  }
}
