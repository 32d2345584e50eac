import { describe, expect, it } from '@jest/globals';
import { types } from 'node:util';
import { CorruptItemError } from '../../lib/common/errors.ts';
import { decodeRecord, encodeRecord, readHead } from '../../lib/records/frame.ts';
import { HEAD_BYTES, type Parts } from '../../lib/stores/store.ts';
import { fieldsWith, ID, randomBytes, randomNumbers } from '../support/records.ts';
import { bytesOf, joined } from '../support/store-suite/use-store.ts';

const small = record(40, { name: 'load', label: 'a label' });
const large = record(100_000, { name: 'load' });

function record(size: number, fields: Parameters<typeof fieldsWith>[0]): Buffer {
  return joined(encodeRecord(fieldsWith(fields), bytesOf(size))) as Buffer;
}

/** What came of the attempt to read a record: anything but `refused` and `accepted` is a defect. */
function verdict(parts: Parts, id = ID): string {
  try {
    decodeRecord(parts, id);
    return 'accepted';
  } catch (error) {
    if (!(error instanceof CorruptItemError) || !types.isNativeError(error)) return `threw ${String(error)}`;
    return error.id === id && error.message.includes(id) ? 'refused' : 'an error that does not tell of which record';
  }
}

/** A record with one byte changed by all of its bits, or by one. */
function flipped(bytes: Buffer, at: number, mask: number): Buffer {
  const copy = Buffer.from(bytes);
  copy[at] = (copy[at] as number) ^ mask;
  return copy;
}

function verdicts(all: Iterable<Parts>): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const parts of all) {
    const found = verdict(parts);
    counts[found] = (counts[found] ?? 0) + 1;
  }
  return counts;
}

describe('A record', () => {
  it('is accepted when it is whole', () => {
    expect([verdict([small]), verdict([large])]).toEqual(['accepted', 'accepted']);
  });

  it('with any one byte or any one bit changed is refused', () => {
    function* all(): Iterable<Parts> {
      for (let at = 0; at < small.length; at++) {
        for (const mask of [0xff, 1, 2, 4, 8, 16, 32, 64, 128]) yield [flipped(small, at, mask)];
      }
    }
    expect(verdicts(all())).toEqual({ refused: small.length * 9 });
  });

  it('of more than a head with any byte of its head or a sampled one of its payload changed is refused', () => {
    function* all(): Iterable<Parts> {
      for (let at = 0; at < large.length; at += at < HEAD_BYTES ? 1 : 997) yield [flipped(large, at, 0x40)];
    }
    const { refused = 0, ...others } = verdicts(all());
    expect(others).toEqual({});
    expect(refused).toBeGreaterThan(HEAD_BYTES);
  });

  it('cut at any length is refused, in one part or in two', () => {
    function* all(): Iterable<Parts> {
      for (let length = 0; length < small.length; length++) {
        yield [small.subarray(0, length)];
        yield [small.subarray(0, length >> 1), small.subarray(length >> 1, length)];
      }
      for (let length = 0; length < large.length; length += 1013) {
        yield [large.subarray(0, HEAD_BYTES), large.subarray(HEAD_BYTES, length)];
      }
    }
    expect(verdicts(all())).toEqual({ refused: small.length * 2 + Math.ceil(large.length / 1013) });
  });

  it('with bytes appended or put before is refused', () => {
    for (const whole of [small, large]) {
      for (const extra of [1, 8, 4096, whole.length]) {
        expect(verdict([whole, bytesOf(extra)])).toBe('refused');
        expect(verdict([Buffer.concat([whole, bytesOf(extra)])])).toBe('refused');
        expect(verdict([bytesOf(extra), whole])).toBe('refused');
      }
      expect(verdict([whole, whole])).toBe('refused');
    }
  });

  it('under any other id is refused', () => {
    for (let at = 0; at < 64; at++) {
      const other = `${ID.slice(0, at)}${ID[at] === 'f' ? 'e' : 'f'}${ID.slice(at + 1)}`;
      expect(verdict([small], other)).toBe('refused');
    }
    for (const other of ['', ID.slice(1), `${ID}0`, ID.toUpperCase()]) expect(verdict([small], other)).toBe('refused');
  });

  it('with head and payload of two records is refused', () => {
    const other = encodeRecord(fieldsWith(), bytesOf(40, 1));
    expect(verdict([small.subarray(0, small.length - 40), other[1] as Uint8Array])).toBe('refused');
  });

  it('of another format is refused before anything else of it is believed', () => {
    const newer = Buffer.from(small);
    newer[12] = 4;
    expect(() => decodeRecord([newer], ID)).toThrow('it has format 4, this version reads 3');
  });

  it('that is nothing at all is refused', () => {
    expect([[], [bytesOf(0)], [bytesOf(0), bytesOf(0)]].map((parts) => verdict(parts))).toEqual(
      Array(3).fill('refused'),
    );
  });
});

describe('Bytes at random', () => {
  it('are refused, 10,000 of any length', () => {
    const random = randomNumbers(1);
    function* all(): Iterable<Parts> {
      for (let n = 0; n < 10_000; n++) {
        const bytes = randomBytes(Math.floor(random() ** 4 * 5000), random);
        // A part of them begins like a record, so that it gets further.
        if (n % 2 === 0) small.copy(bytes, 0, 0, Math.floor(random() * 140));
        yield n % 3 === 0 ? [bytes.subarray(0, 136), bytes.subarray(136)] : [bytes];
      }
    }
    expect(verdicts(all())).toEqual({ refused: 10_000 });
  });

  it('in a record are refused, 10,000 times', () => {
    const random = randomNumbers(2);
    function* all(): Iterable<Parts> {
      for (let n = 0; n < 10_000; n++) {
        const copy = Buffer.from(small);
        const changes = 1 + Math.floor(random() * 8);
        for (let change = 0; change < changes; change++) copy[Math.floor(random() * copy.length)] = random() * 256;
        if (!copy.equals(small)) yield [copy];
      }
    }
    const { refused = 0, ...others } = verdicts(all());
    expect(others).toEqual({});
    expect(refused).toBeGreaterThan(9900);
  });

  it('never make a head', () => {
    const random = randomNumbers(3);
    for (let n = 0; n < 1000; n++) {
      const bytes = randomBytes(Math.floor(random() * 300), random);
      expect(() => readHead(bytes, ID)).toThrow(CorruptItemError);
    }
  });
});
