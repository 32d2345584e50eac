/** What is decided about a value that is to be stored. Nothing here touches a store. */

import { isPromise } from 'node:util/types';

import { isTempCacheError, TempCacheError, UnserializableError } from '../common/errors.ts';
import type { SkipReason } from '../common/events.ts';
import { encodeRecord } from '../records/frame.ts';
import type { RecordKind } from '../records/layout.ts';
import type { Codec, Payload } from '../serializers/serializer.ts';
import type { Parts, StoreHints } from '../stores/store.ts';
import type { Site, Work } from './context.ts';

/** What is said about a value that is to be stored. */
export interface SaveTerms {
  readonly id: string;
  readonly label: string;
  readonly computeMs: number;
  /** Whether the value came out of a promise. */
  readonly promised: boolean;
  /** Ms; a lifetime for this value alone, `Infinity` for none. */
  readonly lifetime: number;
  /** Default: a value. */
  readonly kind?: RecordKind;
  /** Default: none. */
  readonly marks?: Uint8Array | undefined;
}

const NO_MARKS = new Uint8Array(0);

/** A record that is ready for a store. */
export interface Prepared {
  readonly id: string;
  readonly parts: Parts;
  readonly hints: StoreHints;
}

/** The marks of a call that is about to be computed, for its record; undefined where it will have none. Never throws. */
export function marksFor({ settings }: Site, id: string, work: Work): Uint8Array | undefined {
  return settings.maySave ? work.marks?.(id, work) : undefined;
}

/** @throws UnserializableError for a value that the serializer cannot store whole. */
export function prepare(site: Site, value: unknown, terms: SaveTerms): Prepared {
  return frame(site, encodeValue(site.settings.codec, value, terms.id), terms);
}

/** As {@link prepare} for bytes that were made already. */
export function frame(site: Site, { encoding, bytes }: Payload, terms: SaveTerms): Prepared {
  const { settings } = site;
  const createdAt = settings.clock();
  const expiresAt = createdAt + terms.lifetime;
  const parts = encodeRecord(
    {
      id: terms.id,
      promised: terms.promised,
      kind: terms.kind ?? 'value',
      createdAt,
      expiresAt,
      keepUntil: createdAt + settings.maxAge + settings.grace,
      keepsOwnAge: settings.keepsOwnAge,
      maxAge: settings.maxAge,
      computeMs: terms.computeMs,
      serializer: settings.codec.name,
      serializerVersion: settings.codec.version,
      encoding,
      name: site.name,
      identity: site.identity,
      label: terms.label,
      marks: terms.marks ?? NO_MARKS,
    },
    bytes,
  );
  return {
    id: terms.id,
    parts,
    hints: { expiresAt: Math.min(expiresAt, createdAt + settings.maxAge) + settings.grace },
  };
}

/** @throws UnserializableError for a value that the serializer cannot store whole. */
export function encodeValue(codec: Codec, value: unknown, id: string): Payload {
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
