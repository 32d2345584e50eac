import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import v8 from 'node:v8';
import { decodeJson, encodeJson, LATIN1_JSON, STREAM, UTF16_JSON } from '../../lib/serializers/encodings.ts';
import { codecOf } from '../../lib/serializers/serializer.ts';
import { v8Serializer } from '../../lib/serializers/v8.ts';
import { TypeRegistry } from '../../lib/v8-serializer-utils/registry.ts';
import { type Look, lookAt } from '../../lib/v8-serializer-utils/plain.ts';
import { plain } from '../support/arbitrary-values.ts';
import { changedByJson, keptByJson, notPlain } from '../support/plain-values.ts';
import { sameValue } from '../support/same-value.ts';

const codec = v8Serializer()[codecOf];

/** What comes back, by way of memory that is used again at once. */
function copyOf(value: unknown): { kind: number; copy: unknown } {
  const { encoding, bytes } = codec.encode(value);
  const pool = new Uint8Array(bytes.byteLength + 3);
  pool.set(bytes, 3);
  const copy = codec.decode(encoding, pool.subarray(3));
  pool.fill(0x21);
  return { kind: encoding & 0xff, copy };
}

/** What JSON text makes of a value that JSON keeps, be it slower or not; undefined for another one. */
function throughJson(value: unknown): { copy: unknown } | undefined {
  const look = lookAt(value, new TypeRegistry()) as Look;
  const body = encodeJson(value, { json: look.json, jsonCost: -1 });
  return body && { copy: decodeJson(body.kind, body.bytes) };
}

describe('the JSON text of a value', () => {
  it.each(keptByJson)('gives back %s as it was', (_name, value) => {
    const back = throughJson(value());
    expect(back).toBeDefined();
    expect(sameValue(value(), back?.copy)).toBe(true);
    expect(sameValue(value(), copyOf(value()).copy)).toBe(true);
  });

  it.each([...changedByJson, ...notPlain])('is not written for %s', (_name, value) => {
    const original = value();
    const { kind, copy } = copyOf(original);
    expect(kind).toBe(STREAM);
    expect(sameValue(original, copy)).toBe(true);
  });

  it('gives back any plain value just as V8 does, or is not written', () => {
    let written = 0;
    fc.assert(
      fc.property(plain, (value) => {
        const back = throughJson(value);
        if (back === undefined) return;
        written++;
        expect(sameValue(v8.deserialize(v8.serialize(value)), back.copy)).toBe(true);
        expect(sameValue(value, back.copy)).toBe(true);
      }),
      { numRuns: 2000 },
    );
    expect(written).toBeGreaterThan(200);
  });

  it('has one byte a character where that is enough, else two', () => {
    expect(copyOf({ name: 'Ann' })).toStrictEqual({ kind: LATIN1_JSON, copy: { name: 'Ann' } });
    expect(copyOf({ name: 'ÿ' })).toStrictEqual({ kind: LATIN1_JSON, copy: { name: 'ÿ' } });
    expect(copyOf({ name: 'Ā' })).toStrictEqual({ kind: UTF16_JSON, copy: { name: 'Ā' } });
    expect(copyOf({ Ā: '\uD800' })).toStrictEqual({ kind: UTF16_JSON, copy: { Ā: '\uD800' } });
  });

  it('is written where it is read faster, and never long with two bytes a character', () => {
    const rows = (name: string): unknown => Array.from({ length: 1000 }, (_, id) => ({ id, name, on: true }));
    const numbers = Array.from({ length: 100 }, (_, index) => Math.sqrt(index));
    expect(copyOf(rows('Ann')).kind).toBe(LATIN1_JSON);
    expect(copyOf(rows('Ān')).kind).toBe(STREAM);
    expect(copyOf(numbers).kind).toBe(STREAM);
    expect(copyOf(['x'.repeat(10_000)]).kind).toBe(STREAM);
    expect(copyOf(42)).toStrictEqual({ kind: LATIN1_JSON, copy: 42 });
  });

  it('is not written where JSON fails', () => {
    const cycle: unknown[] = [];
    cycle.push(cycle);
    expect(encodeJson(cycle, { json: true, jsonCost: -1 })).toBeUndefined();
  });

  it('is refused where it is damaged', () => {
    const { encoding, bytes } = codec.encode({ a: [1, 'Ā'] });
    for (let length = 0; length < bytes.byteLength; length++) {
      expect(() => codec.decode(encoding, bytes.slice(0, length))).toThrow();
    }
  });
});

/** The prototypes of literals, and those of what Node's own modules make. */
const prototypes = ['{}', '[]', '"a"'].flatMap((text) => {
  const values: unknown[] = [JSON.parse(text), v8.deserialize(v8.serialize(JSON.parse(text)))];
  return values.map((value) => [text, Object.getPrototypeOf(Object(value)) as object] as const);
});

/** Carries something out while a prototype has properties that it should not have. */
function whilePolluted<T>(owner: object, properties: PropertyDescriptorMap, run: () => T): T {
  Object.defineProperties(owner, properties);
  try {
    return run();
  } finally {
    for (const key of Object.keys(properties)) Reflect.deleteProperty(owner, key);
  }
}

function bare(descriptor: PropertyDescriptor): PropertyDescriptor {
  return Object.assign(Object.create(null) as object, { configurable: true, ...descriptor });
}

describe.each(prototypes)('a prototype that somebody has changed, that of %s,', (_text, owner) => {
  const value = (): unknown => ({ a: 'text', list: [{ b: 'text', c: [null] }], n: 1 });
  const all = [value(), v8.deserialize(v8.serialize(value())) as unknown, 'text', [1], 2];

  it('does not matter: toJSON', () => {
    const properties = { toJSON: bare({ value: () => 'wrong', writable: true }) };
    const copies = whilePolluted(owner, properties, () => all.map((original) => copyOf(original).copy));
    expect(sameValue(all, copies)).toBe(true);
  });

  it('does not matter: getters and setters', () => {
    let calls = 0;
    const trap = bare({ get: () => void calls++, set: () => void calls++ });
    const properties = Object.fromEntries(
      ['a', 'b', 'c', 'list', '0', 'toJSON', 'json', 'n'].map((key) => [key, trap]),
    );
    const encoded = all.map((original) => codec.encode(original));
    const copies: unknown[] = Array.from(all, () => undefined);
    whilePolluted(owner, properties, () => {
      for (let index = 0; index < all.length; index++) {
        const { encoding, bytes } = encoded[index] as (typeof encoded)[number];
        copies[index] = codec.decode(encoding, bytes);
        codec.encode(all[index]);
      }
    });
    expect(sameValue(all, copies)).toBe(true);
    expect(calls).toBe(0);
  });
});
