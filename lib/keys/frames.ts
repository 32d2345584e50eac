import type { PathStep } from '../values/path.ts';
import type { Frame } from './frame.ts';
import { writeScalar } from './scalars.ts';
import { valueOf } from './object-frame.ts';
import { TAG } from './tags.ts';
import type { ByteWriter } from './writer.ts';

/** The rest of a list that nobody else holds, the arguments of a call: no hole, no accessor, no further property. */
export class ListFrame implements Frame {
  readonly value: readonly unknown[];
  #index: number;

  constructor(list: readonly unknown[], from: number) {
    this.value = list;
    this.#index = from;
  }

  next(out: ByteWriter): object | undefined {
    const list = this.value;
    while (this.#index < list.length) {
      const element = list[this.#index++];
      if (!writeScalar(out, element)) return element as object;
    }
    return undefined;
  }

  step(): PathStep {
    return this.#index - 1;
  }
}

/** An array of a user: it may have holes, millions of them, and accessors. */
export class ArrayFrame implements Frame {
  readonly value: readonly unknown[];
  #index = 0;
  /** The indices that exist, once a hole was met. */
  #present: readonly number[] | undefined;
  #cursor = 0;

  constructor(out: ByteWriter, array: readonly unknown[]) {
    this.value = array;
    out.tagged(TAG.array, array.length);
  }

  next(out: ByteWriter): object | undefined {
    while (this.#index < this.value.length) {
      const descriptor = Object.getOwnPropertyDescriptor(this.value, this.#index);
      if (descriptor === undefined) {
        this.#skipHoles(out);
        continue;
      }
      this.#index++;
      const element = valueOf(descriptor);
      if (!writeScalar(out, element)) return element as object;
    }
    return undefined;
  }

  step(): PathStep {
    return this.#index - 1;
  }

  #skipHoles(out: ByteWriter): void {
    this.#present ??= Object.keys(this.value).map(Number);
    while ((this.#present[this.#cursor] ?? Infinity) < this.#index) this.#cursor++;
    const end = this.#present[this.#cursor] ?? this.value.length;
    out.tagged(TAG.holes, end - this.#index);
    this.#index = end;
  }
}

/** Something that stands for an object: what its method `cacheKey` returned, or the identity of a function. */
export class SubstituteFrame implements Frame {
  readonly value: object;
  readonly #step: PathStep | undefined;
  readonly #substitute: unknown;
  #done = false;

  constructor(value: object, substitute: unknown, step?: PathStep) {
    this.value = value;
    this.#substitute = substitute;
    this.#step = step;
  }

  next(out: ByteWriter): object | undefined {
    if (this.#done) return undefined;
    this.#done = true;
    return writeScalar(out, this.#substitute) ? undefined : (this.#substitute as object);
  }

  step(): PathStep | undefined {
    return this.#step;
  }
}
