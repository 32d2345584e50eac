import { Buffer } from 'node:buffer';
import { errorValues } from './error-values.ts';
import { propertyValues } from './property-values.ts';
import type { NamedValue, Refuser } from './named-value.ts';
import {
  withoutPrototype,
  sparse,
  nested,
  usedRegExp,
  boxed,
  growing,
  typedArrays,
  cycle,
  collectionCycle,
  shared,
} from './value-makers.ts';

export type { NamedValue } from './named-value.ts';

const NOBODY: readonly Refuser[] = [];
const JSON_ONLY: readonly Refuser[] = ['json'];
const BOTH: readonly Refuser[] = ['devalue', 'json'];

const symbol = Symbol.for('tempcache.spec');

const primitives: readonly NamedValue[] = [
  { name: '`undefined`', value: () => undefined, refusedBy: JSON_ONLY },
  { name: '`null`', value: () => null, refusedBy: NOBODY },
  { name: 'booleans', value: () => [true, false], refusedBy: NOBODY },
  {
    name: 'numbers',
    value: () => [0, 1, -1, 2 ** 31, -(2 ** 31) - 1, 0.1, 5e-324, 1.7976931348623157e308],
    refusedBy: NOBODY,
  },
  { name: '`NaN`', value: () => Number.NaN, refusedBy: JSON_ONLY },
  { name: '`Infinity`', value: () => [Infinity, -Infinity], refusedBy: JSON_ONLY },
  { name: '`-0`', value: () => ({ zero: -0 }), refusedBy: JSON_ONLY },
  { name: 'bigints', value: () => [0n, -1n, 2n ** 200n, -(2n ** 64n)], refusedBy: JSON_ONLY },
  {
    name: 'strings',
    value: () => ['', 'a', 'é', 'ÿĀ', '€', '💾', '\0', '\u2028', '</script>', 'x'.repeat(5000)],
    refusedBy: NOBODY,
  },
  { name: 'lone surrogates', value: () => ['\uD800', 'a\uDC00b', { '\uDBFF': '\uDFFF\uD800' }], refusedBy: NOBODY },
  { name: 'a string of one byte a character', value: () => 'café', refusedBy: NOBODY },
  { name: 'a string of two bytes a character', value: () => '\uD83D€', refusedBy: NOBODY },
  { name: 'registered symbols (`Symbol.for`)', value: () => [symbol, { symbol }], refusedBy: BOTH },
  { name: 'a registered symbol alone', value: () => symbol, refusedBy: BOTH },
];

const objects: readonly NamedValue[] = [
  { name: 'plain objects', value: () => ({ b: 1, a: { c: [{}] }, 10: 'ten', 9: 'nine', '': 0 }), refusedBy: NOBODY },
  { name: 'properties that are `undefined`', value: () => ({ a: undefined, b: 1 }), refusedBy: JSON_ONLY },
  {
    name: 'own keys named `__proto__`',
    value: () => JSON.parse('{"__proto__":{"x":1},"b":{"__proto__":null}}'),
    refusedBy: ['devalue'],
  },
  {
    name: 'keys named like methods',
    value: () => ({ constructor: 1, toString: 'x', hasOwnProperty: [], then: 1 }),
    refusedBy: NOBODY,
  },
  { name: 'registered symbols as keys', value: () => ({ a: 1, [symbol]: { [symbol]: 2 } }), refusedBy: BOTH },
  {
    name: 'objects without prototype',
    value: () => withoutPrototype({ a: 1, b: withoutPrototype({}) }),
    refusedBy: JSON_ONLY,
  },
  { name: 'arrays', value: () => [[], [1, 'a', null], [[[]]]], refusedBy: NOBODY },
  { name: 'arrays with `undefined`', value: () => [undefined, [1, undefined]], refusedBy: JSON_ONLY },
  {
    name: 'holes in arrays',
    value: () => [[, 1], [1, , 2], [1, ,], Array(3), sparse(1e6), sparse(4_294_967_294)],
    refusedBy: JSON_ONLY,
  },
  { name: 'long arrays', value: () => Array.from({ length: 1000 }, (_, index) => index), refusedBy: NOBODY },
  { name: 'deep values', value: () => nested(500), refusedBy: NOBODY },
];

const builtIns: readonly NamedValue[] = [
  {
    name: '`Map`',
    value: () =>
      new Map<unknown, unknown>([
        ['a', 1],
        [{ k: 1 }, new Map([[new Map(), []]])],
        [Number.NaN, undefined],
      ]),
    refusedBy: JSON_ONLY,
  },
  { name: '`Set`', value: () => new Set<unknown>(['b', 'a', new Set([1n]), undefined]), refusedBy: JSON_ONLY },
  {
    name: '`Map` and `Set` with symbols',
    value: () => [
      new Map<unknown, unknown>([
        [1, symbol],
        [symbol, 2],
      ]),
      new Set([0, symbol, 1]),
    ],
    refusedBy: BOTH,
  },
  { name: '`Date`', value: () => [new Date(0), new Date(8.64e15), new Date(-1)], refusedBy: JSON_ONLY },
  { name: 'invalid dates', value: () => new Date(Number.NaN), refusedBy: JSON_ONLY },
  { name: '`RegExp`', value: () => [/a\/[b]/giu, /(?:)/, /\uD800</], refusedBy: JSON_ONLY },
  { name: '`RegExp` with a `lastIndex`', value: () => usedRegExp(), refusedBy: BOTH },
  { name: 'boxed primitives', value: () => [1, -0, 'text', '\uD800', true, 2n].map(boxed), refusedBy: JSON_ONLY },
  { name: 'boxed registered symbols', value: () => boxed(symbol), refusedBy: BOTH },
  {
    name: '`URL`',
    value: () => [new URL('https://user@example.org:8080/a%20b?c=d#é'), new URL('data:,x')],
    refusedBy: JSON_ONLY,
  },
  { name: '`URLSearchParams`', value: () => new URLSearchParams('?a=1&b=2&a=3&%3F=+'), refusedBy: JSON_ONLY },
];

const binary: readonly NamedValue[] = [
  {
    name: '`Buffer`',
    value: () => [Buffer.from('bytes'), Buffer.alloc(0), Buffer.from('xbytesx').subarray(1, 6)],
    refusedBy: BOTH,
  },
  { name: 'a `Buffer` alone', value: () => Buffer.from('bytes'), refusedBy: BOTH },
  { name: '`ArrayBuffer`', value: () => [Uint8Array.of(1, 2, 3).buffer, new ArrayBuffer(0)], refusedBy: JSON_ONLY },
  { name: 'an `ArrayBuffer` that can grow', value: () => growing(), refusedBy: BOTH },
  { name: '`DataView`', value: () => new DataView(Uint8Array.of(1, 2, 3, 4).buffer, 1, 2), refusedBy: JSON_ONLY },
  { name: 'typed arrays', value: () => typedArrays(), refusedBy: JSON_ONLY },
  { name: 'a typed array alone', value: () => Float64Array.of(-0, Number.NaN, 1.5), refusedBy: JSON_ONLY },
  {
    name: 'typed arrays that show a part of their memory',
    value: () => [Uint16Array.of(1, 2, 3).subarray(1, 2), Uint8Array.of(1, 2).subarray(2)],
    refusedBy: JSON_ONLY,
  },
];

const shapes: readonly NamedValue[] = [
  { name: 'cycles', value: () => cycle(), refusedBy: JSON_ONLY },
  {
    name: 'cycles through `Map`, `Set` and objects without prototype',
    value: () => collectionCycle(),
    refusedBy: JSON_ONLY,
  },
  { name: 'one `Map` in several places', value: () => shared(), refusedBy: JSON_ONLY },
];

/** Values of every kind that can be stored, as fresh copies. */
export const values: readonly NamedValue[] = [
  ...primitives,
  ...objects,
  ...builtIns,
  ...binary,
  ...errorValues,
  ...shapes,
  ...propertyValues,
];
