import { formatPath, type PathStep } from '../common/describe.ts';
import { UnserializableError } from '../common/errors.ts';
import type { Reason } from './check-built-in.ts';

/**
 * Values are nested no deeper than this: V8 reads some 1,500 levels before the stack of a thread is used up, and what
 * was stored must be readable from within other calls too.
 */
const MAX_DEPTH = 1000;

/** Where a walk over a value stands. */
export class Trail {
  readonly #steps: PathStep[] = [];
  readonly path = (): string => formatPath('value', this.#steps);

  enter(step: PathStep): void {
    this.#steps.push(step);
  }

  leave(): void {
    this.#steps.pop();
  }

  /** Runs something one step further in. */
  at(step: PathStep, run: () => void): void {
    this.#steps.push(step);
    run();
    this.#steps.pop();
  }

  /** @throws UnserializableError where there is a reason. */
  mind(reason: Reason): void {
    if (reason !== undefined) this.refuse(reason);
  }

  /** @throws UnserializableError */
  refuse(why: string): never {
    const path = this.path();
    throw new UnserializableError(`Cannot store the value: ${path} ${why}`, { path });
  }

  /** @throws UnserializableError */
  checkDepth(): void {
    if (this.#steps.length <= MAX_DEPTH) return;
    const path = formatPath('value', this.#steps.slice(0, 3));
    const message = `Cannot store the value: ${path}... is nested deeper than ${MAX_DEPTH} levels: store it in parts`;
    throw new UnserializableError(message, { path });
  }
}
