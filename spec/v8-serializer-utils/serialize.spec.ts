import { describe, expect, it } from '@jest/globals';
import { Buffer } from 'node:buffer';
import { inspect } from 'node:util';
import v8 from 'node:v8';
import { deserialize, serialize } from '../../lib/v8-serializer-utils/index.ts';
import { sameValue } from '../support/same-value.ts';

function copyOf<T>(value: T): T {
  return deserialize(serialize(value)) as T;
}

function nested(depth: number, wrap: (inner: unknown) => unknown): unknown {
  let value: unknown = 1;
  for (let level = 0; level < depth; level++) value = wrap(value);
  return value;
}

describe('what cannot be stored', () => {
  it.each<[string, object, RegExp]>([
    ['a promise', Promise.resolve(), /is a promise: wait for it, and store what it gives$/],
    ['a generator', (function* () {})(), /is a generator: store what it gives, in an array$/],
    ['a SharedArrayBuffer', new SharedArrayBuffer(1), /shares its memory with other threads: store a copy of it$/],
    ['a WeakMap', new WeakMap(), /is a WeakMap: store what it refers to$/],
    [
      'a class that can be registered',
      new (class Box {
        x = 1;
      })(),
      /name its class in \{ types: \[\.\.\.\] \}$/,
    ],
  ])('is told what can be done about it: %s', (_name, value, message) => {
    expect(() => serialize({ value })).toThrow(message);
  });
});

describe('serialize and deserialize', () => {
  it('write what needs no help just as V8 does, but for views', () => {
    const value = { list: [1, , 'x'], map: new Map([[{}, 1n]]), when: new Date(1) };
    expect(Buffer.from(serialize(value))).toStrictEqual(v8.serialize(value));
  });

  it('make own properties of keys named __proto__', () => {
    const value = JSON.parse('{"a":{"__proto__":{"polluted":true}}}') as { a: object };
    for (const extra of [undefined, new URL('a:b')]) {
      const { a } = copyOf({ ...value, extra });
      expect(Object.hasOwn(a, '__proto__')).toBe(true);
      expect(Reflect.get(a, 'polluted')).toBeUndefined();
    }
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
  });

  it('give every view memory of its own, and only what it shows', () => {
    const pool = Buffer.from('secret-shown-secret');
    const bytes = serialize([pool.subarray(7, 12), new DataView(pool.buffer, pool.byteOffset + 7, 5)]);
    expect(Buffer.from(bytes).includes('secret')).toBe(false);
    const [buffer, view] = deserialize(bytes) as [Buffer, DataView];
    expect(buffer.toString()).toBe('shown');
    expect([buffer.byteOffset, buffer.buffer.byteLength, view.byteOffset, view.buffer.byteLength]).toEqual([
      0, 5, 0, 5,
    ]);
    bytes.fill(0);
    expect(buffer.toString()).toBe('shown');
  });

  it('do not change the value', () => {
    const used = /x/g;
    used.lastIndex = 3;
    const value = { error: new Error('x'), [Symbol.for('k')]: [used, Object.create(null) as object] };
    const before = inspect(value, { depth: 9, showHidden: true });
    serialize(value);
    expect(inspect(value, { depth: 9, showHidden: true })).toBe(before);
  });

  it.each([
    ['objects', (inner: unknown) => ({ inner })],
    ['arrays', (inner: unknown) => [inner]],
    ['maps', (inner: unknown) => new Map([['inner', inner]])],
    ['causes', (inner: unknown) => new Error('x', { cause: inner })],
    ['objects without prototype', (inner: unknown) => Object.assign(Object.create(null) as object, { inner })],
  ])('take %s 1,000 deep and refuse deeper ones', (_name, wrap) => {
    const value = nested(1000, wrap);
    expect(sameValue(copyOf(value), value)).toBe(true);
    for (const depth of [1002, 10_000]) {
      const refusal = expect.objectContaining({ code: 'ERR_TEMPCACHE_UNSERIALIZABLE' });
      expect(() => serialize(nested(depth, wrap))).toThrow(refusal);
    }
  });

  it('refuse bytes of a newer V8', () => {
    const bytes = serialize({ a: 1 });
    bytes[1] = 99;
    expect(() => deserialize(bytes)).toThrow();
  });

  it('refuse programs that nobody wrote', () => {
    const programs = [5, {}, [1, 2], [1, [99]], [1, [2, {}, 'a', 0]], [1, [0, 1, 'a', 'b']], [1, [0, {}, {}, 'b']]];
    const more = [
      [1, [0, {}, 'a', 1]],
      [1, [5, {}, 1]],
      [1, [7, {}, [1, 2]]],
      [1, [8, {}, [1]]],
      [1, [4, {}, 3]],
      [1, [1, 'T', 1]],
    ];
    for (const program of [...programs, ...more]) expect(() => deserialize(withHost(64, program))).toThrow();
    for (const tag of [32, 33, 34, 35, 36, 40]) expect(() => deserialize(withHost(tag, [1]))).toThrow();
    expect(() => deserialize(withHost(35, ['Map']))).toThrow();
    // As 0.1.0 stored an error of an own class, whose methods it has lost.
    expect(() => deserialize(withHost(35, ['TypeError', 'HttpError', 'TypeError']))).toThrow();
    expect(deserialize(withHost(64, ['fine']))).toBe('fine');
  });
});

/** A stream with a host object of this tag and content. */
function withHost(tag: number, content: unknown): Uint8Array {
  const writer = new (class extends v8.Serializer {
    _writeHostObject(): void {
      this.writeUint32(tag);
      this.writeValue(content);
    }
  })();
  Reflect.get(writer, '_setTreatArrayBufferViewsAsHostObjects').call(writer, true);
  writer.writeHeader();
  writer.writeValue(new Uint8Array());
  return writer.releaseBuffer();
}

describe('errors', () => {
  it('of Node itself are kept without the marks that it hides in them', () => {
    const error = thrownBy(() => Buffer.alloc('x' as never));
    const back = copyOf(error);
    expect(back).toMatchObject({ code: 'ERR_INVALID_ARG_TYPE', message: (error as Error).message });
    expect((back as Error).stack).toBe((error as Error).stack);
    expect(back).toBeInstanceOf(TypeError);
    expect(inspect(back)).toBe(inspect(error));
    expect(String(back)).toBe(String(error));
  });

  it('have no message, stack or cause where they had none', () => {
    const bare = new Error();
    Reflect.deleteProperty(bare, 'stack');
    expect(Reflect.ownKeys(copyOf(bare))).toEqual([]);
    expect(Object.hasOwn(copyOf(new Error('x', { cause: undefined })), 'cause')).toBe(true);
  });
});

function thrownBy(run: () => unknown): unknown {
  try {
    return run();
  } catch (error) {
    return error;
  }
}
