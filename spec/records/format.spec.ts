import { describe, expect, it } from '@jest/globals';
import { decodeRecord, encodeRecord } from '../../lib/records/frame.ts';
import { joined } from '../support/store-suite/use-store.ts';

const EXAMPLE = {
  id: '0123456789abcdef'.repeat(4),
  promised: true,
  createdAt: 1_800_000_000_000,
  expiresAt: Infinity,
  keepUntil: 1_800_000_060_000,
  keepsOwnAge: true,
  maxAge: 60_000,
  computeMs: 12.5,
  serializer: 'v8',
  serializerVersion: 1,
  encoding: 0x1_0f00,
  name: 'größe',
  identity: 'fedcba9876543210',
  label: 'user 42',
  fingerprints: Buffer.from([1, 0xaa, 0xbb, 0xcc, 0xdd]),
};
const PAYLOAD = Uint8Array.of(1, 2, 3, 4, 5);

/** One record, byte by byte. Where a line changes, the format has: raise FORMAT, that older records be misses. */
const BYTES = [
  '5443521a5aa58f31dca824990301b000',
  '0000000000001440000000c585317a42',
  '000000000000f07f0000a6d385317a42',
  '000000000000294001000000000f0100',
  '30313233343536373839616263646566',
  '30313233343536373839616263646566',
  '30313233343536373839616263646566',
  '30313233343536373839616263646566',
  '0201070007000500fedcba9876543210',
  '00000000004ced4076386772c3b6c39f',
  '657573657220343201aabbccdd000000',
  '0102030405',
];

describe('The format of records', () => {
  it('is this, byte by byte', () => {
    const record = joined(encodeRecord(EXAMPLE, PAYLOAD)) as Buffer;
    expect(record.toString('hex').match(/.{1,32}/g)).toEqual(BYTES);
  });

  it('is read as it was written', () => {
    const { head, payload } = decodeRecord([Buffer.from(BYTES.join(''), 'hex')], EXAMPLE.id);
    for (const [field, value] of Object.entries(EXAMPLE)) {
      expect([field, head[field as keyof typeof EXAMPLE]]).toEqual([field, value]);
    }
    expect(Buffer.from(payload)).toEqual(Buffer.from(PAYLOAD));
  });
});
