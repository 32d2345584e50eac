import { types } from 'node:util';

import type { ErrorKind } from '../common/kind.ts';
import type { PathStep } from '../common/describe.ts';
import { Refusal } from './refusal.ts';
import { writeScalar, writeSymbol } from './scalars.ts';
import { TAG } from './tags.ts';
import type { ByteWriter } from './writer.ts';

/** An object that is being written. The stack of frames is the path to where the writing stands. */
export interface Frame {
  /** The object, by which a cycle is found. */
  readonly value: object;
  /** Where its bytes begin. */
  start: number;
  /** How many objects were written before it. */
  objects: number;
  /** Writes on, up to the next object inside: that one is returned, or undefined at the end. */
  next(out: ByteWriter): object | undefined;
  /** The step to what `next` came to last. */
  step(): PathStep | undefined;
}

const isEnumerable = Object.prototype.propertyIsEnumerable;

/** A plain object, its keys in sorted order, registered symbols last. A proxy counts by what it gives to its reader. */
export class ObjectFrame implements Frame {
  readonly value: object;
  start = 0;
  objects = 0;
  readonly #keys: readonly (string | symbol)[];
  readonly #isProxy: boolean;
  #index = 0;

  constructor(out: ByteWriter, value: object, tag: number) {
    this.value = value;
    this.#isProxy = types.isProxy(value);
    this.#keys = sortedKeys(value);
    if (this.#isProxy && this.#keys.length === 0 && answersForAll(value)) {
      throw new Refusal('is a proxy that answers for properties which it does not list');
    }
    out.tagged(tag, this.#keys.length);
  }

  next(out: ByteWriter): object | undefined {
    const keys = this.#keys;
    while (this.#index < keys.length) {
      const key = keys[this.#index++] as string | symbol;
      if (typeof key === 'string') out.string(key);
      else writeSymbol(out, key);
      const member: unknown = this.#isProxy
        ? Reflect.get(this.value, key)
        : valueOf(Object.getOwnPropertyDescriptor(this.value, key));
      if (!writeScalar(out, member)) return member as object;
    }
    return undefined;
  }

  step(): PathStep | undefined {
    return this.#keys[this.#index - 1];
  }
}

/** The value of a property. @throws Refusal for an accessor: it may give another value when the function reads it. */
export function valueOf(descriptor: PropertyDescriptor | undefined): unknown {
  if (descriptor === undefined) throw new Refusal('lists a property that it does not have');
  if (descriptor.get !== undefined || descriptor.set !== undefined) {
    throw new Refusal('is an accessor, which may give another value each time');
  }
  return descriptor.value;
}

/** Whether a proxy has a value for a name that it cannot know. One that throws for such names has none. */
function answersForAll(proxy: object): boolean {
  try {
    return Reflect.get(proxy, 'tempcache.unlisted') !== undefined;
  } catch {
    return false;
  }
}

function sortedKeys(value: object): readonly (string | symbol)[] {
  const keys = Object.keys(value);
  sortStrings(keys);
  const symbols = Object.getOwnPropertySymbols(value);
  return symbols.length === 0 ? keys : (keys as (string | symbol)[]).concat(sortedSymbols(value, symbols));
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
  if (symbols.includes(Symbol.toStringTag)) throw new Refusal('has a Symbol.toStringTag of its own');
  const enumerable = symbols.filter((symbol) => isEnumerable.call(value, symbol));
  const names = enumerable.map((symbol) => {
    const name = Symbol.keyFor(symbol);
    if (name === undefined) throw new Refusal(`has the unregistered symbol ${String(symbol)} as a key`);
    return name;
  });
  return names.toSorted(byUtf16).map((name) => Symbol.for(name));
}

/** What `util.isDeepStrictEqual` compares of every error, own property or not. The stack is not among them. */
const ALWAYS = ['name', 'message', 'cause', 'errors'] as const;

/** An error: its kind, the four properties above, then its own enumerable ones as of a plain object. */
export class ErrorFrame implements Frame {
  readonly value: object;
  start = 0;
  objects = 0;
  #index = 0;
  #fields: ObjectFrame | undefined;

  constructor(out: ByteWriter, value: object, kind: ErrorKind) {
    this.value = value;
    out.byte(TAG.error);
    out.string(kind);
  }

  next(out: ByteWriter): object | undefined {
    while (this.#index < ALWAYS.length) {
      const property = ALWAYS[this.#index++] as string;
      const own = Object.getOwnPropertyDescriptor(this.value, property);
      const member = own === undefined ? this.#inherited(property) : valueOf(own);
      // `cause: undefined` and no cause are different to `util.isDeepStrictEqual` since Node 22.
      if (own === undefined && property === 'cause' && member === undefined) out.byte(TAG.absent);
      else if (!writeScalar(out, member)) return member as object;
    }
    this.#fields ??= new ObjectFrame(out, this.value, TAG.object);
    return this.#fields.next(out);
  }

  step(): PathStep | undefined {
    return this.#fields === undefined ? ALWAYS[this.#index - 1] : this.#fields.step();
  }

  /** `name` and an empty `message` come from the built-in prototype, where they are plain data. */
  #inherited(property: string): unknown {
    return (Object.getPrototypeOf(this.value) as Record<string, unknown>)[property];
  }
}

const eachOfMap = Map.prototype.forEach;
const eachOfSet = Set.prototype.forEach;

/** A `Map` or a `Set`: its members are written as they come and then put in the order of their bytes. */
export class MembersFrame implements Frame {
  readonly value: object;
  start = 0;
  objects = 0;
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
