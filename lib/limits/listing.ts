import { isChunkId, isItemId } from '../common/ids.ts';
import type { StoreEntry } from '../stores/store.ts';
import { Candidates } from './candidates.ts';

/** How many entries there are, and how many bytes they take with all that belongs to them. */
export interface Totals {
  readonly entries: number;
  readonly bytes: number;
}

/** How these have changed, and how much of that was removed. */
export interface Flow extends Totals {
  readonly removed: number;
  readonly removedBytes: number;
}

export const NOTHING: Totals = { entries: 0, bytes: 0 };

export const NO_FLOW: Flow = { entries: 0, bytes: 0, removed: 0, removedBytes: 0 };

export function add(a: Totals, b: Totals): Totals {
  return { entries: a.entries + b.entries, bytes: a.bytes + b.bytes };
}

export function subtract(a: Totals, b: Totals): Totals {
  return { entries: a.entries - b.entries, bytes: a.bytes - b.bytes };
}

/** A change as a flow. */
export function flowOf({ entries, bytes }: Totals): Flow {
  return { entries, bytes, removed: Math.max(0, -entries), removedBytes: Math.max(0, -bytes) };
}

export function plus(a: Flow, b: Flow): Flow {
  return { ...add(a, b), removed: a.removed + b.removed, removedBytes: a.removedBytes + b.removedBytes };
}

export function minus(a: Flow, b: Flow): Flow {
  return { ...subtract(a, b), removed: a.removed - b.removed, removedBytes: a.removedBytes - b.removedBytes };
}

/** Whether nothing has changed. */
export function isStill({ entries, bytes, removed, removedBytes }: Flow): boolean {
  return entries === 0 && bytes === 0 && removed === 0 && removedBytes === 0;
}

/** What a process changed: a record that it saved or removed, and what that did to the totals. */
export interface Change extends Totals {
  readonly id: string;
}

/** How many characters of an id are kept to tell whether it was met: 28 bits, so that thousands of ids share none. */
const SHORT = 7;

/**
 * The totals of all entries, and what goes next. A listing may take long, and this process may go on saving meanwhile: what it
 * changes is brought in exactly, whether the listing was there before or not.
 */
export class Listing {
  readonly candidates: Candidates = new Candidates();
  entries = 0;
  bytes = 0;
  chunks = 0;
  /** Own changes since it began. */
  readonly changed = { entries: 0, bytes: 0 };
  /** The ids that were met, in short. */
  readonly #met = new Set<number>();
  /** What was saved meanwhile and not met yet. */
  readonly #late = new Map<string, Totals>();
  /** Whether anything can happen before its end. */
  readonly #isLong: boolean;

  constructor(isLong: boolean) {
    this.#isLong = isLong;
  }

  /** Adds an entry. Chunks of generators' runs count with their bytes alone; what the cache keeps for itself does not count. */
  add(entry: StoreEntry): void {
    const { id, size } = entry;
    const isItem = isItemId(id);
    if (!isItem && !isChunkId(id)) return;
    this.bytes += size;
    if (isItem) this.entries++;
    else this.chunks++;
    if (isItem) this.candidates.offer(entry);
    if (!this.#isLong) return;
    this.#met.add(short(id));
    this.#late.delete(id);
  }

  /** Brings in what was changed while it goes on. */
  change({ id, entries, bytes }: Change): void {
    this.changed.entries += entries;
    this.changed.bytes += bytes;
    if (this.#met.has(short(id))) this.#change({ entries, bytes });
    else if (entries > 0 || bytes > 0) this.#late.set(id, { entries, bytes });
    else this.#late.delete(id);
  }

  /** It has come to its end. */
  end(): void {
    for (const change of this.#late.values()) this.#change(change);
    this.#late.clear();
    this.candidates.sort();
  }

  #change({ entries, bytes }: Totals): void {
    this.entries += entries;
    this.bytes += bytes;
  }
}

function short(id: string): number {
  return Number.parseInt(id.slice(-SHORT), 16);
}
