import type { PathStep } from '../common/path.ts';
import type { Frame } from './frame.ts';
import { writeScalar } from './scalars.ts';
import { TAG } from './tags.ts';
import type { ByteWriter } from './writer.ts';

const eachOfMap = Map.prototype.forEach;
const eachOfSet = Set.prototype.forEach;

/** A `Map` or a `Set`: its members are written as they come and then put in the order of their bytes. */
export class MembersFrame implements Frame {
  readonly value: object;
  start = 0;
  /** The members; of a map, keys and values in turn. */
  readonly #members: readonly unknown[];
  readonly #width: number;
  readonly #starts: number[] = [];
  #index = 0;

  constructor(out: ByteWriter, value: ReadonlyMap<unknown, unknown> | ReadonlySet<unknown>, isMap: boolean) {
    this.value = value;
    this.#width = isMap ? 2 : 1;
    const members: unknown[] = [];
    if (isMap) eachOfMap.call(value as Map<unknown, unknown>, (item, key) => void members.push(key, item));
    else eachOfSet.call(value as Set<unknown>, (member) => void members.push(member));
    this.#members = members;
    out.tagged(isMap ? TAG.map : TAG.set, members.length / this.#width);
  }

  next(out: ByteWriter): object | undefined {
    while (this.#index < this.#members.length) {
      if (this.#index % this.#width === 0) this.#starts.push(out.length);
      const member = this.#members[this.#index++];
      if (!writeScalar(out, member)) return member as object;
    }
    out.sortFrom(this.#starts);
    return undefined;
  }

  step(): PathStep {
    const at = this.#index - 1;
    if (this.#width === 1) return { set: at };
    return { map: at % 2 === 0 ? 'key' : 'value', index: at >> 1 };
  }
}
