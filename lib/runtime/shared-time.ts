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

  /** A piece of work begins: gives what `end` needs. */
  begin(): number {
    const begun = this.#read();
    this.#pieces++;
    return begun;
  }

  /** It has ended, which is to be said once: its share, in ms. */
  end(begun: number): number {
    const ended = this.#read();
    this.#pieces--;
    return ended - begun;
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
