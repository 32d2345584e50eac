import { describe, expect, it } from '@jest/globals';
import { decodeMarks, encodeMarks, MARK } from '../../lib/records/fingerprints.ts';

const NONE = new Uint8Array(0);

function written(): Uint8Array {
  const before = encodeMarks(NONE, [[MARK.source, 0xffff_ffff]]);
  return encodeMarks(before, [
    [MARK.argumentCount, 2],
    [MARK.argument, 0x04030201],
    [MARK.argument, 0],
  ]);
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
