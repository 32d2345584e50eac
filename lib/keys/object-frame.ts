import type { PathStep } from '../common/path.ts';
import type { Frame } from './frame.ts';
import { Refusal } from './refusal.ts';
import { writeScalar, writeSymbol } from './scalars.ts';
import type { ByteWriter } from './writer.ts';

const isEnumerable = Object.prototype.propertyIsEnumerable;

/** A plain object, its keys in sorted order, registered symbols last. */
export class ObjectFrame implements Frame {
  readonly value: object;
  start = 0;
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

/** The value of a property. @throws Refusal for an accessor: it may give another value when the function reads it. */
export function valueOf(descriptor: PropertyDescriptor | undefined): unknown {
  if (descriptor === undefined) throw new Refusal('lists a property that it does not have');
  if (descriptor.get !== undefined || descriptor.set !== undefined) {
    throw new Refusal('is an accessor, which may give another value each time');
  }
  return descriptor.value;
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
