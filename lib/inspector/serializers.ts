import { TempCacheError } from '../common/errors.ts';
import type { RecordHead } from '../records/head.ts';
import { compressed } from '../serializers/compressed.ts';
import { jsonSerializer } from '../serializers/json.ts';
import { toCodec, type Codec, type Serializer } from '../serializers/serializer.ts';
import { v8Serializer } from '../serializers/v8.ts';

/** What `compressed()` puts before the name of the serializer that it was given. */
const COMPRESSED = 'compressed-';

/**
 * The serializer of this package that has a name, as records and {@link EntryInfo} tell it: `v8`, `json`, `devalue`, or
 * `compressed-` and one of these. Undefined for any other name: that one only the program knows that saved the value.
 */
export async function serializerNamed(name: string): Promise<Serializer | undefined> {
  if (innermost(name) !== 'devalue') return builtIn(name, []);
  const { devalueSerializer } = await import('../serializers/devalue.ts');
  return builtIn(name, [devalueSerializer()]);
}

/**
 * What reads a record: a serializer that was given, or one of the package that costs nothing to have.
 *
 * @throws TempCacheError (`ERR_TEMPCACHE_UNKNOWN_SERIALIZER`)
 */
export function codecFor(head: RecordHead, given: readonly Serializer[]): Codec {
  const { id, serializer: name, serializerVersion: version } = head;
  const ofThisVersion = given.filter((serializer) => toCodec(serializer).version === version);
  const found = builtIn(name, [...ofThisVersion, ...given]);
  if (found !== undefined) return toCodec(found);
  const how = innermost(name) === 'devalue' ? 'devalueSerializer() of tempcache/devalue' : 'the one of that program';
  const message = `The value of ${id} was saved with the serializer "${name}": load it with { serializers: [...] } and ${how}`;
  throw new TempCacheError('ERR_TEMPCACHE_UNKNOWN_SERIALIZER', message, { id });
}

function builtIn(name: string, given: readonly Serializer[]): Serializer | undefined {
  const own = given.find((serializer) => serializer.name === name);
  if (own !== undefined) return own;
  if (name === 'v8') return v8Serializer();
  if (name === 'json') return jsonSerializer();
  if (!name.startsWith(COMPRESSED)) return undefined;
  const inner = builtIn(name.slice(COMPRESSED.length), given);
  return inner && compressed(inner);
}

function innermost(name: string): string {
  return name.startsWith(COMPRESSED) ? innermost(name.slice(COMPRESSED.length)) : name;
}
