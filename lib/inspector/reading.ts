import { checkId, isItemId } from '../common/ids.ts';
import { Manifest, readEither } from '../runs/manifest.ts';
import { itemsOfRun } from '../runs/items.ts';
import { carryOutSync } from '../runtime/steps.ts';
import { MissingItemError } from '../common/errors.ts';
import { checkOptions } from '../options/parse.ts';
import { decodeRecord, type StoredRecord } from '../records/frame.ts';
import { isOwned, type Serializer } from '../serializers/serializer.ts';
import { infoOf, type EntryInfo } from './entry-info.ts';
import { codecFor } from './serializers.ts';
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
 * The value, or all that the run of a generator gave in an array.
 *
 * @throws as {@link readEntry}; TempCacheError (`ERR_TEMPCACHE_UNKNOWN_SERIALIZER`)
 */
export function loadEntry(source: Source, id: string, options: LoadOptions): unknown {
  checkOptions(options, ['serializers'], 'load()');
  const record = recordOf(source, id);
  const codec = codecFor(record.head, options.serializers ?? []);
  const value = readEither(record, id, codec);
  if (!(value instanceof Manifest)) return value;
  return carryOutSync(itemsOfRun({ store: source.store, codec }, id, value));
}

/** Valid until the next call of the store. */
function recordOf({ store }: Source, id: string): StoredRecord {
  const parts = isItemId(checkId(id)) ? store.get(id) : undefined;
  if (parts === undefined) throw new MissingItemError('absent', { id, path: store.pathOf(id) });
  return decodeRecord(parts, id);
}
