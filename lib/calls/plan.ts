/** What is decided about a record or a value, for sync and async stores alike. Nothing here touches a store. */

import { isPromise } from 'node:util/types';

import { CorruptItemError, isTempCacheError, TempCacheError, UnserializableError } from '../errors.ts';
import type { MissReason, SkipReason } from '../events.ts';
import { decodeRecord, encodeRecord, type StoredRecord } from '../records/frame.ts';
import { isFresh } from '../records/freshness.ts';
import type { Codec } from '../serializers/serializer.ts';
import type { Parts, StoreHints } from '../stores/store.ts';
import type { Settings } from './settings.ts';
import type { Site } from './site.ts';

/** A value that was found. */
export interface Found {
  readonly hit: true;
  readonly value: unknown;
  /** Whether it came out of a promise. */
  readonly promised: boolean;
}

/** Why there is none. */
export interface NotFound {
  readonly hit: false;
  readonly reason: MissReason;
  /** What is wrong with the record. */
  readonly error?: unknown;
}

export const ABSENT: NotFound = { hit: false, reason: 'absent' };
const EXPIRED: NotFound = { hit: false, reason: 'expired' };
/** The answer of a cache that is told not to read. */
export const UNREAD: NotFound = { hit: false, reason: 'refresh' };

/** Judges what a store had for an id: a fresh record of this codec is a hit, all else is a miss. Never throws. */
export function judge(parts: Parts | undefined, id: string, settings: Settings): Found | NotFound {
  if (parts === undefined) return ABSENT;
  try {
    const record = decodeRecord(parts, id);
    if (!isFresh(record.head, settings.maxAge, settings.clock())) return EXPIRED;
    // Read first: what a user's `decode` does with this very cache may put another record in the place of a lent one.
    const { promised } = record.head;
    return { hit: true, value: readValue(record, id, settings.codec), promised };
  } catch (error) {
    return { hit: false, reason: 'corrupt', error };
  }
}

/** As {@link judge} without making the value: what `exists` asks for. */
export function judgeRecord(parts: Parts | undefined, id: string, settings: Settings): boolean {
  if (parts === undefined) return false;
  try {
    const record = decodeRecord(parts, id);
    checkCodec(record, id, settings.codec);
    return isFresh(record.head, settings.maxAge, settings.clock());
  } catch {
    return false;
  }
}

/** @throws CorruptItemError when another serializer wrote the record, or this one cannot read it. */
function readValue(record: StoredRecord, id: string, codec: Codec): unknown {
  checkCodec(record, id, codec);
  try {
    return codec.decode(record.head.encoding, record.payload);
  } catch (cause) {
    throw new CorruptItemError(`The serializer "${codec.name}" cannot read the record of ${id}`, { id, cause });
  }
}

function checkCodec({ head }: StoredRecord, id: string, codec: Codec): void {
  if (head.isBy(codec.name, codec.version)) return;
  const writer = `"${head.serializer}" version ${head.serializerVersion}`;
  const reader = `"${codec.name}" version ${codec.version}`;
  throw new CorruptItemError(`The record of ${id} was written by ${writer}, not by ${reader}`, { id });
}

/** What is said about a value that is to be stored. */
export interface SaveTerms {
  readonly id: string;
  readonly label: string;
  readonly computeMs: number;
  /** Whether the value came out of a promise. */
  readonly promised: boolean;
  /** Ms; a lifetime for this value alone, `Infinity` for none. */
  readonly lifetime: number;
}

/** A record that is ready for a store. */
export interface Prepared {
  readonly parts: Parts;
  readonly hints: StoreHints;
}

/** @throws UnserializableError for a value that the serializer cannot store whole. */
export function prepare(site: Site, value: unknown, terms: SaveTerms): Prepared {
  const { settings } = site;
  const { encoding, bytes } = encodeValue(settings.codec, value, terms.id);
  const createdAt = settings.clock();
  const expiresAt = createdAt + terms.lifetime;
  const parts = encodeRecord(
    {
      id: terms.id,
      promised: terms.promised,
      createdAt,
      expiresAt,
      keepUntil: settings.keepsOwnAge ? createdAt + settings.maxAge : 0,
      computeMs: terms.computeMs,
      serializer: settings.codec.name,
      serializerVersion: settings.codec.version,
      encoding,
      name: site.name,
      label: terms.label,
    },
    bytes,
  );
  return { parts, hints: { expiresAt: Math.min(expiresAt, createdAt + settings.maxAge) } };
}

function encodeValue(codec: Codec, value: unknown, id: string): ReturnType<Codec['encode']> {
  try {
    return codec.encode(value);
  } catch (cause) {
    if (isTempCacheError(cause)) throw cause;
    throw new UnserializableError(`The serializer "${codec.name}" cannot store the value of ${id}`, { id, cause });
  }
}

/**
 * Why a computed value is not to be stored, or undefined when it is.
 *
 * @throws TempCacheError (`ERR_TEMPCACHE_CALLBACK`) when the option shouldCache throws, or answers with a promise,
 * which would be true whatever comes out of it.
 */
export function reasonToSkip(site: Site, value: unknown, args: readonly unknown[]): SkipReason | undefined {
  const { settings, shouldCache } = site;
  if (!settings.maySave) return 'mode';
  if (shouldCache === undefined) return undefined;
  const verdict = ask(site, 'shouldCache', () => shouldCache(value, ...args));
  if (isPromise(verdict)) throw badCallback(`shouldCache of ${site.name} answered with a promise`);
  return verdict ? undefined : 'shouldCache';
}

/**
 * What listings show for a call, or an empty text.
 *
 * @throws TempCacheError (`ERR_TEMPCACHE_CALLBACK`) when the option label throws, or answers with no text.
 */
export function labelOf(site: Site, args: readonly unknown[]): string {
  const { label } = site;
  if (label === undefined) return '';
  const text = ask(site, 'label', () => label(...args));
  if (typeof text !== 'string') throw badCallback(`label of ${site.name} did not answer with a text`);
  return text;
}

/** What one of the user's own functions says of a call. Where it fails, that must not look like a failure of the call. */
function ask(site: Site, option: string, callback: () => unknown): unknown {
  try {
    return callback();
  } catch (cause) {
    throw badCallback(`${option} of ${site.name} threw`, { cause });
  }
}

function badCallback(fault: string, details: { readonly cause?: unknown } = {}): TempCacheError {
  return new TempCacheError('ERR_TEMPCACHE_CALLBACK', `The option ${fault}: the value is not stored`, details);
}
