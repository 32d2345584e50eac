import type { RecordHead } from '../records/head.ts';
import type { StoreEntry } from '../stores/store.ts';
import { NO_COUNTS, plus, type CallCounts } from './counts.ts';
import { isItemId } from '../common/ids.ts';

/** The entries and calls of all functions of one name. */
export interface NamedStats extends CallCounts {
  /** An empty text for items that no function made. */
  readonly name: string;
  readonly entries: number;
  /** Bytes of these entries. */
  readonly bytes: number;
}

interface Totals {
  entries: number;
  bytes: number;
  oldest: number | undefined;
  newest: number | undefined;
}

/** Counts entries, in all and by the names of functions. The parts of generators' runs are bytes, and no entries. */
export class Census {
  readonly totals: Readonly<Totals>;
  readonly #totals: Totals = { entries: 0, bytes: 0, oldest: undefined, newest: undefined };
  readonly #byName = new Map<string, { entries: number; bytes: number }>();

  constructor() {
    this.totals = this.#totals;
  }

  /** `head` is undefined for a record that cannot be read: it has no name. */
  add({ id, size }: StoreEntry, head: RecordHead | undefined): void {
    const entries = isItemId(id) ? 1 : 0;
    const totals = this.#totals;
    totals.entries += entries;
    totals.bytes += size;
    if (head === undefined) return;
    const { name, createdAt } = head;
    if (entries === 1) {
      totals.oldest = Math.min(totals.oldest ?? createdAt, createdAt);
      totals.newest = Math.max(totals.newest ?? createdAt, createdAt);
    }
    const named = this.#byName.get(name) ?? { entries: 0, bytes: 0 };
    named.entries += entries;
    named.bytes += size;
    this.#byName.set(name, named);
  }

  /** The entries of each name beside the calls of it, ordered by name. */
  with(calls: Iterable<CallCounts & { readonly name: string }>): NamedStats[] {
    const sums = new Map<string, CallCounts>();
    for (const name of this.#byName.keys()) sums.set(name, NO_COUNTS);
    for (const counts of calls) sums.set(counts.name, plus(sums.get(counts.name) ?? NO_COUNTS, counts));
    const all = [...sums].map(([name, counts]) => ({
      name,
      ...(this.#byName.get(name) ?? { entries: 0, bytes: 0 }),
      ...counts,
    }));
    return all.sort((one, other) => (one.name < other.name ? -1 : 1));
  }
}
