import { describe, expect, it } from '@jest/globals';
import { jsonSerializer } from '../../lib/serializers/json.ts';

const serializer = jsonSerializer();

const refused: readonly (readonly [string, unknown, string])[] = [
  ['undefined', { a: undefined }, 'value.a'],
  ['NaN', [1, Number.NaN], 'value[1]'],
  ['Infinity', [Infinity], 'value[0]'],
  ['-0', { a: [-0] }, 'value.a[0]'],
  ['a bigint', [1n], 'value[0]'],
  ['a hole', { a: Array(1) }, 'value.a'],
  ['a date', [new Date(0)], 'value[0]'],
  ['toJSON', { a: { toJSON: () => 1 } }, 'value.a.toJSON'],
  ['a symbol', [Symbol.for('x')], 'value[0]'],
  ['an object without prototype', { a: Object.create(null) as unknown }, 'value.a'],
];

describe('jsonSerializer', () => {
  it('writes JSON', () => {
    expect(Buffer.from(serializer.serialize({ a: [1, 'é', null, true] })).toString()).toBe('{"a":[1,"é",null,true]}');
  });

  it.each(refused)('refuses %s', (_name, value, path) => {
    expect(() => serializer.serialize(value)).toThrow(expect.objectContaining({ path }));
  });

  it('refuses a cycle', () => {
    const top: { list: unknown[] } = { list: [] };
    top.list.push({ top });
    const refusal = { code: 'ERR_TEMPCACHE_UNSERIALIZABLE', message: expect.stringContaining('contains itself') };
    expect(() => serializer.serialize({ top })).toThrow(expect.objectContaining(refusal));
  });

  it.each<[string, object, unknown, string]>([
    ['Array.prototype', Array.prototype, { list: [1] }, 'value.list'],
    ['Object.prototype', Object.prototype, [{ a: 1 }], 'value'],
  ])('refuses what inherits a toJSON from %s', (_name, prototype, value, path) => {
    // Literals of a spec have prototypes of their own.
    const prototypes = [prototype, Object.getPrototypeOf(Array.isArray(prototype) ? [] : {}) as object];
    for (const owner of prototypes) Reflect.set(owner, 'toJSON', () => 'a lie');
    try {
      expect(() => serializer.serialize(value)).toThrow(expect.objectContaining({ path }));
      expect(serializer.serialize('text')).toEqual(Buffer.from('"text"'));
    } finally {
      for (const owner of prototypes) Reflect.deleteProperty(owner, 'toJSON');
    }
    expect(serializer.deserialize(serializer.serialize(value))).toEqual(value);
  });

  it('makes two of an object that occurs twice', () => {
    const part = { n: 1 };
    const [first, second] = serializer.deserialize(serializer.serialize([part, part])) as unknown[];
    expect(first).toStrictEqual(second);
    expect(first).not.toBe(second);
  });

  it('throws for bytes that are no UTF-8 and for text that is no JSON', () => {
    expect(() => serializer.deserialize(Uint8Array.of(0x22, 0xff, 0x22))).toThrow();
    expect(() => serializer.deserialize(Buffer.from('{a:1}'))).toThrow();
    expect(() => serializer.deserialize(Buffer.from('\uFEFF1'))).toThrow();
  });
});
