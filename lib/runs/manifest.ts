/** The record of an item that is the run of a generator: what is in it, and where the rest is. */

import { Buffer } from 'node:buffer';

import { CorruptItemError } from '../common/errors.ts';
import { decodeRecord, type StoredRecord } from '../records/frame.ts';
import type { Codec, Payload } from '../serializers/serializer.ts';
import type { Parts } from '../stores/store.ts';
import { checkCodec, decodeValue, readValue } from '../records/outcome.ts';

/** Bytes before the items. */
const PREFIX = 48;

/** Stands for the run before the first. */
const NO_TOKEN = '0'.repeat(32);

/** One run of a generator. */
export interface StoredRun {
  /** Tells the runs of one item apart: 32 hex characters. */
  readonly token: string;
  /** How many chunks it has besides what stands in the manifest. */
  readonly chunks: number;
}

/** What a manifest tells of its chunks. */
export interface StoredRuns extends StoredRun {
  /** The run that this one has replaced: its chunks stay for those who are in the middle of it. */
  readonly former: StoredRun;
}

/** What is known before the run is stored. */
export interface ManifestParts extends StoredRuns {
  /** The items of a run that fits into one chunk; nothing for a longer one. */
  readonly items: Uint8Array;
  /** What the generator returned; undefined for nothing, which every serializer can store so. */
  readonly value: Payload | undefined;
}

/** A manifest that was read. */
export class Manifest implements StoredRuns {
  readonly token: string;
  readonly chunks: number;
  readonly former: StoredRun;
  readonly items: Uint8Array;
  /** What the generator returned. */
  readonly value: unknown;

  constructor(runs: StoredRuns, items: Uint8Array, value: unknown) {
    this.token = runs.token;
    this.chunks = runs.chunks;
    this.former = runs.former;
    this.items = items;
    this.value = value;
  }
}

/** The run in the place of the former one where there was none. */
export const NO_RUN: StoredRuns = { token: NO_TOKEN, chunks: 0, former: { token: NO_TOKEN, chunks: 0 } };

/**
 * The payload of a manifest. All numbers are little-endian.
 *
 * | at | bytes | what |
 * | --- | --- | --- |
 * | 0 | 1 | 1 when the generator returned something, 0 for undefined |
 * | 1 | 3 | 0 |
 * | 4 | 4 | number of chunks |
 * | 8 | 16 | token of the run |
 * | 24 | 16 | token of the former run |
 * | 40 | 4 | number of chunks of the former run |
 * | 44 | 4 | length of the items |
 * | 48 | | the items, as in a chunk; then the value |
 */
export function encodeManifest({ token, chunks, former, items, value }: ManifestParts): Payload {
  const prefix = Buffer.alloc(PREFIX);
  prefix[0] = value === undefined ? 0 : 1;
  prefix.writeUInt32LE(chunks, 4);
  prefix.write(token + former.token, 8, 'hex');
  prefix.writeUInt32LE(former.chunks, 40);
  prefix.writeUInt32LE(items.length, 44);
  const bytes = Buffer.concat([prefix, items, value?.bytes ?? new Uint8Array(0)]);
  return { encoding: value?.encoding ?? 0, bytes };
}

/** @throws CorruptItemError for a record that is no run of a generator, or that this codec cannot read */
export function readManifest(record: StoredRecord, id: string, codec: Codec): Manifest {
  checkCodec(record, id, codec);
  const runs = readRuns(record, id);
  const { head, payload } = record;
  // A copy: what a store hands over may be valid for a moment only.
  const items = new Uint8Array(itemsOfManifest(record, id));
  const rest = payload.subarray(PREFIX + items.length);
  const value = payload[0] === 0 ? undefined : decodeValue({ head, payload: rest }, id, codec);
  return new Manifest(runs, items, value);
}

/** The items that stand in a manifest which `readRuns` takes. @throws CorruptItemError */
export function itemsOfManifest({ payload }: StoredRecord, id: string): Uint8Array {
  const end = PREFIX + Buffer.from(payload.buffer, payload.byteOffset, PREFIX).readUInt32LE(44);
  if (end > payload.length) throw new CorruptItemError(`The run of ${id} is cut off`, { id });
  return payload.subarray(PREFIX, end);
}

/** A value, or the manifest of a run: for items, which may be either. @throws as the two do */
export function readEither(record: StoredRecord, id: string, codec: Codec): unknown {
  return record.head.kind === 'run' ? readManifest(record, id, codec) : readValue(record, id, codec);
}

/** What a record says of runs, whatever its age; undefined for anything but a manifest. Never throws. */
export function runsOf(parts: Parts | undefined, id: string): StoredRuns | undefined {
  if (parts === undefined) return undefined;
  try {
    return readRuns(decodeRecord(parts, id), id);
  } catch {
    return undefined;
  }
}

/** @throws CorruptItemError for anything but a manifest */
export function readRuns({ head, payload }: StoredRecord, id: string): StoredRuns {
  if (head.kind !== 'run' || payload.length < PREFIX) {
    throw new CorruptItemError(`The record of ${id} is not the run of a generator`, { id });
  }
  const bytes = Buffer.from(payload.buffer, payload.byteOffset, PREFIX);
  return {
    token: bytes.toString('hex', 8, 24),
    chunks: bytes.readUInt32LE(4),
    former: { token: bytes.toString('hex', 24, 40), chunks: bytes.readUInt32LE(40) },
  };
}
