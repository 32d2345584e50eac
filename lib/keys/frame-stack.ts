import type { PathStep } from '../common/describe.ts';
import { SubstituteFrame } from './frames.ts';
import type { Frame } from './object-frames.ts';
import { Refusal } from './refusal.ts';

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

  /** The path to where the writing stands, or to the object of a level. */
  steps(level?: number): readonly PathStep[] {
    const frames = this.#frames.slice(0, level);
    return frames.map((frame) => frame.step()).filter((step) => step !== undefined);
  }

  /** The level of the innermost object to which belongs half of all bytes, or of all objects, that were written. */
  levelOfMost(measure: 'start' | 'objects', total: number): number {
    const level = this.#frames.findLastIndex((frame) => 2 * (total - frame[measure]) >= total);
    return Math.max(level, 0);
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
