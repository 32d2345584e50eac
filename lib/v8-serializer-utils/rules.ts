import { isNativeError } from 'node:util/types';
import { UnserializableError } from '../common/errors.ts';
import type { Kind } from '../common/kind.ts';
import { TEMPORAL_KINDS } from '../common/temporal.ts';
import type { Departures, Key } from './properties.ts';
import type { Reads } from './reads.ts';
import type { Reason } from './check-built-in.ts';
import type { Trail } from './trail.ts';
import type { AnyType } from './define-type.ts';
import type { TypeRegistry } from './registry.ts';
import { encodeOfRuntime } from './runtime-types.ts';

/** Something about a value that a serializer may be unable to keep. */
export type Trait =
  | Kind
  | 'error'
  | 'symbol'
  | 'symbol key'
  | 'last index'
  | 'resizable'
  | 'holes'
  /** A property that is not enumerable. */
  | 'hidden'
  /** A property of an array besides its elements. */
  | 'named'
  /** A property of another object with content of its own. */
  | 'further';

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
  /** Told of each object with properties or a state that are lost where no serializer cares for them. */
  departs?(value: object, departures: Departures): void;
  /** Whether an object of an unknown class is taken by its properties; throws where that would not be all of it. */
  takes?(value: object, trail: Trail): boolean;
  /** Whether a function is stored as a reference to it. */
  refersTo?(fn: object): boolean;
  /** A getter or setter as a property with its value of now; undefined where it is refused. */
  read?(owner: object, key: Key, trail: Trail): PropertyDescriptor | undefined;
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

/** What `encode` of a registered type made of an instance. */
export interface Encoded extends Replacement {
  readonly type: AnyType;
}

/** What V8 does not write by itself, or not whole. */
const SPECIAL: ReadonlySet<Trait> = new Set<Trait>([
  'null',
  'symbol',
  'symbol key',
  'last index',
  'error',
  'hidden',
  'further',
  'Symbol',
  'URL',
  'URLSearchParams',
  ...TEMPORAL_KINDS,
]);

/** What V8 stores: everything that the walk admits, and instances of registered types. */
export class V8Rules implements Rules {
  /** Whether something needs more than V8 itself offers. */
  special = false;
  /** The instances of registered types. */
  readonly encoded: Map<object, Encoded> = new Map();
  readonly departures: Map<object, Departures> = new Map();
  /** Instances that are taken by their properties. */
  readonly instances: Map<object, AnyType> = new Map();
  /** Classes that are referred to. */
  readonly classes: Map<object, AnyType> = new Map();
  readonly cycles: 'allowed' | 'not through replacements';
  readonly cure = 'name its class in { types: [...] }';
  readonly #types: TypeRegistry;
  /** What getters gave; undefined where they are refused. */
  readonly reads: Reads | undefined;

  constructor(types: TypeRegistry, reads?: Reads) {
    this.#types = types;
    this.reads = reads;
    this.cycles = types.hasEncoders ? 'not through replacements' : 'allowed';
  }

  refuse(trait: Trait): undefined {
    if (SPECIAL.has(trait)) this.special = true;
  }

  departs(value: object, departures: Departures): void {
    this.departures.set(value, departures);
    if (departures.flagged !== undefined || departures.level > 0) this.special = true;
  }

  read(owner: object, key: Key, trail: Trail): PropertyDescriptor | undefined {
    this.special = true;
    return this.reads?.read(owner, key, trail);
  }

  takes(value: object, trail: Trail): boolean {
    const type = this.#types.reaching(value);
    if (type === undefined) return false;
    trail.mind(this.#types.refusal(value, type));
    this.instances.set(value, type);
    return (this.special = true);
  }

  refersTo(fn: object): boolean {
    const type = this.#types.ofClass(fn);
    if (type === undefined) return false;
    this.classes.set(fn, type);
    return (this.special = true);
  }

  replace(value: unknown, path: () => string): Replacement | undefined {
    if (typeof value !== 'object' || value === null) return undefined;
    const type = this.#types.of(value);
    if (type === undefined) return this.#ofRuntime(value);
    if (type.encode === undefined) return undefined;
    this.special = true;
    try {
      const encoded = { type, value: type.encode(value) };
      this.encoded.set(value, encoded);
      return encoded;
    } catch (cause) {
      const message = `encode() of the type "${type.name}" failed for ${path()}: ${String(cause)}`;
      throw new UnserializableError(message, { path: path(), cause });
    }
  }

  #ofRuntime(value: object): Replacement | undefined {
    const encoded = isOrdinary(value) ? undefined : encodeOfRuntime(value);
    if (encoded === undefined) return undefined;
    this.special = true;
    this.encoded.set(value, encoded);
    return encoded;
  }
}

/** Most objects are: to ask more of them would take time. */
function isOrdinary(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === Array.prototype || prototype === null;
}
