import { describe, expect, it } from '@jest/globals';
import { checksumInTurns } from '../../lib/records/checksum.ts';
import { decodeRecord, encodeRecord } from '../../lib/records/frame.ts';
import type { Parts } from '../../lib/stores/store.ts';
import { bytesOf } from '../support/store-suite/use-store.ts';
import { fieldsWith, ID } from '../support/records.ts';

const PAYLOAD = bytesOf(9 * 2 ** 20);
const RECORD = Buffer.concat(encodeRecord(fieldsWith(), PAYLOAD));

describe('The checksum of a large record', () => {
  it.each([[], [4096], [3], [0, 8], [8, 4096], [5_000_000], [4096, 4096, 8_000_000]])(
    'is the one in its head, however the record is cut: %j',
    async (...places) => {
      const parts = cut(RECORD, places);
      const checksum = await checksumInTurns(parts);
      expect(checksum).toBe(RECORD.readUInt32LE(4));
      expect(decodeRecord(parts, ID, checksum).payload.length).toBe(PAYLOAD.length);
    },
  );

  it.each([4, 8, 100, 4096, 6_000_000, RECORD.length - 1])('tells of a bit that changed at %i', async (at) => {
    const bytes = Buffer.from(RECORD);
    bytes[at] = (bytes[at] as number) ^ 1;
    const checksum = await checksumInTurns([bytes]);
    expect(() => decodeRecord([bytes], ID, checksum)).toThrow('its checksum does not match');
  });

  it('is taken in several turns of the event loop', async () => {
    let turns = 0;
    let isOver = false;
    const count = (): void => {
      turns++;
      if (!isOver) setImmediate(count);
    };
    setImmediate(count);
    await checksumInTurns([RECORD]);
    isOver = true;
    expect(turns).toBeGreaterThanOrEqual(3);
  });

  it('is left to the decoder where the record is small', async () => {
    expect(await checksumInTurns([new Uint8Array(100)])).toBeUndefined();
    expect(await checksumInTurns([])).toBeUndefined();
  });
});

function cut(bytes: Uint8Array, places: readonly number[]): Parts {
  const ends = [...places, bytes.length];
  return ends.map((end, index) => bytes.subarray(ends[index - 1] ?? 0, end));
}
