import { endianness } from 'node:os';
import v8 from 'node:v8';
import { checkOptions } from '../options.ts';
import { TempCacheError } from '../errors.ts';
import { TypeRegistry, type ValueType } from '../v8-serializer-utils/define-type.ts';
import { deserializeWith, serializeWith } from '../v8-serializer-utils/serialize.ts';
import { decodeRaw, encodeRaw } from './raw.ts';
import { selfContained } from './self-contained.ts';
import type { Codec, CodecSerializer } from './serializer.ts';

/** The options of {@link v8Serializer}. */
export interface V8SerializerOptions {
  /** How to store instances of classes, each made by `defineType()`; none by default. */
  readonly types?: readonly ValueType[];
}

/**
 * The encoding of a payload is `engine << 16 | wire version << 8 | kind`. The kind 0 is a stream of V8's in that wire
 * version; the others are raw bytes, see `raw.ts`, without a wire version.
 */
const ENGINE: number = endianness() === 'LE' ? 1 : 2;
const WIRE_VERSION: number = v8.serialize(null)[1] ?? 0;
const STREAM: number = (ENGINE << 16) | (WIRE_VERSION << 8);

/**
 * The default serializer: V8 structured serialization that never loses anything silently, see
 * `tempcache/v8-serializer-utils`. Strings, buffers and typed arrays are stored as they are and loaded without a copy.
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
    encode(value) {
      const raw = isRegistered(value, types) ? undefined : encodeRaw(value);
      if (raw !== undefined) return { encoding: (ENGINE << 16) | raw.kind, bytes: raw.bytes };
      return { encoding: STREAM, bytes: serializeWith(value, types) };
    },
    decode(encoding, bytes) {
      if (encoding === STREAM) return deserializeWith(bytes, types);
      const kind = checkEncoding(encoding);
      return kind === 0 ? deserializeWith(bytes, types) : decodeRaw(kind, bytes);
    },
  };
}

function isRegistered(value: unknown, types: TypeRegistry): boolean {
  return typeof value === 'object' && value !== null && types.of(value) !== undefined;
}

/** The kind, once it is clear that this runtime reads it. */
function checkEncoding(encoding: number): number {
  if (encoding >>> 16 !== ENGINE)
    throw new Error('The value was written by an engine whose format differs from this one');
  const wireVersion = (encoding >>> 8) & 0xff;
  if (wireVersion > WIRE_VERSION) {
    throw new Error(
      `The value was written in V8's format ${wireVersion}, and this runtime reads up to ${WIRE_VERSION}`,
    );
  }
  return encoding & 0xff;
}

function checkRuntime(): void {
  try {
    serializeWith(null, new TypeRegistry());
  } catch (cause) {
    const message = 'This runtime has no V8 serializer: use devalueSerializer() from tempcache/devalue';
    throw new TempCacheError('ERR_TEMPCACHE_UNSUPPORTED_RUNTIME', message, { cause });
  }
}
