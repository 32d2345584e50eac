import { describe, expect, it } from '@jest/globals';
import { type Serializer, toCodec } from '../../lib/serializers/serializer.ts';
import { v8Serializer } from '../../lib/serializers/v8.ts';

/** A serializer of a user's that keeps the bytes that it is given. */
const keeping: Serializer = {
  name: 'keeping',
  serialize: (value) => Buffer.from(String(value)),
  deserialize: (bytes) => bytes,
};

describe('toCodec', () => {
  it('makes a codec of any object with a name, serialize and deserialize', () => {
    const codec = toCodec(keeping);
    expect(codec).toMatchObject({ name: 'keeping', version: 0 });
    expect(codec.encode('abc')).toEqual({ encoding: 0, bytes: Buffer.from('abc') });
  });

  it('takes the codec that a serializer brings', () => {
    expect(toCodec(v8Serializer()).encode('abc').encoding).toBeGreaterThan(0);
  });

  it('calls the methods of a serializer that is an instance of a class', () => {
    class Mine implements Serializer {
      readonly name = 'mine';
      readonly version = 3;
      readonly #mark = 'mine:';
      serialize(value: unknown): Uint8Array {
        return Buffer.from(this.#mark + String(value));
      }
      deserialize(bytes: Uint8Array): unknown {
        return Buffer.from(bytes).toString().slice(this.#mark.length);
      }
    }
    const codec = toCodec(new Mine());
    expect(codec.decode(0, codec.encode('x').bytes)).toBe('x');
    expect(codec.version).toBe(3);
  });

  it('hands over bytes that are lent as a copy, and owned ones as they are', () => {
    const pool = Uint8Array.of(1, 2, 3);
    const lent = pool.subarray(1);
    const kept = toCodec(keeping).decode(0, lent);
    pool.fill(9);
    expect(kept).toStrictEqual(Uint8Array.of(2, 3));
    expect(toCodec(keeping).decode(0, pool)).toBe(pool);
  });

  it('refuses a serializer whose serialize returns no bytes', () => {
    const text = { ...keeping, serialize: () => 'text' as never };
    expect(() => toCodec(text).encode(1)).toThrow(/must return a Uint8Array/);
  });

  it.each([
    ['nothing', undefined],
    ['null', null],
    ['no name', { ...keeping, name: '' }],
    ['a long name', { ...keeping, name: 'x'.repeat(256) }],
    ['a negative version', { ...keeping, version: -1 }],
    ['a broken version', { ...keeping, version: 1.5 }],
    ['no serialize', { ...keeping, serialize: undefined }],
    ['no deserialize', { ...keeping, deserialize: 1 }],
  ])('refuses %s', (_name, serializer) => {
    const refusal = expect.objectContaining({ code: 'ERR_INVALID_ARG_VALUE' });
    expect(() => toCodec(serializer as never)).toThrow(refusal);
  });
});
