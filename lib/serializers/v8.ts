import { checkOptions } from '../options/rows.ts';
import { invalidArgument, TempCacheError } from '../common/errors.ts';
import type { TypeOrClass } from '../v8-serializer-utils/define-type.ts';
import { Reads } from '../v8-serializer-utils/reads.ts';
import { TypeRegistry } from '../v8-serializer-utils/registry.ts';
import { lookAt } from '../v8-serializer-utils/plain.ts';
import { deserializeWith, serializeChecked, serializePlain } from '../v8-serializer-utils/serialize.ts';
import {
  type Body,
  decodeJson,
  decodeRaw,
  encodeJson,
  encodeRaw,
  encodingOf,
  kindOfEncoding,
  LATIN1_JSON,
  STREAM,
  UTF16_JSON,
} from './encodings.ts';
import { type Codec, type CodecSerializer, selfContained } from './serializer.ts';

/** The options of {@link v8Serializer}. */
export interface V8SerializerOptions {
  /** Classes whose instances are stored, by themselves or as types made by `defineType()`; none by default. */
  readonly types?: readonly TypeOrClass[];
  /** `'value'` stores what getters of own properties give when a value is saved, as plain properties; refused by default. */
  readonly accessors?: 'value';
}

/**
 * The default serializer: V8 structured serialization that never loses anything silently, see
 * `tempcache/v8-serializer-utils`. Strings, buffers and typed arrays are stored as they are, buffers and typed arrays
 * loaded without a copy. Plain values that JSON keeps as they are and reads faster are stored as JSON text.
 *
 * What was written by a newer V8, or on a machine with the other byte order, is not read: that is a miss.
 *
 * @throws TypeError (`ERR_INVALID_ARG_VALUE`) for bad options.
 * @throws TempCacheError (`ERR_TEMPCACHE_UNSUPPORTED_RUNTIME`) where the runtime has no V8 serializer, such as Bun.
 */
export function v8Serializer(options: V8SerializerOptions = {}): CodecSerializer {
  checkOptions(options, ['types', 'accessors'], 'v8Serializer()');
  const accessors: unknown = options.accessors;
  if (accessors !== undefined && accessors !== 'value') throw invalidArgument("accessors must be 'value'");
  checkRuntime();
  return selfContained(makeCodec(new TypeRegistry(options.types), accessors === 'value'));
}

function makeCodec(types: TypeRegistry, readsGetters: boolean): Codec {
  return {
    name: 'v8',
    version: 1,
    withTypes: (more) => makeCodec(new TypeRegistry([...types.types, ...more]), readsGetters),
    encode(value) {
      const { kind, bytes } = encode(value, types, readsGetters);
      return { encoding: encodingOf(kind), bytes };
    },
    decode(encoding, bytes) {
      const kind = kindOfEncoding(encoding);
      if (kind === LATIN1_JSON || kind === UTF16_JSON) return decodeJson(kind, bytes);
      return kind === STREAM ? deserializeWith(bytes, types) : decodeRaw(kind, bytes);
    },
  };
}

/** Chooses what is read fastest of what keeps the value. */
function encode(value: unknown, types: TypeRegistry, readsGetters: boolean): Body {
  const raw = isRegistered(value, types) ? undefined : encodeRaw(value);
  if (raw !== undefined) return raw;
  const look = lookAt(value, types);
  if (look === undefined) {
    const reads = readsGetters ? new Reads() : undefined;
    return { kind: STREAM, bytes: serializeChecked(value, types, reads) };
  }
  return encodeJson(value, look) ?? { kind: STREAM, bytes: serializePlain(value) };
}

function isRegistered(value: unknown, types: TypeRegistry): boolean {
  return typeof value === 'object' && value !== null && types.of(value) !== undefined;
}

function checkRuntime(): void {
  try {
    serializeChecked(null, new TypeRegistry());
  } catch (cause) {
    const message = 'This runtime has no V8 serializer: use devalueSerializer() from tempcache/devalue';
    throw new TempCacheError('ERR_TEMPCACHE_UNSUPPORTED_RUNTIME', message, { cause });
  }
}
