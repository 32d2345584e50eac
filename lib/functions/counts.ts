import type { Result } from '../calls/plan.ts';

/** What became of the calls of one function, in this process. */
export interface FunctionStats {
  /** Calls that were served a fresh value. */
  readonly hits: number;
  /** Calls that computed, and refreshes. */
  readonly misses: number;
  /** Calls that were served a value past its age. */
  readonly stale: number;
  /** Calls that were given what another call, here or in another process, was computing. */
  readonly coalesced: number;
  /** Calls that ended with an error. */
  readonly errors: number;
  /** Ms that the computations of these misses took. */
  readonly computeMs: number;
  /** Ms that computing what was served, fresh or past its age, had taken. */
  readonly savedMs: number;
}

/** Counts the calls of one function. Every hit passes here, so it only adds. */
export class Counts {
  #hits = 0;
  #misses = 0;
  #stale = 0;
  #coalesced = 0;
  #errors = 0;
  #computeMs = 0;
  #savedMs = 0;

  add({ status, computeMs }: Result): void {
    if (status === 'hit') this.#hits++;
    else if (status === 'stale') this.#stale++;
    else if (status === 'coalesced') {
      this.#coalesced++;
      return;
    } else {
      this.#misses++;
      this.#computeMs += computeMs;
      return;
    }
    this.#savedMs += computeMs;
  }

  /** Counts what a promise comes to; the promise itself, one step later. */
  async follow(pending: Promise<Result>): Promise<Result> {
    try {
      const result = await pending;
      this.add(result);
      return result;
    } catch (error) {
      this.addError();
      throw error;
    }
  }

  addError(): void {
    this.#errors++;
  }

  read(): FunctionStats {
    return {
      hits: this.#hits,
      misses: this.#misses,
      stale: this.#stale,
      coalesced: this.#coalesced,
      errors: this.#errors,
      computeMs: this.#computeMs,
      savedMs: this.#savedMs,
    };
  }
}
