import { describe, expect, it } from '@jest/globals';
import v8 from 'node:v8';
import { runInNewContext } from 'node:vm';
import { defineType } from '../../lib/v8-serializer-utils/define-type.ts';
import { TypeRegistry } from '../../lib/v8-serializer-utils/registry.ts';
import { lookAt } from '../../lib/v8-serializer-utils/plain.ts';
import { changedByJson, keptByJson, notPlain } from '../support/plain-values.ts';
import { unstorable } from '../support/unstorable-values.ts';

const NO_TYPES = new TypeRegistry();

function look(value: unknown): ReturnType<typeof lookAt> {
  return lookAt(value, NO_TYPES);
}

/** The same value with the prototypes of the realm of Node's own modules, which is not that of a spec's literals. */
function ofOtherRealm(value: unknown): unknown {
  return v8.deserialize(v8.serialize(value)) as unknown;
}

/** Built-in things with an own property and the prototype of plain objects. */
const disguised: readonly object[] = [
  new Map(),
  new Set(),
  new WeakMap(),
  new WeakSet(),
  Promise.resolve(),
  new Date(),
  /x/,
  new Error('x'),
  new ArrayBuffer(1),
  new DataView(new ArrayBuffer(1)),
  (function* generate() {})(),
  new Map().keys(),
  new Set().values(),
  ...[1, 'a', true, 1n, Symbol.for('a')].map((value) => Reflect.apply(Object, undefined, [value]) as object),
];

describe('a look at a value', () => {
  it.each(keptByJson)('sees that JSON keeps %s', (_name, value) => {
    expect(look(value())).toMatchObject({ json: true });
    expect(look({ in: [ofOtherRealm(value())] })).toMatchObject({ json: true });
  });

  it.each(changedByJson)('sees that JSON would change %s', (_name, value) => {
    expect(look(value())).toMatchObject({ json: false });
    expect(look({ in: [ofOtherRealm(value())] })).toMatchObject({ json: false });
  });

  it.each(notPlain)('sees that this is not plain: %s', (_name, value) => {
    expect(look(value())).toBeUndefined();
    expect(look([{ in: value() }])).toBeUndefined();
  });

  it.each(unstorable)('leaves $name to the checker', ({ value }) => {
    expect(look(value())).toBeUndefined();
    expect(look({ in: [value()] })).toBeUndefined();
  });

  it.each(disguised)('is not deceived by the prototype of a plain object: %#', (thing) => {
    const original: unknown = Object.getPrototypeOf(thing);
    Object.setPrototypeOf(Object.assign(thing, { x: 1 }), Object.prototype);
    const found = look(thing);
    Object.setPrototypeOf(thing, original as object);
    expect(found).toBeUndefined();
  });

  it('leaves an array with a property to the checker, short or long, full or with a hole', () => {
    const long = Array.from({ length: 100 }, () => 1);
    for (const array of [[1], [1, , 2], long]) {
      expect(look(Object.assign(array, { x: 1 }))).toBeUndefined();
      expect(look(Object.defineProperty(array.slice(), 'hidden', { value: 1 }))).toBeUndefined();
      expect(look(Object.assign(array.slice(), { [Symbol.for('x')]: 1 }))).toBeUndefined();
    }
  });

  it('takes objects and arrays of another realm for plain', () => {
    expect(look(runInNewContext('({ a: [1, { b: null }] })'))).toMatchObject({ json: true });
    expect(look(runInNewContext('[new Date(0)]'))).toMatchObject({ json: false });
    expect(look(runInNewContext('Object.assign(new Date(0), { x: 1 })'))).toBeUndefined();
    expect(look(runInNewContext('Object.prototype.toJSON = () => 1; [1]'))).toMatchObject({ json: false });
  });

  it('sees that JSON would change a date that has no toJSON any more', () => {
    const date = new Date(0);
    const prototype = Object.getPrototypeOf(date) as object;
    const descriptor = Object.getOwnPropertyDescriptor(prototype, 'toJSON') as PropertyDescriptor;
    Reflect.deleteProperty(prototype, 'toJSON');
    const found = look([date]);
    Object.defineProperty(prototype, 'toJSON', descriptor);
    expect(found).toMatchObject({ json: false });
  });

  it('leaves instances of registered classes to the checker, even of plain ones', () => {
    for (const value of [{ a: 1 }, [1], new Date(0)]) {
      const type = { name: 'x', class: value.constructor, encode: String, decode: Object };
      expect(lookAt([[value]], new TypeRegistry([defineType(type)]))).toBeUndefined();
      expect(look([[value]])).toBeDefined();
    }
  });

  it('runs no code of the value', () => {
    const calls: unknown[] = [];
    const called = (): unknown => calls.push('called');
    const spy = new Proxy({}, { get: () => called });
    look([new Proxy({ a: 1 }, spy)]);
    look({
      a: 1,
      get b() {
        return called();
      },
    });
    look(Object.defineProperty([1, 2], 1, { get: called, enumerable: true }));
    look({ toJSON: called });
    look({ [Symbol.toPrimitive]: called, valueOf: called });
    expect(calls).toStrictEqual([]);
  });
});
