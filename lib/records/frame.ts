import { Buffer } from 'node:buffer';
import { crc32 } from 'node:zlib';

import { CorruptItemError } from '../errors.ts';
import { HEAD_BYTES, SPLIT_BYTES, type Parts } from '../stores/store.ts';
import { RecordHead, type RecordFields } from './head.ts';
import { AT, FIXED_BYTES, FORMAT, KIND_FLAG, LIMITS, MAGIC } from './layout.ts';

/** A record that was checked: its head, and the bytes of its value. */
export interface StoredRecord {
  readonly head: RecordHead;
  readonly payload: Uint8Array;
}

/** Head and payload of a record, ready for a store. The payload is not copied. */
export function encodeRecord(fields: RecordFields, payload: Uint8Array): Parts {
  const serializer = Buffer.from(fields.serializer);
  const name = Buffer.from(nameInRecord(fields.name));
  const label = Buffer.from(cutText(fields.label, LIMITS.label));
  const marks = fields.marks.subarray(0, LIMITS.marks);
  const extra = serializer.length + name.length + label.length + marks.length;
  const head = Buffer.alloc(headLengthFor(extra, payload.length));
  head.writeUInt32LE(MAGIC, AT.magic);
  head.writeUInt32LE(crc32(payload), AT.payloadChecksum);
  head[AT.format] = FORMAT;
  head[AT.flags] = KIND_FLAG[fields.kind ?? 'value'] || (fields.promised ? 1 : 0);
  head.writeUInt16LE(head.length, AT.headLength);
  head.writeDoubleLE(payload.length, AT.payloadLength);
  head.writeDoubleLE(fields.createdAt, AT.createdAt);
  head.writeDoubleLE(fields.expiresAt, AT.expiresAt);
  head.writeDoubleLE(fields.keepUntil, AT.keepUntil);
  head[AT.keepsOwnAge] = fields.keepsOwnAge ? 1 : 0;
  head.writeDoubleLE(fields.maxAge, AT.maxAge);
  head.writeDoubleLE(fields.computeMs, AT.computeMs);
  head.writeUInt32LE(fields.serializerVersion, AT.serializerVersion);
  head.writeUInt32LE(fields.encoding, AT.encoding);
  head.write(fields.id, AT.id, 'latin1');
  head[AT.serializerLength] = serializer.length;
  head.writeUInt16LE(name.length, AT.nameLength);
  head.writeUInt16LE(label.length, AT.labelLength);
  head.writeUInt16LE(marks.length, AT.marksLength);
  head.write(fields.identity, AT.identity, 'hex');
  let at = FIXED_BYTES;
  for (const text of [serializer, name, label]) at += text.copy(head, at);
  head.set(marks, at);
  head.writeUInt32LE(crc32(head.subarray(AT.payloadChecksum)), AT.headChecksum);
  return [head, payload];
}

/**
 * Takes a record apart.
 *
 * @throws CorruptItemError for anything but a whole, unchanged record of this id and of this format.
 */
export function decodeRecord(parts: Parts, id: string): StoredRecord {
  if (parts.length > 1 && !isCutAfterHead(parts)) return decodeRecord([Buffer.concat(parts)], id);
  const first = parts[0] ?? new Uint8Array(0);
  const head = readHead(first, id);
  const payload = parts[1] ?? first.subarray(head.length);
  if (payload.length !== head.payloadLength) {
    throw corrupt(id, `its payload has ${payload.length} bytes instead of ${head.payloadLength}`);
  }
  if (crc32(payload) !== head.payloadChecksum) throw corrupt(id, 'the checksum of its payload does not match');
  return { head, payload };
}

/**
 * The head of a record, from its first bytes.
 *
 * @throws CorruptItemError for anything but the whole, unchanged head of a record of this id and of this format.
 */
export function readHead(bytes: Uint8Array, id: string): RecordHead {
  if (bytes.length < FIXED_BYTES) throw corrupt(id, `it has only ${bytes.length} bytes`);
  const buffer = Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (buffer.readUInt32LE(AT.magic) !== MAGIC) throw corrupt(id, 'it does not begin like a record');
  if (buffer[AT.format] !== FORMAT)
    throw corrupt(id, `it has format ${buffer[AT.format]}, this version reads ${FORMAT}`);
  const length = buffer.readUInt16LE(AT.headLength);
  if (length < FIXED_BYTES || length > Math.min(HEAD_BYTES, buffer.length)) throw corrupt(id, 'its head is cut off');
  if (crc32(buffer.subarray(AT.payloadChecksum, length)) !== buffer.readUInt32LE(AT.headChecksum)) {
    throw corrupt(id, 'the checksum of its head does not match');
  }
  const head = new RecordHead(buffer, length);
  if (!head.isOf(id)) throw corrupt(id, `it is the record of ${head.id}`);
  return head;
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
