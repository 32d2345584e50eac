/** Copies of what is keyed by its content: prototypes and sharing are kept, and the key is the same. */

import { Buffer } from 'node:buffer';
import { URL, URLSearchParams } from 'node:url';
import { types } from 'node:util';

import { isSignal } from '../common/signals.ts';
import { isErrorKind, kindOf, type Kind } from '../common/kind.ts';
import { cacheKey } from './cache-key.ts';

/** A list, copied. */
export interface Copied {
  /** Undefined where nothing in it can be changed: then the list itself serves. */
  readonly values: readonly unknown[] | undefined;
  /** Whether all that can be changed was copied. Instances of classes, functions and proxies are left as they are. */
  readonly isWhole: boolean;
}

/** Copies the members of a list that its caller alone holds, and that were keyed just now. */
export function copyOf(list: readonly unknown[]): Copied {
  let copying: Copying | undefined;
  let values: unknown[] | undefined;
  for (let index = 0; index < list.length; index++) {
    const value = list[index];
    if (!isChangeable(value)) continue;
    copying ??= new Copying();
    values ??= list.slice();
    values[index] = copying.of(value);
  }
  copying?.fill();
  return { values, isWhole: copying?.isWhole ?? true };
}

/** A signal is passed on as it is. */
function isChangeable(value: unknown): value is object {
  return ((typeof value === 'object' && value !== null) || typeof value === 'function') && !isSignal(value);
}

/** An ArrayBuffer of at most so many bytes is copied whole for each view of it, so that views share the copy; of a larger one the part. */
const MAX_SHARED = 65_536;

/** Makes an object of a kind, complete but for the values in it. */
const SHELLS: Partial<Record<Kind, (value: never) => object>> = {
  Object: () => ({}),
  null: () => Object.create(null) as object,
  Array: () => [],
  Map: () => new Map(),
  Set: () => new Set(),
  Date: (value: Date) => new Date(Date.prototype.getTime.call(value)),
  RegExp: (value: RegExp) => Object.assign(new RegExp(value.source, value.flags), { lastIndex: value.lastIndex }),
  URL: (value: URL) => new URL(value.href),
  URLSearchParams: (value: URLSearchParams) => new URLSearchParams(String(value)),
  Number: (value: object) => Object(value.valueOf()) as object,
  String: (value: object) => Object(value.valueOf()) as object,
  Boolean: (value: object) => Object(value.valueOf()) as object,
  BigInt: (value: object) => Object(value.valueOf()) as object,
  Symbol: (value: object) => Object(value.valueOf()) as object,
};

/** A copy that is made. Objects wait for their turn in a list, so that depth costs nothing. */
class Copying {
  isWhole = true;
  readonly #copies = new Map<object, object>();
  /** The originals, as they were met. */
  readonly #met: { readonly from: object; readonly to: object; readonly kind: Kind }[] = [];

  /** What stands for a value in the copy. */
  of(value: unknown): unknown {
    if (!isChangeable(value)) return value;
    const known = this.#copies.get(value);
    if (known !== undefined) return known;
    const kind = types.isProxy(value) ? undefined : kindOf(value);
    const copy = kind === undefined || Object.hasOwn(value, cacheKey) ? undefined : this.#shell(value, kind);
    this.#copies.set(value, copy ?? value);
    if (copy === undefined || kind === undefined) {
      this.isWhole = false;
      return value;
    }
    const prototype = Object.getPrototypeOf(value) as object | null;
    if (Object.getPrototypeOf(copy) !== prototype) Object.setPrototypeOf(copy, prototype);
    this.#met.push({ from: value, to: copy, kind });
    return copy;
  }

  /** Puts the values into the objects. */
  fill(): void {
    for (const { from, to, kind } of this.#met) {
      if (kind === 'Object' || kind === 'null') this.#fillPlain(from, to);
      else if (kind === 'Array') this.#fillArray(from as unknown[], to as unknown[]);
      else if (kind === 'Map' || kind === 'Set') this.#fillMembers(from, to);
      else if (isErrorKind(kind)) this.#define(from, to);
    }
    for (const { from, to } of this.#met) limit(from, to);
  }

  #shell(value: object, kind: Kind): object | undefined {
    if (types.isArrayBuffer(value)) return isResizable(value) ? undefined : value.slice(0);
    if (ArrayBuffer.isView(value)) return this.#view(value, kind);
    return isErrorKind(kind) ? withoutStack(new Error()) : SHELLS[kind]?.(value as never);
  }

  #view(value: ArrayBufferView, kind: Kind): object | undefined {
    const { buffer, byteOffset, byteLength } = value;
    if (!types.isArrayBuffer(buffer) || isResizable(buffer)) return undefined;
    const isShared = buffer.byteLength <= MAX_SHARED || buffer.byteLength === byteLength;
    const memory = (isShared ? this.of(buffer) : buffer.slice(byteOffset, byteOffset + byteLength)) as ArrayBuffer;
    const at = isShared ? byteOffset : 0;
    if (kind === 'Buffer') return Buffer.from(memory, at, byteLength);
    const { constructor, length = byteLength } = value as ArrayBufferView & { readonly length?: number };
    return Reflect.construct(constructor, [memory, at, length]) as object;
  }

  #fillPlain(from: object, to: object): void {
    const names = Object.keys(from);
    if (Reflect.ownKeys(from).length !== names.length || names.includes('__proto__')) return this.#define(from, to);
    for (const name of names) {
      (to as Record<string, unknown>)[name] = this.of((from as Record<string, unknown>)[name]);
    }
  }

  #fillArray(from: readonly unknown[], to: unknown[]): void {
    for (let index = 0; index < from.length; index++) {
      const value = from[index];
      if (value === undefined && !Object.hasOwn(from, index)) return this.#define(from, to);
      to.push(this.of(value));
    }
  }

  #fillMembers(from: object, to: object): void {
    if (types.isSet(from)) for (const member of from) (to as Set<unknown>).add(this.of(member));
    else {
      for (const [key, item] of from as Map<unknown, unknown>) {
        (to as Map<unknown, unknown>).set(this.of(key), this.of(item));
      }
    }
  }

  /** Property by property: for hidden ones, symbols and holes. */
  #define(from: object, to: object): void {
    for (const key of Reflect.ownKeys(from)) {
      const property = key === 'stack' ? stackOf(from) : Object.getOwnPropertyDescriptor(from, key);
      if (property === undefined) continue;
      if ('value' in property) property.value = this.of(property.value);
      Object.defineProperty(to, key, property);
    }
  }
}

function withoutStack(error: Error): Error {
  delete error.stack;
  return error;
}

/** The stack of an error, which is made a text when it is first read; in some runtimes by an accessor of that very error. */
function stackOf(from: object): PropertyDescriptor | undefined {
  try {
    const property = Object.getOwnPropertyDescriptor(from, 'stack');
    if (!types.isNativeError(from)) return property;
    return { value: from.stack, writable: true, enumerable: property?.enumerable === true, configurable: true };
  } catch {
    // What makes it a text is the program's.
    return undefined;
  }
}

function limit(from: object, to: object): void {
  if (Object.isFrozen(from)) Object.freeze(to);
  else if (!Object.isExtensible(from)) Object.preventExtensions(to);
}

function isResizable(buffer: ArrayBuffer): boolean {
  return (buffer as { readonly resizable?: boolean }).resizable === true;
}
