/** How a computed value is stored: whether, under which label, and as which record. */

import { isTempCacheError, UnserializableError } from '../common/errors.ts';
import type { Pace } from '../limits/account.ts';
import { encodeRecord } from '../records/frame.ts';
import type { RecordKind } from '../records/layout.ts';
import type { Codec, Payload } from '../serializers/serializer.ts';
import type { Steps } from '../runtime/steps.ts';
import { labelOf, verdictOn } from './callbacks.ts';
import { observeSkip, observeUnstored } from './observe.ts';
import { isTooLarge, put, type Prepared } from './put.ts';
import { storedForm } from './stored-form.ts';
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
    const { skip, lifetime } = verdictOn(context, value, args);
    if (skip === undefined) {
      const label = context.label === undefined ? '' : labelOf(context, args);
      payload = encodeValue(context.settings.codec, yield* storedForm(context, value, terms), id);
      const record = frame(context, payload, { ...terms, label, lifetime });
      if (!isTooLarge(context, record.parts)) {
        yield* put(context, record, pace);
        return { payload, isStored: true };
      }
    }
    observeSkip(context, id, skip ?? 'maxEntryBytes');
  } catch (error) {
    observeUnstored(context, id, { error, computeMs: terms.computeMs, value });
  }
  return { payload, isStored: false };
}

/** The record of a value, of which the serializer has made these bytes. */
export function frame(context: CallContext, { encoding, bytes }: Payload, terms: RecordTerms): Prepared {
  const { settings } = context;
  const { codec } = settings;
  const createdAt = settings.clock();
  const { kind = 'value', lifetime } = terms;
  // A failure is no value: it has an age of its own, and nothing is served past it.
  const maxAge = kind === 'error' ? lifetime : (settings.maxAge ?? lifetime);
  const grace = kind === 'error' ? 0 : settings.grace;
  const keepUntil = createdAt + Math.min(lifetime, maxAge) + grace;
  const parts = encodeRecord(
    {
      id: terms.id,
      promised: terms.promised,
      kind,
      createdAt,
      expiresAt: createdAt + lifetime,
      keepUntil,
      keepsOwnAge: kind === 'error' || settings.keepsOwnAge,
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
  return { id: terms.id, parts, hints: { expiresAt: keepUntil } };
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
