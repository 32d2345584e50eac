import { describe, expect, it } from '@jest/globals';
import { Buffer } from 'node:buffer';
import { createContext, runInContext, runInThisContext } from 'node:vm';
import { isErrorKind, kindOf, kindOfPrototype, typedArrayName } from '../../lib/common/kind.ts';

/** Sources of objects by their kind. */
const KINDS: readonly (readonly [string, string])[] = [
  ['{}', 'Object'],
  ['{ a: 1 }', 'Object'],
  ['Object.create(null)', 'null'],
  ['[]', 'Array'],
  ['new Map()', 'Map'],
  ['new Set()', 'Set'],
  ['new Date()', 'Date'],
  ['/a/', 'RegExp'],
  ['new ArrayBuffer(1)', 'ArrayBuffer'],
  ['new DataView(new ArrayBuffer(1))', 'DataView'],
  ['Object(1)', 'Number'],
  ["Object('a')", 'String'],
  ['Object(true)', 'Boolean'],
  ['Object(1n)', 'BigInt'],
  ["Object(Symbol('a'))", 'Symbol'],
  ...['Error', 'EvalError', 'RangeError', 'ReferenceError', 'SyntaxError', 'TypeError', 'URIError'].map(
    (kind) => [`new ${kind}()`, kind] as const,
  ),
  ['new AggregateError([])', 'AggregateError'],
  ...[
    'Int8',
    'Uint8',
    'Uint8Clamped',
    'Int16',
    'Uint16',
    'Int32',
    'Uint32',
    'Float32',
    'Float64',
    'BigInt64',
    'BigUint64',
  ].map((name) => [`new ${name}Array()`, `${name}Array`] as const),
];

/** Sources of objects that are no plain data. */
const NONE: readonly string[] = [
  'new (class Session {})()',
  'new (class Map {})()',
  'new (class extends Map {})()',
  'new (class extends Array {})()',
  'new (class extends Error {})()',
  'Object.create({})',
  'Object.create(Map.prototype)',
  'Object.create(Error.prototype)',
  'Object.create(Array.prototype)',
  'Object.create(Uint8Array.prototype)',
  'Object.setPrototypeOf(new Map(), Object.prototype)',
  'Object.setPrototypeOf(new WeakSet(), null)',
  'Object.setPrototypeOf(Object.assign(new Date(), { a: 1 }), Object.prototype)',
  'Object.setPrototypeOf([], Map.prototype)',
  'Object.setPrototypeOf(new Set(), Map.prototype)',
  'new Proxy(new Map(), {})',
  'function () {}',
  'Promise.resolve()',
  'new WeakMap()',
  'new WeakRef({})',
  'new SharedArrayBuffer(1)',
  '(function () { return arguments; })()',
  '(function* () {})()',
  'Math',
  'JSON',
  'globalThis',
  "{ [Symbol.toStringTag]: 'Map' }",
];

const other = createContext();
const realms = [
  ['this realm', (source: string): object => runInThisContext(`(${source})`) as object],
  ['another realm', (source: string): object => runInContext(`(${source})`, other) as object],
] as const;

describe.each(realms)('in %s', (_realm, make) => {
  it.each(KINDS)('%s is of the kind %s', (source, kind) => {
    expect(kindOf(make(source))).toBe(kind);
  });

  it.each(NONE)('%s is of no kind', (source) => {
    expect(kindOf(make(source))).toBeUndefined();
  });
});

describe('kindOf', () => {
  it('knows the classes that only Node has', () => {
    expect(kindOf(Buffer.from('a'))).toBe('Buffer');
    expect(kindOf(new URL('a:b'))).toBe('URL');
    expect(kindOf(new URLSearchParams())).toBe('URLSearchParams');
  });

  it('takes no object for one of them that only has its prototype', () => {
    for (const prototype of [Buffer.prototype, URL.prototype, URLSearchParams.prototype]) {
      expect(kindOf(Object.create(prototype) as object)).toBeUndefined();
    }
  });

  it('looks through a proxy of a plain object or an array', () => {
    expect(kindOf(new Proxy({ a: 1 }, {}))).toBe('Object');
    expect(kindOf(new Proxy([], {}))).toBe('Array');
  });

  it('is not deceived by a constructor that says it is another', () => {
    const liar = (constructor: unknown): object =>
      Object.create(Object.create(null, { constructor: { value: constructor } })) as object;
    function Map(): void {}
    expect(kindOf(liar(globalThis.Map))).toBeUndefined();
    expect(kindOf(liar(Map))).toBeUndefined();
    expect(kindOf(liar(Map.bind(null)))).toBeUndefined();
    expect(kindOf(liar({ prototype: 1 }))).toBeUndefined();
  });

  it('is not deceived by a subclass that says it is the class above it', () => {
    class Names extends Map {}
    Object.defineProperty(Names.prototype, 'constructor', { value: Map });
    expect(kindOf(new Names())).toBeUndefined();
  });

  it('says the same of a prototype that it has met before', () => {
    class Session {
      readonly user = 'Ada';
    }
    expect([kindOfPrototype(Session.prototype), kindOfPrototype(Session.prototype)]).toEqual([undefined, undefined]);
    expect([kindOfPrototype(Map.prototype), kindOfPrototype(Map.prototype)]).toEqual(['Map', 'Map']);
  });
});

describe('typedArrayName', () => {
  it('is the class of a typed array, whatever it says', () => {
    const liar = Object.defineProperty(new Uint8Array(), Symbol.toStringTag, { value: 'Int8Array' });
    expect(typedArrayName(liar)).toBe('Uint8Array');
    expect(typedArrayName(Buffer.from('a'))).toBe('Uint8Array');
    expect(typedArrayName(Object.setPrototypeOf(new Uint8Array(), Int8Array.prototype) as object)).toBe('Uint8Array');
  });

  it('is undefined for all else', () => {
    for (const value of [
      {},
      [],
      new ArrayBuffer(1),
      new DataView(new ArrayBuffer(1)),
      new Proxy(new Uint8Array(), {}),
    ]) {
      expect(typedArrayName(value)).toBeUndefined();
    }
  });
});

describe('isErrorKind', () => {
  it('knows the errors of the language', () => {
    expect(['Error', 'TypeError', 'AggregateError'].every(isErrorKind)).toBe(true);
    expect(['HttpError', 'Map', '', undefined].some(isErrorKind)).toBe(false);
  });
});
