import { describe, expect, it } from '@jest/globals';
import { Manifest, encodeManifest, NO_RUN, readEither, readManifest, runsOf } from '../../lib/runs/manifest.ts';
import { readValue } from '../../lib/records/outcome.ts';
import { CorruptItemError } from '../../lib/common/errors.ts';
import { decodeRecord, encodeRecord } from '../../lib/records/frame.ts';
import type { RecordKind } from '../../lib/records/layout.ts';
import { type Payload, toCodec } from '../../lib/serializers/serializer.ts';
import { v8Serializer } from '../../lib/serializers/v8.ts';
import { fieldsWith, ID } from '../support/records.ts';

const codec = toCodec(v8Serializer());
const RUN = {
  token: 'ab'.repeat(16),
  chunks: 3,
  former: { token: 'cd'.repeat(16), chunks: 4 },
  items: Uint8Array.of(1, 2, 3),
};

function recordOf({ encoding, bytes }: Payload, kind: RecordKind) {
  return encodeRecord(fieldsWith({ kind, encoding }), bytes);
}

function read(payload: Payload): Manifest {
  return readManifest(decodeRecord(recordOf(payload, 'run'), ID), ID, codec);
}

describe('A manifest', () => {
  it('gives back what it was given', () => {
    for (const value of ['end', { of: [1n] }, null]) {
      expect(read(encodeManifest({ ...RUN, value: codec.encode(value) }))).toEqual(
        Object.assign(new Manifest(RUN, RUN.items, value)),
      );
    }
    expect(read(encodeManifest({ ...RUN, value: undefined })).value).toBe(undefined);
    expect(read(encodeManifest({ ...RUN, ...NO_RUN, value: undefined }))).toMatchObject(NO_RUN);
  });

  it('is the record of a run, and nothing else is', () => {
    const payload = encodeManifest({ ...RUN, value: undefined });
    const { items: _, ...runs } = RUN;
    expect(runsOf(recordOf(payload, 'run'), ID)).toEqual(runs);
    for (const parts of [undefined, [Uint8Array.of(1)], recordOf(payload, 'chunk'), recordOf(payload, 'value')]) {
      expect(runsOf(parts, ID)).toBe(undefined);
    }
    const value = decodeRecord(recordOf(codec.encode('value'), 'value'), ID);
    const chunk = decodeRecord(recordOf(payload, 'chunk'), ID);
    const run = decodeRecord(recordOf(payload, 'run'), ID);
    expect(readEither(value, ID, codec)).toBe('value');
    expect(readEither(run, ID, codec)).toBeInstanceOf(Manifest);
    for (const refused of [value, chunk]) expect(() => readManifest(refused, ID, codec)).toThrow(CorruptItemError);
    for (const refused of [run, chunk]) expect(() => readValue(refused, ID, codec)).toThrow(CorruptItemError);
    expect(() => readEither(chunk, ID, codec)).toThrow(CorruptItemError);
  });

  it('that is cut off is refused', () => {
    const { bytes } = encodeManifest({ ...RUN, value: undefined });
    for (const length of [0, 47, 50]) {
      expect(() => read({ encoding: 0, bytes: bytes.subarray(0, length) })).toThrow(CorruptItemError);
    }
  });
});
