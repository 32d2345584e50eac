import { Buffer } from 'node:buffer';
import { crc32 } from 'node:zlib';
import { CorruptItemError } from '../common/errors.ts';
import { HEAD_BYTES, type Parts, SPLIT_BYTES } from '../stores/store.ts';
import { type RecordFields, RecordHead } from './head.ts';
import { AT, FIXED_BYTES, FORMAT, KIND_FLAG, LIMITS, MAGIC } from './layout.ts';

/** A payload of up to this many bytes is copied after its head: one `write` of one buffer is cheaper than one of two. */
const COPIED_BYTES = 16_384;

const { byteLength } = Buffer;

/** Where the bytes begin that the checksum of the head is of. */
const AFTER_CHECKSUMS = 12;

/** A record that was checked: its head, and the bytes of its value. */
export interface StoredRecord {
  readonly head: RecordHead;
  readonly payload: Uint8Array;
}

/**
 * Head and payload of a record, ready for a store: in one piece where that is small, else the payload is not copied.
 */
export function encodeRecord(fields: RecordFields, payload: Uint8Array): Parts {
  const name = nameInRecord(fields.name);
  const label = cutText(fields.label, LIMITS.label);
  const fingerprints = fields.fingerprints.subarray(0, LIMITS.fingerprints);
  const lengths = { serializer: byteLength(fields.serializer), name: byteLength(name), label: byteLength(label) };
  const extra = lengths.serializer + lengths.name + lengths.label + fingerprints.length;
  const headLength = headLengthFor(extra, payload.length);
  const isSmall = payload.length <= COPIED_BYTES;
  const bytes = Buffer.allocUnsafe(isSmall ? headLength + payload.length : headLength).fill(0, 0, headLength);
  writeFields(bytes, fields, headLength);
  bytes.writeDoubleLE(payload.length, AT.payloadLength);
  bytes[AT.serializerLength] = lengths.serializer;
  bytes.writeUInt16LE(lengths.name, AT.nameLength);
  bytes.writeUInt16LE(lengths.label, AT.labelLength);
  bytes.writeUInt16LE(fingerprints.length, AT.fingerprintsLength);
  let at = FIXED_BYTES;
  for (const text of [fields.serializer, name, label]) at += bytes.write(text, at);
  bytes.set(fingerprints, at);
  bytes.writeUInt32LE(crc32(bytes.subarray(AFTER_CHECKSUMS, headLength)), AT.headChecksum);
  if (isSmall) bytes.set(payload, headLength);
  const parts = isSmall ? [bytes] : [bytes, payload];
  bytes.writeUInt32LE(checksumOf(bytes, isSmall ? undefined : payload), AT.checksum);
  return parts;
}

/** The fields that have a fixed place. */
function writeFields(head: Buffer, fields: RecordFields, headLength: number): void {
  head.writeUInt32LE(MAGIC, AT.magic);
  head[AT.format] = FORMAT;
  const { kind = 'value', promised } = fields;
  head[AT.flags] = KIND_FLAG[kind] | (promised && (kind === 'value' || kind === 'error') ? 1 : 0);
  head.writeUInt16LE(headLength, AT.headLength);
  head.writeDoubleLE(fields.createdAt, AT.createdAt);
  head.writeDoubleLE(fields.expiresAt, AT.expiresAt);
  head.writeDoubleLE(fields.keepUntil, AT.keepUntil);
  head[AT.keepsOwnAge] = fields.keepsOwnAge ? 1 : 0;
  head.writeDoubleLE(fields.maxAge, AT.maxAge);
  head.writeDoubleLE(fields.computeMs, AT.computeMs);
  head.writeUInt32LE(fields.serializerVersion, AT.serializerVersion);
  head.writeUInt32LE(fields.encoding, AT.encoding);
  head.write(fields.id, AT.id, 'latin1');
  head.write(fields.identity, AT.identity, 'hex');
}

/**
 * Takes a record apart. The checksum of a large one may have been taken before, see `checksum.ts`.
 *
 * @throws CorruptItemError for anything but a whole, unchanged record of this id and of this format.
 */
export function decodeRecord(parts: Parts, id: string, checksum?: number): StoredRecord {
  if (parts.length > 1 && !isCutAfterHead(parts)) return decodeRecord([Buffer.concat(parts)], id, checksum);
  const first = asBuffer(parts[0] ?? new Uint8Array(0));
  const length = beginningOf(first, id);
  if ((checksum ?? checksumOf(first, parts[1])) !== first.readUInt32LE(AT.checksum))
    throw corrupt(id, 'its checksum does not match');
  const head = headOf(first, length, id);
  const payload = parts[1] ?? first.subarray(length);
  if (payload.length !== head.payloadLength) {
    throw corrupt(id, `its payload has ${payload.length} bytes instead of ${head.payloadLength}`);
  }
  return { head, payload };
}

/**
 * The head of a record, from its first bytes.
 *
 * @throws CorruptItemError for anything but the whole, unchanged head of a record of this id and of this format.
 */
export function readHead(bytes: Uint8Array, id: string): RecordHead {
  const buffer = asBuffer(bytes);
  const length = beginningOf(buffer, id);
  if (crc32(buffer.subarray(AFTER_CHECKSUMS, length)) !== buffer.readUInt32LE(AT.headChecksum)) {
    throw corrupt(id, 'the checksum of its head does not match');
  }
  return headOf(buffer, length, id);
}

/** How long the head says that it is, where the bytes begin like one. */
function beginningOf(bytes: Buffer, id: string): number {
  if (bytes.length < FIXED_BYTES) throw corrupt(id, `it has only ${bytes.length} bytes`);
  if (bytes.readUInt32LE(AT.magic) !== MAGIC) throw corrupt(id, 'it does not begin like a record');
  if (bytes[AT.format] !== FORMAT) throw corrupt(id, `it has format ${bytes[AT.format]}, this version reads ${FORMAT}`);
  const length = bytes.readUInt16LE(AT.headLength);
  if (length < FIXED_BYTES || length > Math.min(HEAD_BYTES, bytes.length)) throw corrupt(id, 'its head is cut off');
  return length;
}

function headOf(bytes: Buffer, length: number, id: string): RecordHead {
  const head = new RecordHead(bytes, length);
  // To make a string of it takes less time than to compare it byte by byte.
  if (head.id !== id) throw corrupt(id, `it is the record of ${head.id}`);
  return head;
}

/** One checksum over all: a hit takes it once. */
function checksumOf(first: Buffer, payload: Uint8Array | undefined): number {
  const checksum = crc32(first.subarray(AT.headChecksum));
  return payload === undefined ? checksum : crc32(payload, checksum);
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** Whether there are two parts, a head and a payload. What is cut elsewhere is joined first. */
function isCutAfterHead(parts: Parts): boolean {
  const [first] = parts;
  if (parts.length !== 2 || first === undefined || first.length < FIXED_BYTES) return false;
  return first.length === ((first[AT.headLength] as number) | ((first[AT.headLength + 1] as number) << 8));
}

/** Heads end at a multiple of 8, so that a payload of numbers is aligned; those of large records fill their page. */
function headLengthFor(extra: number, payloadLength: number): number {
  const length = Math.ceil((FIXED_BYTES + extra) / 8) * 8;
  return length + payloadLength > SPLIT_BYTES ? HEAD_BYTES : length;
}

/** The name of a function as records hold it: very long ones are cut. */
export function nameInRecord(name: string): string {
  return cutText(name, LIMITS.name);
}

/** The longest beginning that takes at most `limit` bytes as UTF-8. */
function cutText(text: string, limit: number): string {
  if (text.length * 3 <= limit || Buffer.byteLength(text) <= limit) return text;
  const bytes = Buffer.from(text);
  let end = limit;
  // A character goes on here: it is left out whole.
  while (((bytes[end] as number) & 0xc0) === 0x80) end--;
  return bytes.toString('utf8', 0, end);
}

function corrupt(id: string, reason: string): CorruptItemError {
  return new CorruptItemError(`The record of ${id} cannot be read: ${reason}`, { id });
}

/** The beginning of a record, as a store shows it. */
interface Beginning {
  readonly id: string;
  /** At least all of its head. */
  readonly head: Uint8Array;
}

/** The head of a record, or undefined when it is not a good one. */
export function tryHead({ id, head }: Beginning): RecordHead | undefined {
  try {
    return readHead(head, id);
  } catch {
    return undefined;
  }
}
