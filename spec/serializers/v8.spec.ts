import { describe, expect, it } from '@jest/globals';
import { Buffer } from 'node:buffer';
import v8 from 'node:v8';
import { codecOf, toCodec } from '../../lib/serializers/serializer.ts';
import { v8Serializer } from '../../lib/serializers/v8.ts';
import { defineType } from '../../lib/v8-serializer-utils/index.ts';

const codec = v8Serializer()[codecOf];

/** As a store hands bytes over: in memory of their own, or in memory that it uses again. */
function owned(bytes: Uint8Array): Uint8Array {
  return bytes.slice();
}
function lent(bytes: Uint8Array): Uint8Array {
  const pool = new Uint8Array(bytes.byteLength + 3);
  pool.set(bytes, 3);
  return pool.subarray(3);
}

const raw: readonly (readonly [string, unknown])[] = [
  ['a Buffer', Buffer.from('some bytes')],
  ['an empty Buffer', Buffer.alloc(0)],
  ['a typed array', Float64Array.of(1.5, -0, Number.NaN)],
  ['a part of a typed array', Uint16Array.of(1, 2, 3).subarray(1)],
  ['an ArrayBuffer', Uint8Array.of(1, 2, 3).buffer],
  ['a string of one byte a character', 'café'],
  ['a string of two bytes a character', 'lone \uD800 €'],
  ['a string that just needs two bytes a character', 'ÿĀ'],
  ['an empty string', ''],
];

describe('v8Serializer', () => {
  it('has the name v8 and a codec', () => {
    expect(v8Serializer()).toMatchObject({ name: 'v8', version: 1 });
    expect(toCodec(v8Serializer())).toMatchObject({ name: 'v8', version: 1 });
  });

  it.each(raw)('stores %s as it is and reads it from owned, lent and joined bytes', (_name, value) => {
    const { encoding, bytes } = codec.encode(value);
    const serializer = v8Serializer();
    expect(encoding & 0xff00).toBe(0);
    expect(codec.decode(encoding, owned(bytes))).toStrictEqual(value);
    expect(codec.decode(encoding, lent(bytes))).toStrictEqual(value);
    expect(serializer.deserialize(serializer.serialize(value))).toStrictEqual(value);
  });

  it('stores a buffer without copying it and loads it without copying it', () => {
    const value = Buffer.alloc(100_000, 7);
    const { encoding, bytes } = codec.encode(value);
    expect(bytes.buffer).toBe(value.buffer);
    expect((codec.decode(encoding, bytes) as Buffer).buffer).toBe(bytes.buffer);
  });

  it('copies bytes that are lent', () => {
    const { encoding, bytes } = codec.encode(Uint8Array.of(1, 2));
    const pool = lent(bytes);
    const value = codec.decode(encoding, pool) as Uint8Array;
    pool.fill(9);
    expect(value).toStrictEqual(Uint8Array.of(1, 2));
    expect(value.byteOffset).toBe(0);
  });

  it('writes plain values just as V8 does', () => {
    const value = { a: [1, 'two', new Map([[3n, new Date(4)]])] };
    expect(Buffer.from(codec.encode(value).bytes)).toStrictEqual(v8.serialize(value));
  });

  it('refuses bytes that do not fill a typed array', () => {
    const { encoding } = codec.encode(Float64Array.of(1));
    expect(() => codec.decode(encoding, new Uint8Array(7))).toThrow(/multiple of 8/);
    const text = codec.encode('€');
    expect(() => codec.decode(text.encoding, new Uint8Array(3))).toThrow(/middle of a character/);
  });

  it('keeps instances of registered classes, even those of built-in ones', () => {
    const bytesAsText = defineType({
      name: 'bytes',
      class: Uint8Array,
      encode: (bytes) => Buffer.from(bytes).toString('hex'),
      decode: (text) => new Uint8Array(Buffer.from(text, 'hex')),
    });
    const serializer = v8Serializer({ types: [bytesAsText] });
    const bytes = serializer.serialize(Uint8Array.of(0xab, 0xcd));
    expect(Buffer.from(bytes).includes('abcd')).toBe(true);
    expect(serializer.deserialize(bytes)).toStrictEqual(Uint8Array.of(0xab, 0xcd));
  });

  it('refuses options that it does not know', () => {
    expect(() => v8Serializer({ typs: [] } as object)).toThrow(/"typs"; did you mean "types"\? It knows types/);
    expect(() => v8Serializer({ types: [{}] } as object)).toThrow(/needs a name/);
  });
});
