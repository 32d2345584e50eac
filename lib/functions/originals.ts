import type { GeneratorKind } from '../calls/context.ts';
import type { AnyFunction } from './source.ts';

/** What is known of a cached function: the function it caches, and the digest of that one's identity. */
export interface CachedFunctionRecord {
  readonly original: AnyFunction;
  readonly digest: string;
  /** What kind of generator it makes, if any. */
  readonly generator: GeneratorKind | undefined;
}

/**
 * All cached functions look alike from outside: one source text serves them all. So what each stands for is kept here,
 * for when one is wrapped again, or is named among the deps of another.
 */
const records = new WeakMap<AnyFunction, CachedFunctionRecord>();

export function recordCached(cached: AnyFunction, record: CachedFunctionRecord): void {
  records.set(cached, record);
}

/** The function that a cached function caches, or undefined for any other function. */
export function originalOf(fn: AnyFunction): AnyFunction | undefined {
  return records.get(fn)?.original;
}

/** The digest of the identity of a cached function, or undefined for any other function. */
export function identityOfCached(fn: AnyFunction): string | undefined {
  return records.get(fn)?.digest;
}

/** Objects of this package: they count as what they are, not by what is in them. */
const ownObjects = new WeakSet<object>();

export function recordOwn(object: object): void {
  ownObjects.add(object);
}

export function isOwnObject(object: object): boolean {
  return ownObjects.has(object);
}

/** What kind of generator a cached function makes; undefined where it makes none, and for any other function. */
export function generatorOfCached(fn: AnyFunction): GeneratorKind | undefined {
  return records.get(fn)?.generator;
}
