/** How a computed value is stored: whether, under which label, and as which record. */

import { isPromise } from 'node:util/types';

import { isTempCacheError, TempCacheError, UnserializableError } from '../common/errors.ts';
import type { SkipReason } from '../common/events.ts';
import type { Pace } from '../limits/account.ts';
import { encodeRecord } from '../records/frame.ts';
import type { RecordKind } from '../records/layout.ts';
import type { Codec, Payload } from '../serializers/serializer.ts';
import type { Steps } from '../runtime/steps.ts';
import { observeFailure, observeSkip } from './observe.ts';
import { isTooLarge, put, type Prepared } from './put.ts';
import type { CallContext } from './context.ts';

/** What is said about a computed value. */
export interface Computed {
  readonly id: string;
  readonly args: readonly unknown[];
  /** Whether it came out of a promise. */
  readonly promised: boolean;
  /** Ms that the computation took. */
  readonly computeMs: number;
  /** The fingerprints of the call. Default: none. */
  readonly fingerprints?: Uint8Array | undefined;
  readonly pace: Pace;
}

/** What is said about a value that becomes a record. */
export interface RecordTerms {
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
  readonly fingerprints?: Uint8Array | undefined;
}

const NO_FINGERPRINTS = new Uint8Array(0);

/** The bytes of a value, as far as they were made, and whether they were stored. */
export interface Saved {
  readonly payload: Payload | undefined;
  readonly isStored: boolean;
}

/** Stores the value of a call, where it is to be stored. Every failure is told and swallowed. */
export function* save(context: CallContext, value: unknown, terms: Computed): Steps<Saved> {
  const { id, args, pace } = terms;
  let payload: Payload | undefined;
  try {
    let skip = reasonToSkip(context, value, args);
    if (skip === undefined) {
      const label = context.label === undefined ? '' : labelOf(context, args);
      payload = encodeValue(context.settings.codec, value, id);
      const record = frame(context, payload, { ...terms, label, lifetime: Infinity });
      if (isTooLarge(context, record.parts)) skip = 'maxEntryBytes';
      else yield* put(context, record, pace);
    }
    if (skip === undefined) return { payload, isStored: true };
    observeSkip(context, id, skip);
  } catch (error) {
    observeFailure(context, 'writeFailed', { id, error });
  }
  return { payload, isStored: false };
}

/** The record of a value, of which the serializer has made these bytes. */
export function frame(context: CallContext, { encoding, bytes }: Payload, terms: RecordTerms): Prepared {
  const { settings } = context;
  const { codec, maxAge, grace } = settings;
  const createdAt = settings.clock();
  const expiresAt = createdAt + terms.lifetime;
  const parts = encodeRecord(
    {
      id: terms.id,
      promised: terms.promised,
      kind: terms.kind ?? 'value',
      createdAt,
      expiresAt,
      keepUntil: createdAt + maxAge + grace,
      keepsOwnAge: settings.keepsOwnAge,
      maxAge,
      computeMs: terms.computeMs,
      serializer: codec.name,
      serializerVersion: codec.version,
      encoding,
      name: context.name,
      identity: context.identity,
      label: terms.label,
      fingerprints: terms.fingerprints ?? NO_FINGERPRINTS,
    },
    bytes,
  );
  const hints = { expiresAt: Math.min(expiresAt, createdAt + maxAge) + grace };
  return { id: terms.id, parts, hints };
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
export function reasonToSkip(context: CallContext, value: unknown, args: readonly unknown[]): SkipReason | undefined {
  const { settings, shouldCache } = context;
  if (!settings.maySave) return 'mode';
  if (shouldCache === undefined) return undefined;
  const verdict = ask(context, 'shouldCache', () => shouldCache(value, ...args));
  if (isPromise(verdict)) throw badCallback(`shouldCache of ${context.name} answered with a promise`);
  return verdict ? undefined : 'shouldCache';
}

/**
 * What listings show for a call, or an empty text.
 *
 * @throws TempCacheError (`ERR_TEMPCACHE_CALLBACK`) when the option label throws, or answers with no text.
 */
export function labelOf(context: CallContext, args: readonly unknown[]): string {
  const { label } = context;
  if (label === undefined) return '';
  const text = ask(context, 'label', () => label(...args));
  if (typeof text !== 'string') throw badCallback(`label of ${context.name} did not answer with a text`);
  return text;
}

/** What one of the user's own functions says of a call. Where it fails, that must not look like a failure of the call. */
function ask(context: CallContext, option: string, callback: () => unknown): unknown {
  try {
    return callback();
  } catch (cause) {
    throw badCallback(`${option} of ${context.name} threw`, { cause });
  }
}

function badCallback(fault: string, details: { readonly cause?: unknown } = {}): TempCacheError {
  return new TempCacheError('ERR_TEMPCACHE_CALLBACK', `The option ${fault}: the value is not stored`, details);
}
