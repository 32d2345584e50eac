/** What a store may know of the records that it keeps. */

/**
 * A record as a list of byte strings; joined, they are the record. A writer passes head and payload without copying
 * them together; a reader takes them joined or cut anywhere.
 */
export type Parts = readonly Uint8Array[];

/** Bytes of all parts together. */
export function sizeOf(parts: Parts): number {
  let size = 0;
  for (const part of parts) size += part.length;
  return size;
}

/** Every record tells all about itself but its value in its first 4,096 bytes: `peek` reads no more than that. */
export const HEAD_BYTES = 4096;

/**
 * A record longer than this has a head of exactly {@link HEAD_BYTES}, so that a store may read the rest into memory of
 * its own and hand it over as the second part: then a large value needs no second copy.
 */
export const SPLIT_BYTES = 65_536;

/** What a record begins with: `TCR` and 0x1a, which ends a text file on some systems; little-endian. */
export const MAGIC = 0x1a52_4354;

/** Where a record says how many bytes follow its head: float64, little-endian. */
const PAYLOAD_LENGTH = 16;

/**
 * How many bytes a record of more than {@link SPLIT_BYTES} has, by what it says itself; undefined for what does not begin like a
 * record. What has another number is none, or was cut, and need not be read.
 */
export function sizeOfLarge(record: Uint8Array): number | undefined {
  const view = new DataView(record.buffer, record.byteOffset, record.byteLength);
  if (record.byteLength < HEAD_BYTES || view.getUint32(0, true) !== MAGIC) return undefined;
  return HEAD_BYTES + view.getFloat64(PAYLOAD_LENGTH, true);
}

/** Where a record says when it was saved: ms since the epoch, float64, little-endian. */
const SAVED_AT = 24;

/** The latest time that a date can be, ms since the epoch. */
const LATEST = 8.64e15;

/**
 * When a record was saved, ms since the epoch, from its bytes or the first of them; 0 for bytes that do not tell. For stores
 * that keep no time beside a record.
 */
export function savedAtOf(record: Uint8Array): number {
  if (record.byteLength < SAVED_AT + 8) return 0;
  const savedAt = new DataView(record.buffer, record.byteOffset, record.byteLength).getFloat64(SAVED_AT, true);
  return savedAt > 0 && savedAt <= LATEST ? savedAt : 0;
}

/** One record, as a listing shows it. */
export interface StoreEntry {
  readonly id: string;
  /** Bytes of the record. */
  readonly size: number;
  /** Ms since the epoch of the last use that the store knows of; at least the last save. Coarse. */
  readonly lastUsedAt: number;
}

/** What tells one record of an id from a later one, in numbers of the store's own. */
export interface Stamp {
  readonly file: number;
  readonly changedAt: number;
  readonly size: number;
  /** Whether no later record can have these very numbers. */
  readonly isCertain: boolean;
}

/** The beginning of a record, and what the store knows of it. */
export interface PeekedRecord extends StoreEntry {
  /** The first {@link HEAD_BYTES} bytes, or more, or all of a shorter record; the caller may keep them. */
  readonly head: Uint8Array;
}
