import { type AnyType, fingerprintOf } from './define-type.ts';
import * as op from './operations.ts';

/** A value as V8 can write it, and the operations that complete it. */
export class Program {
  /** The value itself comes first: `[value, operation, ...]`. */
  readonly steps: unknown[] = [undefined];
  readonly #types = new Map<AnyType, number>();
  /** By their level. They are closed at the end: nothing can be put into them then. */
  readonly #closed: object[][] = [[], [], [], []];

  add(...operation: op.Operation): void {
    this.steps.push(operation);
  }

  /** The place of a type among those that the value uses. */
  type(type: AnyType): number {
    const known = this.#types.get(type);
    if (known !== undefined) return known;
    this.add(op.TYPE, type.name, fingerprintOf(type));
    this.#types.set(type, this.#types.size);
    return this.#types.size - 1;
  }

  /** One step for many instances of one class, where nothing stands between them. */
  makeInstance(copy: object, type: AnyType): void {
    const index = this.type(type);
    const [last, copies, before] = this.steps.at(-1) as op.Operation;
    if (last === op.PROTOTYPE && before === index) (copies as object[]).push(copy);
    else this.add(op.PROTOTYPE, [copy], index);
  }

  close(copy: object, level: number): void {
    this.#closed[level]?.push(copy);
  }

  end(): void {
    for (const [level, copies] of this.#closed.entries()) if (copies.length > 0) this.add(op.CLOSE, copies, level);
  }
}
