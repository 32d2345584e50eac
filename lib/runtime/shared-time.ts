import { performance } from 'node:perf_hooks';

/**
 * Measures pieces of work that may go on at the same time: each counts its share, so that all of them together take no more than
 * the time that has passed. A clock that runs slower the more of them there are is read where each begins and ends.
 */
export class SharedTime {
  #pieces = 0;
  /** Ms. */
  #clock = 0;
  #readAt = 0;

  /** A piece of work begins. What this gives is called when it ends, for its share in ms; it may be called again, for the same. */
  begin(): () => number {
    let begun: number | undefined = this.#read();
    let share = 0;
    this.#pieces++;
    return () => {
      if (begun === undefined) return share;
      share = this.#read() - begun;
      begun = undefined;
      this.#pieces--;
      return share;
    };
  }

  #read(): number {
    const now = performance.now();
    if (this.#pieces > 0) this.#clock += (now - this.#readAt) / this.#pieces;
    this.#readAt = now;
    return this.#clock;
  }
}

/** All computations of this thread. */
export const computing: SharedTime = new SharedTime();

/** All loads of this thread that wait for promises. */
export const loading: SharedTime = new SharedTime();
