/**
 * Finds cycles while a graph is walked depth first (Tarjan's strongly connected components): whether a node can be
 * reached from itself is known when the walk leaves it.
 */
export class Cycles {
  readonly #order = new Map<object, number>();
  readonly #low = new Map<object, number>();
  readonly #looped = new Set<object>();
  /** Nodes whose component is still open. */
  readonly #open: object[] = [];
  readonly #isOpen = new Set<object>();
  readonly #path: object[] = [];

  /** The walk goes to a node for the first time. */
  enter(node: object): void {
    const order = this.#order.size;
    this.#order.set(node, order);
    this.#low.set(node, order);
    this.#open.push(node);
    this.#isOpen.add(node);
    this.#path.push(node);
  }

  /** The walk meets a node that it has entered before. */
  meet(node: object): void {
    const current = this.#path.at(-1);
    if (current === undefined || !this.#isOpen.has(node)) return;
    if (current === node) this.#looped.add(node);
    this.#lower(current, this.#order.get(node) as number);
  }

  /** The walk is done with the node that it entered last; whether that node is part of a cycle. */
  leave(): boolean {
    const node = this.#path.pop() as object;
    const low = this.#low.get(node) as number;
    const parent = this.#path.at(-1);
    if (parent !== undefined) this.#lower(parent, low);
    if (low < (this.#order.get(node) as number)) return true;
    const size = this.#close(node);
    return size > 1 || this.#looped.has(node);
  }

  #lower(node: object, low: number): void {
    if (low < (this.#low.get(node) as number)) this.#low.set(node, low);
  }

  #close(node: object): number {
    for (let size = 1; ; size++) {
      const last = this.#open.pop() as object;
      this.#isOpen.delete(last);
      if (last === node) return size;
    }
  }
}
