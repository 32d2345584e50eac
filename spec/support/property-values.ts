import { Buffer } from 'node:buffer';
import type { NamedValue, Refuser } from './named-value.ts';
import { attributes, closed, elaborate, further, property, withoutPrototype } from './value-makers.ts';

const JSON_ONLY: readonly Refuser[] = ['json'];
const BOTH: readonly Refuser[] = ['devalue', 'json'];

const symbol = Symbol.for('tempcache.spec');

/** What objects have besides their content, and whether they are closed. */
export const propertyValues: readonly NamedValue[] = [
  { name: 'hidden properties', value: () => [property({ a: 1 }, 'b', { value: [2] })], refusedBy: BOTH },
  { name: 'hidden symbol keys', value: () => property({ a: 1 }, symbol, { value: [2] }), refusedBy: BOTH },
  { name: 'properties that are read-only or permanent', value: () => attributes(), refusedBy: BOTH },
  { name: 'matches of regular expressions', value: () => ({ match: /(?<x>b)/d.exec('abc') }), refusedBy: BOTH },
  {
    name: 'arrays with properties',
    value: () => Object.assign([1, , 2], { x: { y: 1 }, [symbol]: 2, 7: 'seven' }),
    refusedBy: BOTH,
  },
  {
    name: 'long arrays with properties',
    value: () => Object.assign(Array.from({ length: 100 }), { x: 1 }),
    refusedBy: BOTH,
  },
  { name: 'arrays with hidden properties', value: () => [property([1], 'raw', { value: [] })], refusedBy: BOTH },
  { name: 'template strings', value: () => elaborate`a${1}b\n`, refusedBy: BOTH },
  { name: 'properties of `Map`, `Set`, `Date`, `RegExp`, `URL` ...', value: () => further(), refusedBy: BOTH },
  {
    name: 'properties of binary data',
    value: () => [
      Object.assign(Buffer.from('a'), { x: 1 }),
      Object.assign(new Uint8Array(1000), { x: 1, [symbol]: 2 }),
      property(new Float64Array(40), 'x', { value: { y: 1 } }),
      Object.assign(new ArrayBuffer(1), { x: 1 }),
    ],
    refusedBy: BOTH,
  },
  {
    name: 'properties that lead back',
    value: () => {
      const map: Map<string, unknown> & { self?: unknown } = new Map();
      map.self = property([map], 'map', { value: map });
      return map.set('list', map.self);
    },
    refusedBy: BOTH,
  },
  {
    name: 'frozen, sealed and non-extensible objects',
    value: () => closed(() => ({ a: 1, b: { c: 2 } })),
    refusedBy: [],
  },
  { name: 'frozen, sealed and non-extensible arrays', value: () => closed(() => [1, [2], 3]), refusedBy: [] },
  {
    name: 'frozen `Map`, `Date`, errors ...',
    value: () => {
      const makers = [() => new Map([[symbol, 1]]), () => new Set([1]), () => new Date(1), () => /x/g];
      return [...makers, () => new Error('x'), () => new URL('a:b')].map(closed);
    },
    refusedBy: BOTH,
  },
  {
    name: 'frozen objects with hidden properties',
    value: () => [closed(() => property({ a: 1 }, 'b', { value: 2 })), closed(() => withoutPrototype({ [symbol]: 1 }))],
    refusedBy: BOTH,
  },
  {
    name: 'binary data that takes no more properties',
    value: () => [Object.preventExtensions(Uint8Array.of(1)), Object.freeze(new ArrayBuffer(1))],
    refusedBy: JSON_ONLY,
  },
];
