/** What is decided about a record, for sync and async stores alike. Nothing here touches a store. */

import { performance } from 'node:perf_hooks';

import { CorruptItemError } from '../common/errors.ts';
import type { MissReason } from '../common/events.ts';
import { decodeRecord, type StoredRecord } from './frame.ts';
import { ageOf, isFresh, isWithinGrace, type Clock } from './freshness.ts';
import type { Codec } from '../serializers/serializer.ts';
import type { Parts } from '../stores/store.ts';

/** By what a reader judges records. */
export interface Reader {
  readonly codec: Codec;
  readonly clock: Clock;
  /** Ms; undefined: that of the record. */
  readonly maxAge: number | undefined;
  /** Ms past maxAge for which a value is served while it is computed anew. */
  readonly staleWhileRevalidate: number;
  /** Ms past maxAge for which a value stands in for a computation that fails. */
  readonly staleIfError: number;
  /** Ms past maxAge for which a record may be of use: the longer of the two. */
  readonly grace: number;
}

/** How a call came to its value: from a fresh record, from one past its age, by computing, by another's computing. */
export type CallStatus = 'hit' | 'stale' | 'miss' | 'coalesced';

/** A value and how a call came to it. */
export interface Outcome {
  readonly hasValue: true;
  readonly status: CallStatus;
  readonly value: unknown;
  /** Ms since it was saved. */
  readonly age: number;
  /** When this call found the stored value, in ms since the epoch; undefined where it computed, or joined another call. */
  readonly foundAt?: number | undefined;
  /** Whether it came out of a promise. */
  readonly promised: boolean;
  /** Ms that its computation took, now or when it was saved. */
  readonly computeMs: number;
  /** Ms that it took to read and decode what is stored. Default: next to none. */
  readonly loadMs?: number | undefined;
  /** Why it had to be computed; undefined for one that was not, and where none was looked for. */
  readonly reason?: MissReason | undefined;
}

/** Why there is no value. */
export interface NotFound {
  readonly hasValue: false;
  readonly reason: MissReason;
  /** What is wrong with the record. */
  readonly error?: unknown;
  /** When a value was saved that is not good, ms since the epoch. */
  readonly savedAt?: number;
  /** Whether the store could not be read. */
  readonly unreadable?: boolean;
  /** What may stand in when the computation fails. */
  readonly fallback?: Outcome | undefined;
  /** What the computation has thrown lately, and is to throw again. */
  readonly failure?: Failure | undefined;
}

/** What a function has thrown. */
export interface Failure {
  readonly error: unknown;
  /** Whether it came out of a promise. */
  readonly promised: boolean;
}

/** What a look at the place of a value comes to. */
export type Finding = Outcome | NotFound;

export const ABSENT: NotFound = { hasValue: false, reason: 'absent' };
/** The answer of a store that failed: it is not asked again for this call, but to store the value. */
export const UNREADABLE: NotFound = { hasValue: false, reason: 'absent', unreadable: true };
export const EXPIRED: NotFound = { hasValue: false, reason: 'expired' };
/** The answer of a cache that is told not to read. */
export const UNREAD: NotFound = { hasValue: false, reason: 'refresh' };

/** A value that was just computed. */
export function computed(value: unknown, terms: Pick<Outcome, 'promised' | 'computeMs' | 'reason'>): Outcome {
  const { promised, computeMs, reason } = terms;
  return { hasValue: true, status: 'miss', value, age: 0, promised, computeMs, reason };
}

/** Judges what a store had for an id: a record of this codec that is not too old is a hit, all else a miss. Never throws. */
export function judge(parts: Parts | undefined, id: string, settings: Reader): Finding {
  return judgeAs(parts, id, { settings, read: readValue });
}

/**
 * As {@link judge} for records of other kinds, which `read` makes a value of, and for those whose checksum was taken before.
 */
export function judgeAs(parts: Parts | undefined, id: string, terms: JudgeTerms): Finding {
  if (parts === undefined) return ABSENT;
  try {
    const { settings, read, startedAt } = terms;
    const record = decodeRecord(parts, id, terms.checksum);
    const now = settings.clock();
    if (isFresh(record.head, settings.maxAge, now)) {
      return found(record, id, { settings, now, status: 'hit', read, startedAt });
    }
    return settings.grace === 0 ? EXPIRED : judgeOld(record, id, { settings, now, read, startedAt });
  } catch (error) {
    return error === NO_VALUE ? ABSENT : { hasValue: false, reason: 'corrupt', error };
  }
}

interface JudgeTerms {
  readonly settings: Reader;
  readonly read: ReadRecord;
  /** Default: it is taken now. */
  readonly checksum?: number | undefined;
  /** When the store was asked, as `performance.now()` says it. Default: how long it takes is not measured. */
  readonly startedAt?: number | undefined;
}

function judgeOld(
  record: StoredRecord,
  id: string,
  { settings, now, read, startedAt }: Omit<FoundTerms, 'status'>,
): Finding {
  const { maxAge, staleWhileRevalidate, staleIfError } = settings;
  const mayServe = isWithinGrace(record.head, { maxAge, grace: staleWhileRevalidate }, now);
  const mayStandIn = isWithinGrace(record.head, { maxAge, grace: staleIfError }, now);
  if (!mayServe && !mayStandIn) return EXPIRED;
  const stale = found(record, id, { settings, now, status: 'stale', read, startedAt });
  return mayServe ? stale : { ...EXPIRED, fallback: stale };
}

interface FoundTerms {
  readonly settings: Reader;
  readonly now: number;
  readonly status: CallStatus;
  readonly read: ReadRecord;
  readonly startedAt: number | undefined;
}

function found(record: StoredRecord, id: string, { settings, now, status, read, startedAt }: FoundTerms): Outcome {
  // Read first: what a user's `decode` does with this very cache may put another record in the place of a lent one.
  const { promised, computeMs } = record.head;
  const age = ageOf(record.head, now);
  const value = read(record, id, settings.codec);
  const loadMs = startedAt === undefined ? undefined : performance.now() - startedAt;
  return { hasValue: true, status, value, age, foundAt: now, promised, computeMs, loadMs };
}

/** The bytes of a value, and the number that the codec gave them. */
interface EncodedValue {
  readonly head: { readonly encoding: number };
  readonly payload: Uint8Array;
}

/** What makes a value of a good record. It throws for one that is not of its kind. */
export type ReadRecord = (record: StoredRecord, id: string, codec: Codec) => unknown;

/** Thrown for a record that is a failure: to those who look for a value it is not there. */
const NO_VALUE = new Error('A failure is no value');

/** @throws CorruptItemError when it is no value, another serializer wrote the record, or this one cannot read it. */
export function readValue(record: StoredRecord, id: string, codec: Codec): unknown {
  const { kind } = record.head;
  if (kind === 'error') throw NO_VALUE;
  if (kind !== 'value') throw new CorruptItemError(`The record of ${id} is no value of its own`, { id });
  checkCodec(record, id, codec);
  return decodeValue(record, id, codec);
}

/** What a function has thrown. @throws CorruptItemError as {@link readValue}, for a value too */
export function readFailure(record: StoredRecord, id: string, codec: Codec): unknown {
  if (record.head.kind !== 'error') throw new CorruptItemError(`The record of ${id} is no failure`, { id });
  checkCodec(record, id, codec);
  return decodeValue(record, id, codec);
}

/** Whether there is a value, without making it. @throws CorruptItemError as {@link checkCodec} */
export const checkKind: ReadRecord = (record, id, codec) => {
  if (record.head.kind === 'error') throw NO_VALUE;
  checkCodec(record, id, codec);
};

/** @throws CorruptItemError when the serializer cannot read the bytes. */
export function decodeValue({ head, payload }: EncodedValue, id: string, codec: Codec): unknown {
  try {
    return codec.decode(head.encoding, payload);
  } catch (cause) {
    throw new CorruptItemError(`The serializer "${codec.name}" cannot read the record of ${id}`, { id, cause });
  }
}

/** @throws CorruptItemError when another serializer wrote the record. */
export function checkCodec({ head }: StoredRecord, id: string, codec: Codec): void {
  if (head.isBy(codec.name, codec.version)) return;
  const writer = `"${head.serializer}" version ${head.serializerVersion}`;
  const reader = `"${codec.name}" version ${codec.version}`;
  throw new CorruptItemError(`The record of ${id} was written by ${writer}, not by ${reader}`, { id });
}
