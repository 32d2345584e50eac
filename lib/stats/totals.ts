import { NO_COUNTS, plus } from './counters.ts';
import type { FunctionCounts } from './stored.ts';

/** How many functions are told apart. A program may make new ones for as long as it runs. */
const MOST_FUNCTIONS = 10_000;

/** The counts of functions. Of too many, those that were counted first are counted together with others of their name. */
export class Totals {
  readonly #all = new Map<string, FunctionCounts>();

  add(counts: FunctionCounts): void {
    const { name, identity } = counts;
    const key = `${identity}:${name}`;
    this.#all.set(key, { name, identity, ...plus(this.#all.get(key) ?? NO_COUNTS, counts) });
    if (this.#all.size > MOST_FUNCTIONS) this.#combine();
  }

  read(): FunctionCounts[] {
    return [...this.#all.values()];
  }

  clear(): void {
    this.#all.clear();
  }

  #combine(): void {
    const first = this.read().slice(0, MOST_FUNCTIONS / 2);
    for (const { name, identity } of first) this.#all.delete(`${identity}:${name}`);
    for (const counts of first) this.add({ ...counts, identity: '' });
  }
}
