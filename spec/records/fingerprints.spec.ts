import { describe, expect, it } from '@jest/globals';
import { decodeMarks, MARK, MarkWriter } from '../../lib/records/fingerprints.ts';

const NONE = new Uint8Array(0);

function written(): Uint8Array {
  const before = new MarkWriter(NONE, 1);
  before.add(MARK.source, 0xffff_ffff);
  const writer = new MarkWriter(before.bytes, 3);
  writer.add(MARK.argumentCount, 2);
  writer.add(MARK.argument, 0x04030201);
  writer.add(MARK.argument, 0);
  return writer.bytes;
}

describe('Marks', () => {
  it('are five bytes each: a tag, and a number with its lowest byte first', () => {
    expect(Buffer.from(written()).toString('hex')).toBe('04ffffffff120200000013010203041300000000');
  });

  it('come back as they were', () => {
    expect(decodeMarks(written())).toEqual({
      single: new Map([
        [MARK.source, 0xffff_ffff],
        [MARK.argumentCount, 2],
      ]),
      args: [0x04030201, 0],
    });
  });

  it('are read as far as they go, from any bytes', () => {
    expect(decodeMarks(NONE)).toEqual({ single: new Map(), args: [] });
    expect(decodeMarks(written().subarray(0, 13)).args).toEqual([]);
    expect(decodeMarks(Uint8Array.of(99, 1, 0, 0, 0)).single).toEqual(new Map([[99, 1]]));
  });
});
