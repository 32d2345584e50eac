import { isChunkId, isItemId } from '../calls/ids.ts';
import { Candidates, MOST } from '../calls/candidates.ts';
import type { Limits } from '../limits.ts';
import type { StoreEntry } from '../stores/store.ts';
import type { Removal } from './removal.ts';
import { recordsIn, type Source } from './source.ts';
import { judge, type Ages } from './verdict.ts';

/** What a folder is to be brought under. */
export interface EvictionTerms {
  readonly limits: Limits;
  readonly ages: Ages;
  readonly isDry: boolean;
  /** What has gone already, or would have. */
  readonly removal: Removal;
  /** How many entries of a listing are remembered. Default: {@link MOST}. */
  readonly atATime?: number;
}

/**
 * Removes the least recently used entries until the rest is within the limits; how many. Memory is bounded: of a listing
 * those are kept that go first, and there is another one when they do not do.
 */
export function evictOver(source: Source, terms: EvictionTerms): number {
  const { maxEntries, maxBytes } = terms.limits;
  if (maxEntries === Infinity && maxBytes === Infinity) return 0;
  const before = terms.removal.entries;
  const eviction = new Eviction(source, terms);
  while (eviction.round());
  return terms.removal.entries - before;
}

class Eviction {
  readonly #source: Source;
  readonly #terms: EvictionTerms;
  readonly #tried = new Tried();
  /** What there is, without what would have gone in a dry run. */
  #entries = 0;
  #bytes = 0;

  constructor(source: Source, terms: EvictionTerms) {
    this.#source = source;
    this.#terms = terms;
  }

  /** Whether there is to be another one. */
  round(): boolean {
    const candidates = this.#list();
    let isEndReached = true;
    while (this.#isOver()) {
      const candidate = candidates.pop();
      if (candidate === undefined) return !isEndReached;
      isEndReached = false;
      this.#tried.add(candidate);
      this.#tryEvict(candidate);
    }
    return false;
  }

  #isOver(): boolean {
    const { maxEntries, maxBytes } = this.#terms.limits;
    return this.#entries > maxEntries || this.#bytes > maxBytes;
  }

  #list(): Candidates {
    const { isDry, removal, atATime = MOST } = this.#terms;
    const candidates = new Candidates(atATime);
    this.#entries = isDry ? -removal.entries : 0;
    this.#bytes = isDry ? -removal.bytes : 0;
    for (const entry of recordsIn(this.#source)) {
      const isItem = isItemId(entry.id);
      if (!isItem && !isChunkId(entry.id)) continue;
      this.#bytes += entry.size;
      if (!isItem) continue;
      this.#entries++;
      if (!this.#tried.has(entry)) candidates.offer(entry);
    }
    candidates.sort();
    return candidates;
  }

  /** What was used since the listing stays; what goes for another reason has been counted for that. */
  #tryEvict(candidate: StoreEntry): void {
    const { removal, ages, isDry } = this.#terms;
    const entry = this.#source.store.stat(candidate.id);
    if (entry === undefined || entry.lastUsedAt > candidate.lastUsedAt) return;
    const { reason, isRun } = judge(this.#source, entry, ages);
    if (isDry && reason !== undefined) return;
    const before = removal.bytes;
    if (!removal.entry({ ...entry, isRun })) return;
    this.#entries--;
    this.#bytes -= removal.bytes - before;
  }
}

/** The candidates that were tried, as they come in the order of their last use: in a dry run they are listed again. */
class Tried {
  #until = -Infinity;
  /** Those that were last used at that very time. */
  #ids = new Set<string>();

  add({ id, lastUsedAt }: StoreEntry): void {
    if (lastUsedAt !== this.#until) this.#ids = new Set();
    this.#until = lastUsedAt;
    this.#ids.add(id);
  }

  has({ id, lastUsedAt }: StoreEntry): boolean {
    return lastUsedAt < this.#until || this.#ids.has(id);
  }
}
