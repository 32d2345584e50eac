import { describe } from '../common/describe.ts';
import type { Key } from './properties.ts';
import type { Trail } from './trail.ts';

/** What the getters in a value gave: each is called once. */
export class Reads {
  readonly #read = new Map<object, Map<Key, PropertyDescriptor>>();
  #closed = false;

  /** A getter as a property with its value of now, or undefined where it was not read in time. */
  read(owner: object, key: Key, trail: Trail): PropertyDescriptor | undefined {
    const known = this.of(owner, key);
    if (known !== undefined || this.#closed) return known;
    const { enumerable, configurable } = Object.getOwnPropertyDescriptor(owner, key) as PropertyDescriptor;
    const property = {
      value: valueOf(owner, key, trail),
      enumerable,
      configurable,
      writable: true,
    } as PropertyDescriptor;
    const properties = this.#read.get(owner) ?? new Map<Key, PropertyDescriptor>();
    this.#read.set(owner, properties.set(key, property));
    return property;
  }

  /** What was read of a property. */
  of(owner: object, key: Key): PropertyDescriptor | undefined {
    return this.#read.get(owner)?.get(key);
  }

  /** Calls no getter from now on; whether one was called. */
  close(): boolean {
    this.#closed = true;
    return this.#read.size > 0;
  }
}

function valueOf(owner: object, key: Key, trail: Trail): unknown {
  try {
    return Reflect.get(owner, key);
  } catch (error) {
    trail.refuse(`is a getter that throws ${describe(error)}`);
  }
}

/** The value of a property, as it was read where a getter gave it. */
export function valueIn(reads: Reads | undefined, owner: object, key: Key): unknown {
  const read = reads?.of(owner, key);
  return read === undefined ? Reflect.get(owner, key) : read.value;
}
