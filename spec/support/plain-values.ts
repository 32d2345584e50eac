import { nested, sparse, withoutPrototype } from './value-makers.ts';

/** Values by name, as fresh copies. */
export type Rows = readonly (readonly [string, () => unknown])[];

/** The value that JSON text says, an own `__proto__` included. */
function parsed(text: string): unknown {
  return JSON.parse(text) as unknown;
}

/** What JSON text keeps, the odd ones among them. */
export const keptByJson: Rows = [
  ['null', () => null],
  ['booleans', () => [true, false]],
  ['zero', () => 0],
  ['integers', () => [1, -1, 2 ** 31, -(2 ** 31) - 1, 2 ** 53 + 2, 1e21, -1e300]],
  ['decimals', () => [0.1, 0.1 + 0.2, 5e-324, 1.7976931348623157e308, 1e-7, -1.5]],
  ['an empty object and an empty array', () => [{}, [], { a: {} }, [[]]]],
  ['an own `__proto__`', () => parsed('{"__proto__":{"x":1},"b":{"__proto__":null}}')],
  ['keys of methods', () => ({ toJSON: 1, constructor: 2, toString: '3', hasOwnProperty: null, then: [] })],
  ['keys that are numbers or look so', () => ({ b: 1, 10: 2, 9: 3, '-1': 4, '01': 5, '4294967295': 6, '': 7 })],
  ['texts that look like JSON', () => ['{"a":1}', '"', '\\', '\\u0041', 'null', '-0', '/*']],
  ['control characters', () => ['\0\b\t\n\v\f\r\u001F\u007F', { '\n': '\u2028\u2029' }]],
  ['lone surrogates', () => ['\uD800', 'a\uDC00b', { '\uDBFF': '\uDFFF\uD800' }]],
  ['Latin characters', () => ({ é: 'ÿ', '\u0080': ['\u00A0'] })],
  ['wide characters', () => ({ Ā: '€', '💾': ['李'] })],
  ['one text in two places', () => ['twice', 'twice', { twice: 'twice' }]],
  ['equal objects', () => [{ a: 1 }, { a: 1 }, [], []]],
  ['a deep value', () => nested(199)],
];

/** What is made of plain objects and arrays too, but JSON text would change. */
export const changedByJson: Rows = [
  ['undefined', () => undefined],
  ['a property that is undefined', () => ({ a: undefined })],
  ['undefined in an array', () => [undefined]],
  ['NaN', () => [Number.NaN]],
  ['Infinity', () => ({ most: Infinity, least: -Infinity })],
  ['-0', () => [{ zero: -0 }]],
  ['a bigint', () => [1n]],
  ['a date', () => ({ at: new Date(0) })],
  ['an invalid date', () => [new Date(Number.NaN)]],
  ['one object in two places', () => inTwoPlaces({ a: 1 })],
  ['one empty array in two places', () => inTwoPlaces([])],
  ['a cycle', () => cyclic({}, 'self')],
  ['a cycle through an array', () => cyclic([], 0)],
];

/** What V8 writes, but not at first sight: holes and what needs help. */
export const notPlain: Rows = [
  ['a frozen object', () => Object.freeze({ a: 1 })],
  ['a sealed array', () => Object.seal([1])],
  ['a date that takes no properties', () => Object.preventExtensions(new Date(0))],
  ['a property that is read-only', () => Object.defineProperty({ a: 1 }, 'a', { writable: false })],
  ['a property that is permanent', () => Object.defineProperty({ a: 1 }, 'a', { configurable: false })],
  ['a hole', () => [, 1]],
  ['a hole at the end', () => [1, ,]],
  ['a sparse array', () => sparse(4_294_967_294)],
  ['a map', () => [new Map()]],
  ['no prototype', () => ({ a: withoutPrototype({}) })],
  ['a registered symbol', () => [Symbol.for('a')]],
  ['a registered symbol as a key', () => ({ [Symbol.for('a')]: 1 })],
  ['an error', () => [new Error('x')]],
  ['a boxed number', () => [Reflect.apply(Object, undefined, [1])]],
  ['a view', () => [Uint8Array.of(1)]],
  ['a value that is nested deeper than JSON text is tried', () => nested(400)],
];

function inTwoPlaces(part: unknown): unknown {
  return { first: part, second: [part] };
}

function cyclic(value: object, key: PropertyKey): unknown {
  Reflect.set(value, key, value);
  return value;
}
