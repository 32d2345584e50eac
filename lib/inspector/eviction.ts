import { isChunkId, isNoteId } from '../common/ids.ts';
import { Candidates } from '../limits/candidates.ts';
import type { Limits } from '../options/limits.ts';
import type { StoreEntry } from '../stores/store.ts';
import { openedOf } from './clearing.ts';
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
  /** What is left, where that is known already. */
  readonly census?: Census | undefined;
  /** How many entries of a listing are remembered. Default: some ten thousand. */
  readonly atATime?: number;
}

/** What there is, and what of it goes first. */
export class Census {
  readonly candidates: Candidates;
  entries = 0;
  /** With those of parts of runs. */
  bytes = 0;
  hasParts = false;

  constructor(atATime?: number) {
    this.candidates = new Candidates(atATime);
  }

  take(entry: StoreEntry, isCandidate: boolean): void {
    this.bytes += entry.size;
    if (isChunkId(entry.id)) {
      this.hasParts = true;
      return;
    }
    this.entries++;
    if (isCandidate) this.candidates.offer(entry);
  }
}

/** Whether there is any limit. */
export function isLimited({ maxEntries, maxBytes }: Limits): boolean {
  return maxEntries !== Infinity || maxBytes !== Infinity;
}

/**
 * Removes the least recently used entries until the rest is within the limits; how many. Memory is bounded: of a listing
 * those are kept that go first, and there is another one when they do not do.
 */
export function evictOver(source: Source, terms: EvictionTerms): number {
  if (!isLimited(terms.limits)) return 0;
  const before = terms.removal.entries;
  const eviction = new Eviction(source, terms);
  let census = terms.census ?? eviction.list();
  while (eviction.evict(census)) census = eviction.list();
  return terms.removal.entries - before;
}

class Eviction {
  readonly #source: Source;
  readonly #terms: EvictionTerms;
  readonly #tried = new Tried();
  /** Whether a listing shows entries that would have gone. */
  readonly #listsGone: boolean;

  constructor(source: Source, terms: EvictionTerms) {
    this.#source = source;
    this.#terms = terms;
    this.#listsGone = terms.isDry && terms.removal.entries > 0;
  }

  /** Without what would have gone in a dry run. */
  list(): Census {
    const { isDry, removal, atATime } = this.#terms;
    const census = new Census(atATime);
    for (const entry of recordsIn(this.#source)) {
      if (!isNoteId(entry.id)) census.take(entry, !this.#tried.has(entry));
    }
    if (isDry) {
      census.entries -= removal.entries;
      census.bytes -= removal.bytes;
    }
    return census;
  }

  /** Whether all candidates have gone, and there is still too much. */
  evict(census: Census): boolean {
    const { maxEntries, maxBytes } = this.#terms.limits;
    census.candidates.sort();
    for (let tried = 0; census.entries > maxEntries || census.bytes > maxBytes; tried++) {
      const candidate = census.candidates.pop();
      if (candidate === undefined) return tried > 0;
      this.#tried.add(candidate);
      this.#tryEvict(candidate, census);
    }
    return false;
  }

  #tryEvict(candidate: StoreEntry, census: Census): void {
    const { removal } = this.#terms;
    if (!this.#isStillCandidate(candidate, census)) return;
    const isRun = census.hasParts && openedOf(this.#source, candidate.id)?.head.kind === 'run';
    const before = removal.bytes;
    if (!removal.entry({ ...candidate, isRun })) return;
    census.entries--;
    census.bytes -= removal.bytes - before;
  }

  /** What was used since the listing stays; in a dry run, what goes for another reason has been counted for that. */
  #isStillCandidate(candidate: StoreEntry, census: Census): boolean {
    const { ages, isDry, census: known } = this.#terms;
    if (isDry && (census === known || !this.#listsGone)) return true;
    if (isDry) return judge(this.#source, candidate, ages).reason === undefined;
    const entry = this.#source.store.stat(candidate.id);
    return entry !== undefined && entry.lastUsedAt <= candidate.lastUsedAt;
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
