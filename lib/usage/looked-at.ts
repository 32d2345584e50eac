import { hexAt } from '../common/ids.ts';

/** How many records are remembered: one for each beginning of five hex characters, 4 MB in all. */
const PLACES = 2 ** 20;

/**
 * Which records were looked at within a time, by the first thirteen characters of their ids: one that shares its first five with
 * a later one is forgotten. Of two that share all thirteen, one case in 2^52, one is taken for the other.
 */
export class LookedAt {
  #tags = new Int32Array(0);
  /** Ms since the epoch of the first look that is remembered. */
  #since = -Infinity;
  readonly #ms: number;

  constructor(ms: number) {
    this.#ms = ms;
  }

  /** Whether the record was looked at within the last so many ms before `now`; if not, it is from now on. */
  has(id: string, now: number): boolean {
    if (Math.abs(now - this.#since) > this.#ms) {
      this.#tags = new Int32Array(PLACES);
      this.#since = now;
    }
    const place = hexAt(id, 0, 5);
    // Zero stands for none.
    const tag = hexAt(id, 5, 13) || 1;
    if (this.#tags[place] === tag) return true;
    this.#tags[place] = tag;
    return false;
  }
}
