import { describe, expect, it } from '@jest/globals';
import { decodeRecord, encodeRecord, readHead } from '../../lib/records/frame.ts';
import type { RecordFields } from '../../lib/records/head.ts';
import { HEAD_BYTES, SPLIT_BYTES, type Parts } from '../../lib/stores/store.ts';
import { fieldsWith, ID } from '../support/records.ts';
import { bytesOf, joined, summary } from '../support/store-suite/use-store.ts';

/** All fields of a record that was written and read again. */
function roundTrip(fields: RecordFields, payload = bytesOf(10)): RecordFields {
  const { head } = decodeRecord(encodeRecord(fields, payload), fields.id);
  const names = Object.keys(fieldsWith()) as (keyof RecordFields)[];
  const read = Object.fromEntries(names.map((name) => [name, head[name]])) as unknown as RecordFields;
  return { ...read, fingerprints: new Uint8Array(read.fingerprints) };
}

const CASES: readonly (readonly [string, Partial<RecordFields>])[] = [
  ['nothing but what it must have', {}],
  ['a value that came out of a promise', { promised: true }],
  ['a lifetime of its own', { createdAt: 0.5, expiresAt: 1_800_000_000_000.25, keepUntil: 9e15, computeMs: 1e-3 }],
  ['ends that never come', { expiresAt: Infinity, keepUntil: Infinity, maxAge: Infinity }],
  ['an age of its own', { keepsOwnAge: true, maxAge: 0.5 }],
  ['fingerprints', { name: 'load', label: 'user 42', fingerprints: Uint8Array.of(1, 2, 3, 4, 5) }],
  ['a serializer with a long name', { serializer: 's'.repeat(255), serializerVersion: 0xffff_ffff }],
  ['a serializer with a name of several bytes a character', { serializer: 'zstd-日本' }],
  ['the highest encoding', { encoding: 0xffff_ffff }],
  ['a name and a label', { name: 'load', label: 'user 42' }],
  ['a name and a label in unicode', { name: 'größe_日本_💾', label: '💾'.repeat(500) }],
  [
    'the longest of all texts',
    { serializer: 's'.repeat(255), name: 'n'.repeat(1024), label: 'l'.repeat(2048), fingerprints: new Uint8Array(600) },
  ],
];

describe('A record', () => {
  it.each(CASES)('gives back %s', (_name, some) => {
    const fields = fieldsWith(some);
    expect(roundTrip(fields)).toEqual(fields);
    expect(roundTrip(fields, bytesOf(0))).toEqual(fields);
    expect(roundTrip(fields, bytesOf(SPLIT_BYTES))).toEqual(fields);
  });

  it.each([
    ['a', 1024],
    ['é', 1024],
    ['€', 1023],
    ['💾', 1024],
  ])('cuts a name of many %s at a whole character', (character, bytes) => {
    for (const before of ['', 'x', 'xy', 'xyz']) {
      const { name } = roundTrip(fieldsWith({ name: before + character.repeat(2000) }));
      expect((before + character.repeat(2000)).startsWith(name)).toBe(true);
      expect(Buffer.byteLength(name)).toBeLessThanOrEqual(1024);
      expect(Buffer.byteLength(name)).toBeGreaterThan(1024 - Buffer.byteLength(character));
    }
    expect(Buffer.byteLength(roundTrip(fieldsWith({ name: character.repeat(2000) })).name)).toBe(bytes);
  });

  it('keeps a name and a label of exactly the longest length whole', () => {
    const fields = fieldsWith({ name: '€'.repeat(341) + 'x', label: '💾'.repeat(512) });
    expect(roundTrip(fields)).toEqual(fields);
  });

  it('cuts a label at 2,048 bytes', () => {
    expect(roundTrip(fieldsWith({ label: 'l'.repeat(2049) })).label).toBe('l'.repeat(2048));
  });

  it('has a head that ends at a multiple of 8 and never takes more than the bytes that a store peeks at', () => {
    for (let length = 0; length < 50; length++) {
      const [record] = encodeRecord(fieldsWith({ label: 'l'.repeat(length) }), bytesOf(3));
      expect(record?.length).toBe(Math.ceil((152 + 2 + length) / 8) * 8 + 3);
    }
    const most = fieldsWith({ serializer: '日'.repeat(85), name: '💾'.repeat(999), label: '€'.repeat(999) });
    expect(encodeRecord(most, bytesOf(0))[0]?.length).toBeLessThanOrEqual(HEAD_BYTES);
  });

  it('has a head of exactly 4,096 bytes once it has more than 65,536, and no longer one before', () => {
    const small = 160;
    for (const [payload, head] of [
      [0, small],
      [SPLIT_BYTES - small - 1, small],
      [SPLIT_BYTES - small, small],
      [SPLIT_BYTES - small + 1, HEAD_BYTES],
      [SPLIT_BYTES, HEAD_BYTES],
      [SPLIT_BYTES + 1, HEAD_BYTES],
    ] as const) {
      const parts = encodeRecord(fieldsWith(), bytesOf(payload));
      const all = joined(parts) as Buffer;
      expect([readHead(all, ID).length, all.length]).toEqual([head, head + payload]);
    }
  });

  it('does not copy the payload on either way', () => {
    const payload = bytesOf(100_000);
    const parts = encodeRecord(fieldsWith(), payload);
    expect(parts[1]).toBe(payload);
    expect(decodeRecord(parts, ID).payload).toBe(payload);
  });
});

describe('A record that a store cut', () => {
  const whole = (size: number): Uint8Array =>
    joined(encodeRecord(fieldsWith({ label: 'cut' }), bytesOf(size))) as Buffer;
  const payloadOf = (parts: Parts): string | undefined => summary(decodeRecord(parts, ID).payload);

  it('in two, anywhere, is read', () => {
    const record = whole(100);
    for (let at = 0; at <= record.length; at++) {
      expect(payloadOf([record.subarray(0, at), record.subarray(at)])).toBe(summary(bytesOf(100)));
    }
  });

  it('in three, anywhere, is read', () => {
    const record = whole(20);
    for (let first = 0; first <= record.length; first += 3) {
      for (let second = first; second <= record.length; second += 5) {
        const parts = [record.subarray(0, first), record.subarray(first, second), record.subarray(second)];
        expect(payloadOf(parts)).toBe(summary(bytesOf(20)));
      }
    }
  });

  it.each([0, 1, 65_000, 65_536, 200_000])('into pieces of any size is read: %i bytes', (size) => {
    const record = whole(size);
    for (const piece of [1000, 4096, 65_536, 10 ** 6]) {
      const parts = Array.from({ length: Math.ceil(record.length / piece) }, (_, index) =>
        record.subarray(index * piece, (index + 1) * piece),
      );
      expect(payloadOf(parts)).toBe(summary(bytesOf(size)));
    }
  });

  it('off behind its head still tells its head', () => {
    const record = whole(100_000);
    expect(readHead(record.subarray(0, HEAD_BYTES), ID).label).toBe('cut');
  });
});
