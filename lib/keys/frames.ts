import { types } from 'node:util';

import type { PathStep } from '../common/describe.ts';
import { type Frame, valueOf } from './object-frames.ts';
import { Refusal } from './refusal.ts';
import { writeScalar } from './scalars.ts';
import { TAG } from './tags.ts';
import type { ByteWriter } from './writer.ts';

/** The rest of a list that the caller alone holds, the arguments of a call: no hole, no accessor, no further property. */
export class ListFrame implements Frame {
  readonly value: readonly unknown[];
  start = 0;
  #index: number;

  constructor(list: readonly unknown[], from: number) {
    this.value = list;
    this.#index = from;
  }

  next(out: ByteWriter): object | undefined {
    const list = this.value;
    while (this.#index < list.length) {
      out.beginPart();
      const element = list[this.#index++];
      if (!writeScalar(out, element)) return element as object;
    }
    return undefined;
  }

  step(): PathStep {
    return this.#index - 1;
  }
}

/** Tells an accessor four times as fast as a property descriptor does. */
const lookupGetter = (Object.prototype as unknown as { __lookupGetter__(this: unknown, key: number): unknown })
  .__lookupGetter__;
const MAX_LENGTH = 2 ** 32 - 1;

/** An array of a user: it may have holes, millions of them, and accessors, and it may be a proxy. */
export class ArrayFrame implements Frame {
  readonly value: readonly unknown[];
  start = 0;
  readonly #length: number;
  readonly #isProxy: boolean;
  #index = 0;
  /** The indices that exist, once a hole was met. */
  #present: readonly number[] | undefined;
  #cursor = 0;

  constructor(out: ByteWriter, array: readonly unknown[]) {
    this.value = array;
    this.#isProxy = types.isProxy(array);
    this.#length = array.length;
    if (!Number.isInteger(this.#length) || this.#length < 0 || this.#length > MAX_LENGTH) {
      throw new Refusal('is a proxy that says a length which no array can have');
    }
    out.tagged(TAG.array, this.#length);
  }

  next(out: ByteWriter): object | undefined {
    while (this.#index < this.#length) {
      if (!Object.hasOwn(this.value, this.#index)) {
        this.#skipHoles(out);
        continue;
      }
      const element = this.#read(this.#index++);
      if (!writeScalar(out, element)) return element as object;
    }
    return undefined;
  }

  step(): PathStep {
    return this.#index - 1;
  }

  #read(index: number): unknown {
    if (!this.#isProxy && lookupGetter.call(this.value, index) === undefined) {
      const element = this.value[index];
      if (element !== undefined) return element;
    }
    return valueOf(Object.getOwnPropertyDescriptor(this.value, index));
  }

  #skipHoles(out: ByteWriter): void {
    this.#present ??= Object.keys(this.value).map(Number);
    while ((this.#present[this.#cursor] ?? Infinity) <= this.#index) this.#cursor++;
    const end = Math.min(this.#present[this.#cursor] ?? Infinity, this.#length);
    out.tagged(TAG.holes, end - this.#index);
    this.#index = end;
  }
}

/** Something that stands for an object: what its method `cacheKey` returned, or the identity of a function. */
export class SubstituteFrame implements Frame {
  readonly value: object;
  start = 0;
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

const MAX_DEPTH = 10_000;
/** Up to this depth a cycle is looked for among the frames themselves, below it in a table. */
const SHALLOW = 32;

/** The objects that are being written, outermost first: the path to where the writing stands. */
export class FrameStack {
  readonly #frames: Frame[] = [];
  /** The depth of the objects below the first few levels. */
  #deep: Map<object, number> | undefined;
  /** All objects up to this level contain a way back to one above them or to themselves. */
  #cyclic = 0;

  get depth(): number {
    return this.#frames.length;
  }

  /** How many levels up an object stands that is met again, or undefined when it is met for the first time. */
  distanceTo(value: object): number | undefined {
    const level = this.#levelOf(value);
    if (level === undefined) return undefined;
    if (this.#isHollow(level)) throw new Refusal('says by its method [cacheKey]() that its key is itself');
    this.#cyclic = this.#frames.length;
    return this.#frames.length - level;
  }

  push(frame: Frame): void {
    const level = this.#frames.length;
    if (level >= MAX_DEPTH) throw new Refusal('is nested deeper than 10,000 levels');
    if (level >= SHALLOW) (this.#deep ??= new Map()).set(frame.value, level);
    this.#frames.push(frame);
  }

  /** Takes the innermost object away; true if a way back to one above it, or to itself, was met inside. */
  pop(): boolean {
    const frame = this.#frames.pop() as Frame;
    this.#deep?.delete(frame.value);
    const level = this.#frames.length;
    if (level >= this.#cyclic) return false;
    this.#cyclic = level;
    return true;
  }

  top(): Frame | undefined {
    return this.#frames.at(-1);
  }

  steps(): readonly PathStep[] {
    return this.#frames.map((frame) => frame.step()).filter((step) => step !== undefined);
  }

  #levelOf(value: object): number | undefined {
    const shallow = Math.min(this.#frames.length, SHALLOW);
    for (let level = 0; level < shallow; level++) {
      if ((this.#frames[level] as Frame).value === value) return level;
    }
    return this.#deep?.get(value);
  }

  /** Whether nothing but substitutes stands from a level on: a cycle back to there would hold no content at all. */
  #isHollow(level: number): boolean {
    for (let at = this.#frames.length - 1; at >= level; at--) {
      if (!(this.#frames[at] instanceof SubstituteFrame)) return false;
    }
    return true;
  }
}
