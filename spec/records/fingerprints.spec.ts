import { describe, expect, it } from '@jest/globals';
import { decodeFingerprints, encodeFingerprints, FINGERPRINT } from '../../lib/records/fingerprints.ts';

const NONE = new Uint8Array(0);

function written(): Uint8Array {
  const before = encodeFingerprints(NONE, [[FINGERPRINT.source, 0xffff_ffff]]);
  return encodeFingerprints(before, [
    [FINGERPRINT.argumentCount, 2],
    [FINGERPRINT.capture, 7],
    [FINGERPRINT.argument, 0x04030201],
    [FINGERPRINT.argument, 0],
  ]);
}

describe('Fingerprints', () => {
  it('are five bytes each: a tag, and a number with its lowest byte first', () => {
    expect(Buffer.from(written()).toString('hex')).toBe('04ffffffff12020000000f0700000013010203041300000000');
  });

  it('come back as they were', () => {
    expect(decodeFingerprints(written())).toEqual({
      single: new Map([
        [FINGERPRINT.source, 0xffff_ffff],
        [FINGERPRINT.argumentCount, 2],
      ]),
      captures: [7],
      args: [0x04030201, 0],
    });
  });

  it('are read as far as they go, from any bytes', () => {
    expect(decodeFingerprints(NONE)).toEqual({ single: new Map(), captures: [], args: [] });
    expect(decodeFingerprints(written().subarray(0, 13)).args).toEqual([]);
    expect(decodeFingerprints(Uint8Array.of(99, 1, 0, 0, 0)).single).toEqual(new Map([[99, 1]]));
  });
});
