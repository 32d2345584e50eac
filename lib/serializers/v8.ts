import { checkOptions } from '../options/rows.ts';
import { TempCacheError } from '../common/errors.ts';
import type { TypeOrClass } from '../v8-serializer-utils/define-type.ts';
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
  checkOptions(options, ['types'], 'v8Serializer()');
  checkRuntime();
  return selfContained(makeCodec(new TypeRegistry(options.types)));
}

function makeCodec(types: TypeRegistry): Codec {
  return {
    name: 'v8',
    version: 1,
    withTypes: (more) => makeCodec(new TypeRegistry([...types.types, ...more])),
    encode(value) {
      const { kind, bytes } = encode(value, types);
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
function encode(value: unknown, types: TypeRegistry): Body {
  const raw = isRegistered(value, types) ? undefined : encodeRaw(value);
  if (raw !== undefined) return raw;
  const look = lookAt(value, types);
  if (look === undefined) return { kind: STREAM, bytes: serializeChecked(value, types) };
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
