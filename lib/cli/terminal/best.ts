/** Says which of two comes first: below 0 for the first. */
export type Order<T> = (first: T, second: T) => number;

/** The first few of many by an order, without keeping the many. */
export class Best<T> {
  readonly #order: Order<T>;
  readonly #limit: number;
  readonly #kept: T[] = [];

  constructor(order: Order<T>, limit: number) {
    this.#order = order;
    this.#limit = limit;
  }

  add(one: T): void {
    this.#kept.push(one);
    if (this.#kept.length >= 2 * this.#limit + 1000) this.#shrink();
  }

  /** Those that come first, in order. */
  take(): readonly T[] {
    this.#shrink();
    return this.#kept;
  }

  #shrink(): void {
    this.#kept.sort(this.#order);
    if (this.#kept.length > this.#limit) this.#kept.length = this.#limit;
  }
}

/** An order by a number or text: the biggest number and the first text come first. */
export function orderBy<T>(valueOf: (one: T) => number | string, isReversed: boolean): Order<T> {
  const sign = isReversed ? -1 : 1;
  return (first, second) => sign * compare(valueOf(first), valueOf(second));
}

function compare(first: number | string, second: number | string): number {
  if (typeof first === 'number' && typeof second === 'number') return first === second ? 0 : second - first;
  if (first === second) return 0;
  return first < second ? -1 : 1;
}
