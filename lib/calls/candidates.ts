import type { StoreEntry } from '../stores/store.ts';

/** How many are kept of a listing: some 10 MB at most, and enough that a listing is rare. */
export const MOST = 65_536;

/** How far ahead is looked for entries that are in use here. */
const AHEAD = 64;

/**
 * Those entries of a listing that were used longest ago, in that order. The order holds as long as each is looked at once more
 * before it goes: whatever was used or saved since the listing was used later than all that are left here.
 */
export class Candidates {
  /** While a listing goes on in any order; then the first to go is the last. */
  readonly #entries: StoreEntry[] = [];
  /** The last use of the newest that is kept, once there are enough: nothing newer has a place here. */
  #newest = Infinity;
  /** How many of the first to go were handed out by `ahead`. */
  #seen = 0;
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
  }

  /** Takes the one that was used longest ago, or undefined where none is left. */
  pop(): StoreEntry | undefined {
    this.#seen = Math.max(0, this.#seen - 1);
    return this.#entries.pop();
  }

  /** The next ones to go that were not handed out before: some, as soon as only a few are left of those that were. */
  ahead(): readonly StoreEntry[] {
    if (this.#seen >= AHEAD) return [];
    const end = this.#entries.length - this.#seen;
    const fresh = this.#entries.slice(Math.max(0, end - AHEAD), end);
    this.#seen += fresh.length;
    return fresh;
  }
}
