import { describe, expect, it } from '@jest/globals';
import { Buffer } from 'node:buffer';
import { endianness } from 'node:os';
import v8 from 'node:v8';
import { encodingOf, kindOfEncoding, LATIN1_JSON, STREAM } from '../../lib/serializers/encodings.ts';
import { codecOf } from '../../lib/serializers/serializer.ts';
import { v8Serializer } from '../../lib/serializers/v8.ts';

const codec = v8Serializer()[codecOf];
const wireVersion = v8.serialize(null)[1] as number;
const engine = endianness() === 'LE' ? 1 : 2;

/** The kinds are part of the records' format: a number keeps its meaning for ever. */
const kinds: readonly (readonly [number, string, unknown])[] = [
  [0, "V8's stream", { a: 1n }],
  [1, 'JSON text of one byte a character', { a: 'é' }],
  [2, 'JSON text of two bytes a character', { a: '€' }],
  [4, 'a text of one byte a character', 'é'],
  [5, 'a text of two bytes a character', '€'],
  [8, 'an ArrayBuffer', Uint8Array.of(1).buffer],
  [16, 'a Buffer', Buffer.from('a')],
  [18, 'an Int8Array', Int8Array.of(1)],
  [26, 'a Float64Array', Float64Array.of(1)],
  [28, 'a BigUint64Array', BigUint64Array.of(1n)],
];

/** What earlier versions wrote for values that are written otherwise now. */
const earlier: readonly (readonly [string, unknown])[] = [
  ['ff0f6f22016149027b01', { a: 1 }],
  ['ff0f4100240000', []],
  ['ff0f4954', 42],
];

describe('the encoding of a payload', () => {
  it.each(kinds)('has the kind %i for %s', (kind, _name, value) => {
    const { encoding, bytes } = codec.encode(value);
    expect(encoding).toBe((engine << 16) | (kind === STREAM ? wireVersion << 8 : 0) | kind);
    expect(encoding).toBe(encodingOf(kind));
    expect(kindOfEncoding(encoding)).toBe(kind);
    expect(codec.decode(encoding, bytes)).toStrictEqual(value);
  });

  it('is not read where another engine or a newer V8 wrote it', () => {
    const { encoding, bytes } = codec.encode({ a: 1n });
    expect(() => codec.decode(encoding + 0x100, bytes)).toThrow(/reads up to/);
    expect(() => codec.decode(encoding + 0x30000, bytes)).toThrow(/engine/);
    expect(() => codec.decode(0, bytes)).toThrow(/engine/);
    expect(codec.decode(encoding - 0x100, bytes)).toStrictEqual({ a: 1n });
  });

  it.each([3, 6, 7, 9, 15, 127, 255])('is not read where its kind is unknown: %i', (kind) => {
    const { bytes } = codec.encode({ a: 1 });
    expect(() => codec.decode(encodingOf(kind), bytes)).toThrow(/unknown kind|which this version does not know/);
  });

  it.each(earlier)('is read as V8 stream where an earlier version chose that: %s', (hex, value) => {
    expect(codec.encode(value).encoding).toBe(encodingOf(LATIN1_JSON));
    expect(codec.decode((engine << 16) | (15 << 8), Buffer.from(hex, 'hex'))).toStrictEqual(value);
  });
});
