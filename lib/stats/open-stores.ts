import type { Store } from '../stores/store.ts';

/**
 * The stores that lead to one set of records and are not closed. The newest is kept, for there may be something to write when
 * nobody uses it any more; the others are not kept in memory for that.
 */
export class OpenStores {
  #newest: Store | undefined;
  #others: WeakRef<Store>[] = [];

  /** Any of them, or undefined where all are closed. */
  get any(): Store | undefined {
    return this.#newest;
  }

  add(store: Store): void {
    if (store === this.#newest) return;
    this.#forget(store);
    if (this.#newest !== undefined) this.#others.push(new WeakRef(this.#newest));
    this.#newest = store;
  }

  /** Whether it was one of them. */
  remove(store: Store): boolean {
    if (store !== this.#newest) return this.#forget(store);
    this.#newest = undefined;
    this.#forget(store);
    this.#newest = this.#others.pop()?.deref();
    return true;
  }

  /** Those that nobody uses any more are forgotten by the way. */
  #forget(store: Store): boolean {
    const before = this.#others.length;
    const living = this.#others.filter((ref) => ref.deref() !== undefined);
    this.#others = living.filter((ref) => ref.deref() !== store);
    return before > 0 && this.#others.length < living.length;
  }
}
