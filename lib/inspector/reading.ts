import { MissingItemError, TempCacheError } from '../common/errors.ts';
import { checkId, isItemId } from '../common/ids.ts';
import { checkOptions } from '../options/rows.ts';
import { decodeRecord, type StoredRecord } from '../records/frame.ts';
import { readFailure } from '../records/outcome.ts';
import type { RecordHead } from '../records/head.ts';
import { itemsOfRun } from '../runs/items.ts';
import { Manifest, readEither } from '../runs/manifest.ts';
import { carryOutSync } from '../runtime/steps.ts';
import { compressed } from '../serializers/compressed.ts';
import { jsonSerializer } from '../serializers/json.ts';
import { type Codec, isOwned, type Serializer, toCodec } from '../serializers/serializer.ts';
import { v8Serializer } from '../serializers/v8.ts';
import { type EntryInfo, infoOf } from './entries.ts';
import type { Source } from './source.ts';

/** An entry as it is stored. */
export interface StoredEntry {
  readonly info: EntryInfo;
  /** What the serializer made of the value; for the run of a generator, a list of where its parts are. */
  readonly payload: Uint8Array;
}

/** How a value is to be read. */
export interface LoadOptions {
  /** Those that the program has which saved it, where they are not `v8` or `json`, compressed or not. Default: none. */
  readonly serializers?: readonly Serializer[];
}

/** @throws TypeError (`ERR_INVALID_ARG_VALUE`) for what is no id; MissingItemError, CorruptItemError, StoreError */
export function readEntry(source: Source, id: string): StoredEntry {
  const { head, payload: lent } = recordOf(source, id);
  // What the store lends is valid until its next call, and the head reads from it whenever it is asked.
  const payload = isOwned(lent) ? lent : new Uint8Array(lent);
  const size = head.length + payload.length;
  const lastUsedAt = source.store.stat(id)?.lastUsedAt ?? head.createdAt;
  return { info: infoOf(head, { id, size, lastUsedAt }, source), payload };
}

/**
 * The value, all that the run of a generator gave in an array, or what was thrown where a failure is kept.
 *
 * @throws as {@link readEntry}; TempCacheError (`ERR_TEMPCACHE_UNKNOWN_SERIALIZER`)
 */
export function loadEntry(source: Source, id: string, options: LoadOptions): unknown {
  checkOptions(options, ['serializers'], 'load()');
  const record = recordOf(source, id);
  const codec = codecFor(record.head, options.serializers ?? []);
  const value = (record.head.kind === 'error' ? readFailure : readEither)(record, id, codec);
  if (!(value instanceof Manifest)) return value;
  return carryOutSync(itemsOfRun({ store: source.store, codec }, id, value));
}

/** Valid until the next call of the store. */
function recordOf({ store }: Source, id: string): StoredRecord {
  const parts = isItemId(checkId(id)) ? store.get(id) : undefined;
  if (parts === undefined) throw new MissingItemError('absent', { id, path: store.pathOf(id) });
  return decodeRecord(parts, id);
}

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
