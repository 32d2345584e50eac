import { describe, expect, it } from '@jest/globals';
import zlib from 'node:zlib';
import { compressed } from '../../lib/serializers/compressed.ts';
import { jsonSerializer } from '../../lib/serializers/json.ts';
import { codecOf } from '../../lib/serializers/serializer.ts';
import { v8Serializer } from '../../lib/serializers/v8.ts';

const text = 'all work and no play '.repeat(500);
const hasZstd = 'zstdCompressSync' in zlib;
const available = hasZstd ? (['zstd', 'brotli', 'gzip'] as const) : (['brotli', 'gzip'] as const);

/** A head that says how and how long, and the compressed bytes. */
function head(method: number, length: number): number[] {
  return [method, length & 0xff, (length >>> 8) & 0xff, (length >>> 16) & 0xff, length >>> 24, 0, 0];
}

describe('compressed', () => {
  it('has the name and the version of what it compresses', () => {
    const inner = { ...jsonSerializer(), name: 'mine', version: 7 };
    expect(compressed(inner)).toMatchObject({ name: 'compressed-mine', version: 7 });
  });

  it.each(available)('makes long values much shorter: %s', (algorithm) => {
    const serializer = compressed(v8Serializer(), { algorithm });
    const bytes = serializer.serialize(text);
    expect(bytes.byteLength).toBeLessThan(text.length / 20);
    expect(serializer.deserialize(bytes)).toBe(text);
  });

  it.each(available)('reads what was written by %s whatever it writes itself', (algorithm) => {
    const bytes = compressed(jsonSerializer(), { algorithm }).serialize([text]);
    expect(compressed(jsonSerializer()).deserialize(bytes)).toStrictEqual([text]);
  });

  it('stores values below the threshold as they are', () => {
    const inner = jsonSerializer().serialize('short');
    expect(compressed(jsonSerializer())[codecOf].encode('short').bytes).toStrictEqual(Buffer.from([0, ...inner]));
    const long = compressed(jsonSerializer(), { threshold: '1MB' })[codecOf].encode(text);
    expect(long.bytes[0]).toBe(0);
  });

  it('stores what does not get shorter as it is', () => {
    const noise = Buffer.from(
      Array.from({ length: 2000 }, (_, index) => ((index * index * 7919) % 251) ^ (index % 13)),
    );
    const serializer = compressed(v8Serializer(), { threshold: 0 });
    expect(serializer[codecOf].encode(noise.subarray(0, 30)).bytes[0]).toBe(0);
    expect(serializer.deserialize(serializer.serialize(noise))).toStrictEqual(noise);
  });

  it('keeps the choice of the encoding inside', () => {
    const value = new Float64Array(1000);
    const { encoding } = v8Serializer()[codecOf].encode(value);
    expect(compressed(v8Serializer())[codecOf].encode(value).encoding).toBe(encoding);
  });

  it('takes no more memory than the bytes say that they need', () => {
    const bomb = zlib.gzipSync(Buffer.alloc(10_000_000));
    const { decode } = compressed(jsonSerializer())[codecOf];
    expect(() => decode(0, Buffer.from([...head(1, 1000), ...bomb]))).toThrow(/larger than 1000 bytes/);
  });

  it('throws for a false length, an unknown way and damaged bytes', () => {
    const { decode } = compressed(jsonSerializer())[codecOf];
    const packed = zlib.gzipSync('"text"');
    expect(decode(0, Buffer.from([...head(1, 6), ...packed]))).toBe('text');
    expect(() => decode(0, Buffer.from([...head(1, 7), ...packed]))).toThrow(/length is wrong/);
    expect(() => decode(0, Buffer.from([...head(1, 2 ** 30), ...packed]))).toThrow(/length is wrong/);
    expect(() => decode(0, Buffer.from([...head(9, 6), ...packed]))).toThrow(/compressed in a way \(9\)/);
    expect(() => decode(0, Buffer.from([...head(1, 6), ...packed.subarray(0, -9)]))).toThrow();
    expect(() => decode(0, Buffer.from([1, 2]))).toThrow();
    expect(() => decode(0, new Uint8Array())).toThrow();
  });

  it('refuses bad options', () => {
    expect(() => compressed(jsonSerializer(), { level: 9 } as object)).toThrow(
      /"level"; it knows algorithm, threshold/,
    );
    expect(() => compressed(jsonSerializer(), { algorithm: 'lzma' } as object)).toThrow(/algorithm must be one of/);
    expect(() => compressed(jsonSerializer(), { threshold: 'big' })).toThrow(/threshold must be a number of bytes/);
    expect(() => compressed({ name: 'x' } as never)).toThrow(/needs the functions/);
  });

  it('takes zstd exactly where the runtime has it', () => {
    let taken = true;
    try {
      compressed(jsonSerializer(), { algorithm: 'zstd' });
    } catch (error) {
      expect(error).toMatchObject({ code: 'ERR_INVALID_ARG_VALUE', message: expect.stringContaining('no zstd') });
      taken = false;
    }
    expect(taken).toBe(hasZstd);
  });
});
