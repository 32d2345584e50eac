import type { Reads } from './reads.ts';
import { checkOptions } from '../options/rows.ts';
import { Checker } from './check.ts';
import type { TypeOrClass } from './define-type.ts';
import { TypeRegistry } from './registry.ts';
import { Lowering } from './lower.ts';
import { lookAt } from './plain.ts';
import { adopt } from './realm.ts';
import { Completed, Reader, Writer } from './stream.ts';
import { toRefusal, V8Rules } from './rules.ts';

/** How to store instances of classes. */
export interface Options {
  /** Classes, by themselves or as types made by `defineType()`; none by default. */
  readonly types?: readonly TypeOrClass[];
}

/** `Uint8Array<ArrayBuffer>`, which is no type before TypeScript 5.7. */
type Bytes = ReturnType<typeof Uint8Array.of>;

const NO_TYPES = new TypeRegistry();

/**
 * The bytes of a value, in V8's format and readable by {@link deserialize}.
 *
 * @throws UnserializableError (`ERR_TEMPCACHE_UNSERIALIZABLE`) with the `path` of what would not come back as it is.
 * @throws TypeError (`ERR_INVALID_ARG_VALUE`) for bad options.
 */
export function serialize(value: unknown, options?: Options): Bytes {
  return serializeWith(value, toRegistry('serialize()', options));
}

/**
 * The value that {@link serialize} was given, every object of it new and in memory of its own. Give it bytes that you
 * trust: any bytes at all yield a value or an error, but a stranger's value may be anything.
 *
 * @throws Error for bytes that are cut, damaged, of a newer V8, or of a type that is not registered.
 * @throws TypeError (`ERR_INVALID_ARG_VALUE`) for bad options.
 */
export function deserialize(bytes: Uint8Array, options?: Options): unknown {
  return deserializeWith(bytes, toRegistry('deserialize()', options));
}

function toRegistry(where: string, options: Options | undefined): TypeRegistry {
  if (options === undefined) return NO_TYPES;
  checkOptions(options, ['types'], where);
  return new TypeRegistry(options.types);
}

/** As {@link serialize}, with types that are checked already. */
function serializeWith(value: unknown, types: TypeRegistry): Uint8Array<ArrayBuffer> {
  return lookAt(value, types) === undefined ? serializeChecked(value, types) : serializePlain(value);
}

/** As {@link serialize}, for what {@link lookAt} has found to be plain. */
export function serializePlain(value: unknown): Uint8Array<ArrayBuffer> {
  return refusing(() => writePlain(value));
}

/** As {@link serialize}, with types that are checked already, for what may be anything. */
export function serializeChecked(value: unknown, types: TypeRegistry, reads?: Reads): Uint8Array<ArrayBuffer> {
  return refusing(() => writeChecked(value, types, reads));
}

function refusing<T>(write: () => T): T {
  try {
    return write();
  } catch (error) {
    throw toRefusal(error);
  }
}

/** As {@link deserialize}, with types that are checked already. */
export function deserializeWith(bytes: Uint8Array, types: TypeRegistry): unknown {
  const value: unknown = new Reader(bytes, types).readValue();
  return value instanceof Completed ? value.value : adopt(value);
}

function writePlain(value: unknown): Uint8Array<ArrayBuffer> {
  const writer = new Writer();
  writer.writeValue(value);
  return release(writer);
}

function writeChecked(value: unknown, types: TypeRegistry, reads?: Reads): Uint8Array<ArrayBuffer> {
  let rules = new V8Rules(types, reads);
  new Checker(rules).check(value);
  if (reads?.close() === true) {
    // A getter may have changed what was checked before it: this walk runs none.
    rules = new V8Rules(types, reads);
    new Checker(rules).check(value);
  }
  if (!rules.special) return writePlain(value);
  const lowering = new Lowering(value, rules);
  const writer = new Writer(lowering.shells);
  writer.writeProgram(lowering.program);
  return release(writer);
}

/** V8 hands its memory over; only as much of it as was written counts. */
function release(writer: Writer): Uint8Array<ArrayBuffer> {
  const { buffer, byteOffset, byteLength } = writer.releaseBuffer();
  return new Uint8Array(buffer, byteOffset, byteLength);
}
