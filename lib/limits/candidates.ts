import type { StoreEntry } from '../stores/store.ts';

/** How many are kept of a listing: some 20 MB at most, and enough that a listing is rare. */
export const MOST: number = 2 ** 17;

/** How far ahead is looked for entries that are in use here: so many, or a part of all. */
const AHEAD = { least: 64, share: 1 / 8 } as const;

/**
 * Those entries of a listing that were used longest ago, in that order. The order holds as long as each is looked at once more
 * before it goes: what was used or saved since the listing was used later than all that are left here.
 */
export class Candidates {
  /** While a listing goes on in any order; then the first to go is the last. */
  readonly #entries: StoreEntry[] = [];
  /** The last use of the newest that is kept, once there are enough: nothing newer has a place here. */
  #newest = Infinity;
  #ahead: number = AHEAD.least;
  /** How many may be taken until it is time to look ahead. */
  #untilLook = 0;
  readonly #most: number;

  constructor(most: number = MOST) {
    this.#most = most;
  }

  /** Takes an entry of a listing. */
  offer(entry: StoreEntry): void {
    if (entry.lastUsedAt > this.#newest) return;
    this.#entries.push(entry);
    if (this.#entries.length < 2 * this.#most) return;
    this.sort();
    this.#newest = this.#entries[0]?.lastUsedAt ?? Infinity;
  }

  /** Brings them into order, when the listing has come to its end. Of several of one time the first that was listed goes first. */
  sort(): void {
    this.#entries.sort((a, b) => a.lastUsedAt - b.lastUsedAt).reverse();
    this.#entries.splice(0, this.#entries.length - this.#most);
    this.#ahead = Math.max(AHEAD.least, Math.ceil(AHEAD.share * this.#entries.length));
  }

  /** Takes the one that was used longest ago, or undefined where none is left. */
  pop(): StoreEntry | undefined {
    this.#untilLook--;
    return this.#entries.pop();
  }

  /** Puts one back that was used later than the listing knew; not, where others may have been used before it that are not here. */
  putBack(entry: StoreEntry): void {
    const { lastUsedAt } = entry;
    if (lastUsedAt >= (this.#entries[0]?.lastUsedAt ?? -Infinity)) return;
    let low = 0;
    let high = this.#entries.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#entries[middle] as StoreEntry).lastUsedAt >= lastUsedAt) low = middle + 1;
      else high = middle;
    }
    this.#entries.splice(low, 0, entry);
  }

  /** Whether it is time to look at those that go next. */
  get isTimeToLook(): boolean {
    return this.#untilLook <= 0;
  }

  /** Those that go next. Each is among them twice before it is its turn, where this is asked whenever it is time to. */
  next(): readonly StoreEntry[] {
    this.#untilLook = this.#ahead / 2;
    return this.#entries.slice(-this.#ahead);
  }
}
