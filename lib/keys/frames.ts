import type { PathStep } from '../values/path.ts';
import { classNameOf } from '../values/describe.ts';
import { Refusal } from './refusal.ts';
import { writeScalar, writeSymbol } from './scalars.ts';
import { TAG } from './tags.ts';
import type { ByteWriter } from './writer.ts';

/** An object that is being written. The stack of frames is the path to where the writing stands. */
export interface Frame {
  /** The object, by which a cycle is found. */
  readonly value: object;
  /** Writes on, up to the next object inside: that one is returned, or undefined at the end. */
  next(out: ByteWriter): object | undefined;
  /** The step to what `next` came to last. */
  step(): PathStep | undefined;
}

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

/** A plain object, its keys in sorted order, registered symbols last. */
export class ObjectFrame implements Frame {
  readonly value: object;
  readonly #keys: readonly (string | symbol)[];
  #index = 0;

  constructor(out: ByteWriter, value: object, tag: number) {
    this.value = value;
    this.#keys = sortedKeys(value);
    out.tagged(tag, this.#keys.length);
  }

  next(out: ByteWriter): object | undefined {
    const keys = this.#keys;
    while (this.#index < keys.length) {
      const key = keys[this.#index++] as string | symbol;
      if (typeof key === 'string') out.string(key);
      else writeSymbol(out, key);
      const member = valueOf(Object.getOwnPropertyDescriptor(this.value, key));
      if (!writeScalar(out, member)) return member as object;
    }
    return undefined;
  }

  step(): PathStep | undefined {
    return this.#keys[this.#index - 1];
  }
}

/** A `Map` or a `Set`: its members are written as they come and then put in the order of their bytes. */
export class MembersFrame implements Frame {
  readonly value: object;
  /** The members; of a map, keys and values in turn. */
  readonly #members: readonly unknown[];
  readonly #width: number;
  readonly #starts: number[] = [];
  #index = 0;

  constructor(out: ByteWriter, value: ReadonlyMap<unknown, unknown> | ReadonlySet<unknown>, isMap: boolean) {
    this.value = value;
    this.#width = isMap ? 2 : 1;
    this.#members = isMap
      ? [...Map.prototype.entries.call(value as Map<unknown, unknown>)].flat(1)
      : [...Set.prototype.values.call(value as Set<unknown>)];
    out.tagged(isMap ? TAG.map : TAG.set, this.#members.length / this.#width);
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

/** The value of a property. @throws Refusal for an accessor: it may give another value when the function reads it. */
export function valueOf(descriptor: PropertyDescriptor | undefined): unknown {
  if (descriptor === undefined) throw new Refusal('lists a property that it does not have');
  if (!('value' in descriptor)) throw new Refusal('is an accessor, which may give another value each time');
  return descriptor.value;
}

function sortedKeys(value: object): readonly (string | symbol)[] {
  const keys = Object.keys(value);
  sortStrings(keys);
  const symbols = Object.getOwnPropertySymbols(value);
  return symbols.length === 0 ? keys : [...keys, ...sortedSymbols(value, symbols)];
}

/** Few keys, mostly: insertion beats the general sort, and costs one pass where they are in order. */
function sortStrings(keys: string[]): void {
  if (keys.length > 24) {
    keys.sort(byUtf16);
    return;
  }
  for (let index = 1; index < keys.length; index++) {
    const key = keys[index] as string;
    let at = index - 1;
    while (at >= 0 && (keys[at] as string) > key) keys[at + 1] = keys[at--] as string;
    keys[at + 1] = key;
  }
}

function byUtf16(a: string, b: string): number {
  return a < b ? -1 : 1;
}

/** Symbol keys that are enumerable; one that is not registered is refused, and so is a hidden `toStringTag`. */
function sortedSymbols(value: object, symbols: readonly symbol[]): readonly symbol[] {
  const enumerable = symbols.filter((symbol) => Object.prototype.propertyIsEnumerable.call(value, symbol));
  const names = enumerable.map((symbol) => {
    const name = Symbol.keyFor(symbol);
    if (name === undefined) throw new Refusal(`has the unregistered symbol ${String(symbol)} as a key`);
    return name;
  });
  return names.toSorted(byUtf16).map((name) => Symbol.for(name));
}

/** The name under which a class with the method `cacheKey` is keyed. */
export function keyedClassName(value: object): string {
  return classNameOf(value) ?? '';
}
