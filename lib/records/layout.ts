/**
 * The head of a record. All numbers are little-endian, all texts UTF-8. The payload follows the head.
 *
 * | at | bytes | what |
 * | --- | --- | --- |
 * | 0 | 4 | magic: `TCR` and 0x1a |
 * | 4 | 4 | CRC-32 of all that follows, head and payload |
 * | 8 | 4 | CRC-32 of the head from byte 12 on, for a reader of the head alone |
 * | 12 | 1 | format of the record: 3 |
 * | 13 | 1 | flags: 1 = the value came out of a promise, 2 = the run of a generator, 4 = a chunk of one, 8 = a note; no flag but one; 16 = a failure, also with 1 |
 * | 14 | 2 | length of the head: a multiple of 8, at most 4,096; exactly that when the record has over 65,536 bytes |
 * | 16 | 8 | length of the payload (float64) |
 * | 24 | 8 | created, ms since the epoch (float64) |
 * | 32 | 8 | expires for every reader, ms since the epoch (float64, Infinity) |
 * | 40 | 8 | of no use to its writer from then on, ms since the epoch (float64, Infinity) |
 * | 48 | 8 | ms that the computation took (float64), 0 when there was none |
 * | 56 | 4 | version of the serializer |
 * | 60 | 4 | encoding, a number of the serializer's own |
 * | 64 | 64 | id, in hex |
 * | 128 | 1 | length of the serializer's name |
 * | 129 | 1 | 1 = this end holds for a cache that removes what is old, 0 = its own maxAge does |
 * | 130 | 2 | length of the function's name |
 * | 132 | 2 | length of the label |
 * | 134 | 2 | length of the fingerprints |
 * | 136 | 8 | the first bytes of the digest of the function's identity, zeros for an item that no function made |
 * | 144 | 8 | maxAge of the writer, ms (float64, Infinity) |
 * | 152 | | the three texts, the fingerprints of the call (see `fingerprints.ts`), then zeros up to the end of the head |
 */
export const AT = {
  magic: 0,
  checksum: 4,
  headChecksum: 8,
  format: 12,
  flags: 13,
  headLength: 14,
  payloadLength: 16,
  createdAt: 24,
  expiresAt: 32,
  keepUntil: 40,
  computeMs: 48,
  serializerVersion: 56,
  encoding: 60,
  id: 64,
  serializerLength: 128,
  nameLength: 130,
  labelLength: 132,
  keepsOwnAge: 129,
  fingerprintsLength: 134,
  identity: 136,
  maxAge: 144,
} as const;

/** Where the texts begin. */
export const FIXED_BYTES = 152;
export { MAGIC } from '../stores/store.ts';
/** Raised whenever the table changes; a record of another format is a miss. */
export const FORMAT = 3;
/** Characters of the digest of an identity that are kept. */
export const IDENTITY_LENGTH = 16;
/** The longest texts in bytes; longer ones are cut, fingerprints too. The name of a serializer has at most 255. */
export const LIMITS = { name: 1024, label: 2048, fingerprints: 600 } as const;

/**
 * What a record holds: a value, the run of a generator, a part of one that is kept apart, a note of the cache itself, or what a
 * function has thrown.
 */
export type RecordKind = 'value' | 'run' | 'chunk' | 'note' | 'error';

/** The flags of the kinds. */
export const KIND_FLAG: Readonly<Record<RecordKind, number>> = { value: 0, run: 2, chunk: 4, note: 8, error: 16 };
