/** Copies of plain values: far faster than to decode their bytes again. */

/** Gives a fresh copy of one value, as often as it is called. */
export type Copier = () => unknown;

/** Objects and arrays in a value, and elements of an array; a larger one is decoded again. */
const MAX_OBJECTS = 10_000;
const MAX_DEPTH = 100;

/**
 * The copier of a value that no other code holds, or undefined where a copy could differ from it: that is all but
 * objects and arrays of JSON, to any depth, each in one place.
 */
export function copierOf(value: unknown): Copier | undefined {
  const seen = new Set<object>();
  const isPlain = (part: unknown, depth: number): boolean => {
    if (typeof part !== 'object' || part === null) return typeof part !== 'symbol' && typeof part !== 'function';
    if (seen.has(part) || seen.size === MAX_OBJECTS || depth === MAX_DEPTH || !hasPlainShape(part)) return false;
    seen.add(part);
    return Object.values(part).every((member) => isPlain(member, depth + 1));
  };
  return isPlain(value, 0) ? copying(value) : undefined;
}

/** Whether a spread of it gives the same again. */
function hasPlainShape(object: object): boolean {
  if (!Object.isExtensible(object)) return false;
  const isArray = Array.isArray(object);
  if (Object.getPrototypeOf(object) !== (isArray ? Array.prototype : Object.prototype)) return false;
  if (isArray && object.length > MAX_OBJECTS) return false;
  const keys = Reflect.ownKeys(object);
  if (isArray && keys.length !== object.length + 1) return false;
  return keys.every((key) => isPlainProperty(object, key) || (isArray && key === 'length'));
}

function isPlainProperty(object: object, key: string | symbol): boolean {
  if (typeof key === 'symbol' || key === '__proto__') return false;
  const property = Reflect.getOwnPropertyDescriptor(object, key);
  return property?.writable === true && property.enumerable === true && property.configurable === true;
}

/** Copies what a checked value is made of; the members that are objects themselves are known beforehand. */
function copying(value: unknown): Copier {
  if (typeof value !== 'object' || value === null) return () => value;
  const inner: (readonly [string, Copier])[] = [];
  for (const [key, member] of Object.entries(value)) {
    if (typeof member === 'object' && member !== null) inner.push([key, copying(member)]);
  }
  const outer = copyingOutside(value);
  if (inner.length === 0) return outer;
  return () => {
    const copy = outer() as Record<string, unknown>;
    for (let index = 0; index < inner.length; index++) {
      const [key, copier] = inner[index] as (typeof inner)[number];
      copy[key] = copier();
    }
    return copy;
  };
}

function copyingOutside(value: object): () => object {
  if (!Array.isArray(value)) return () => ({ ...value });
  const list: readonly unknown[] = value;
  return () => list.slice();
}
