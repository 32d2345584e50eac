/** A value in the list, between the one used before it and the one used after. */
interface Link<V> {
  readonly key: string;
  value: V;
  size: number;
  older: Link<V> | undefined;
  newer: Link<V> | undefined;
}

/** How much a list holds. */
export interface Capacity {
  readonly maxEntries: number;
  /** In the unit of the sizes. */
  readonly maxSize: number;
}

/** A bounded map that removes what was used least recently. To find a value takes one look-up and moves a few pointers. */
export class Lru<V> {
  readonly #links = new Map<string, Link<V>>();
  readonly #capacity: Capacity;
  #oldest: Link<V> | undefined;
  #newest: Link<V> | undefined;
  #size = 0;

  constructor(capacity: Capacity) {
    this.#capacity = capacity;
  }

  /** How many there are. */
  get length(): number {
    return this.#links.size;
  }

  /** The sum of all sizes. */
  get size(): number {
    return this.#size;
  }

  /** The value, which becomes the one used last. */
  get(key: string): V | undefined {
    const link = this.#links.get(key);
    if (link === undefined) return undefined;
    if (link !== this.#newest) {
      this.#unlink(link);
      this.#append(link);
    }
    return link.value;
  }

  /** Keeps a value, and removes others to make room; one that is larger than all the room is not kept. */
  set(key: string, value: V, size: number): void {
    this.delete(key);
    if (size > this.#capacity.maxSize) return;
    const link: Link<V> = { key, value, size, older: undefined, newer: undefined };
    this.#links.set(key, link);
    this.#append(link);
    this.#size += size;
    while (this.#oldest !== undefined && this.#isOver()) this.delete(this.#oldest.key);
  }

  delete(key: string): void {
    const link = this.#links.get(key);
    if (link === undefined) return;
    this.#links.delete(key);
    this.#unlink(link);
    this.#size -= link.size;
  }

  clear(): void {
    this.#links.clear();
    this.#oldest = undefined;
    this.#newest = undefined;
    this.#size = 0;
  }

  #isOver(): boolean {
    return this.#links.size > this.#capacity.maxEntries || this.#size > this.#capacity.maxSize;
  }

  #append(link: Link<V>): void {
    link.older = this.#newest;
    link.newer = undefined;
    if (this.#newest === undefined) this.#oldest = link;
    else this.#newest.newer = link;
    this.#newest = link;
  }

  #unlink({ older, newer }: Link<V>): void {
    if (older === undefined) this.#oldest = newer;
    else older.newer = newer;
    if (newer === undefined) this.#newest = older;
    else newer.older = older;
  }
}
