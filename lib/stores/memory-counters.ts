import type { Counts, SyncCounters } from './store.ts';

/** Counters in the memory of this process. */
export class MemoryCounters implements SyncCounters {
  readonly #groups = new Map<string, Map<string, number>>();

  add(group: string, deltas: Counts): void {
    const counters = this.#groups.get(group) ?? new Map<string, number>();
    for (const [name, delta] of Object.entries(deltas)) {
      const sum = (counters.get(name) ?? 0) + delta;
      if (sum === 0) counters.delete(name);
      else counters.set(name, sum);
    }
    this.#groups.set(group, counters);
  }

  /** A copy; it does not change. */
  read(group: string): Counts {
    return Object.fromEntries(this.#groups.get(group) ?? []);
  }

  reset(group?: string): void {
    if (group === undefined) this.#groups.clear();
    else this.#groups.delete(group);
  }
}
