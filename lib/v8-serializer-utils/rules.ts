import { isNativeError } from 'node:util/types';
import { UnserializableError } from '../common/errors.ts';
import type { Kind } from '../common/kind.ts';
import type { Reason } from './check-built-in.ts';

/** Something about a value that a serializer may be unable to keep. */
export type Trait = Kind | 'error' | 'symbol' | 'symbol key' | 'last index' | 'resizable' | 'holes';

/** What is stored in place of a value. */
export interface Replacement {
  readonly value: unknown;
}

/** What one serializer can store. */
export interface Rules {
  /** Cycles through what {@link replace} returns cannot be read again by any serializer. */
  readonly cycles: 'allowed' | 'not through replacements' | 'refused';
  /** What else to do about an object of an unknown class, in words that follow "or". */
  readonly cure: string;
  /** Why it cannot keep something that has this trait; undefined if it can. */
  refuse(trait: Trait): Reason;
  /** Why it cannot keep a primitive; without it all but unregistered symbols are kept. */
  refusePrimitive?(value: unknown): Reason;
  /** Asked once for each object, and for each function and primitive. */
  replace(value: unknown, path: () => string): Replacement | undefined;
}

/** What was refused, or a serializer's own error as such: nested too deep for it, or too large. */
export function toRefusal(error: unknown, path = 'value'): UnserializableError {
  if (error instanceof UnserializableError) return error;
  const why =
    isNativeError(error) && error.name === 'RangeError' ? 'it is nested too deep or too large' : String(error);
  return new UnserializableError(`Cannot store the value: ${why}`, { path, cause: error });
}
