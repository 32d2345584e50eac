import { Buffer } from 'node:buffer';

/** A value that cannot be a key, where in it the reason stands, and a word of the message. */
export interface Unkeyable {
  readonly name: string;
  readonly make: () => unknown;
  readonly says: RegExp;
}

/** What is refused for a property that it has. */
export const unkeyableProperties: readonly Unkeyable[] = [
  { name: 'a getter', make: () => getter({}, 'a'), says: /accessor/ },
  {
    name: 'a setter alone',
    make: () => Object.defineProperty({}, 'a', { set() {}, enumerable: true }),
    says: /accessor/,
  },
  { name: 'a getter in an array', make: () => getter([1, 2], 1), says: /accessor/ },
  {
    name: 'a setter alone in an array',
    make: () => Object.defineProperty([1], 0, { set() {}, enumerable: true }),
    says: /accessor/,
  },
  { name: 'a getter in a long array', make: () => getter(Array.from({ length: 99 }), 98), says: /accessor/ },
  { name: 'a getter of an error', make: () => getter(new Error('a'), 'code'), says: /accessor/ },
  {
    name: 'a hidden getter for the message of an error',
    make: () => Object.defineProperty(new Error('a'), 'message', { get: () => 'b' }),
    says: /accessor/,
  },
  { name: 'a property of an array', make: () => Object.assign([1], { a: 1 }), says: /further properties/ },
  {
    name: 'a property of a long array',
    make: () => Object.assign(Array.from({ length: 99 }), { a: 1 }),
    says: /further properties/,
  },
  {
    name: 'a property of a long array like the text it is found by',
    make: () => Object.assign(Array.from({ length: 99 }), { '[ ... 99 more items ]': 1 }),
    says: /further properties/,
  },
  {
    name: 'a symbol of an array',
    make: () => Object.assign([1], { [Symbol.for('a')]: 1 }),
    says: /further properties/,
  },
  { name: 'a negative index of an array', make: () => Object.assign([1], { '-1': 1 }), says: /further properties/ },
  {
    name: 'an index past 2 ** 32 of an array',
    make: () => Object.assign([1], { 4294967295: 1 }),
    says: /further properties/,
  },
  {
    name: 'a property of a long array behind a proxy',
    make: () => Object.assign(new Proxy(Array.from({ length: 99 }), {}), { a: 1 }),
    says: /further properties/,
  },
  { name: 'what a match of a regular expression is', make: () => /a/.exec('a'), says: /further properties/ },
  {
    name: 'the strings of a tagged template, whose raw ones are hidden',
    make: () => ((strings: TemplateStringsArray) => strings)`a`,
    says: /further properties/,
  },
  { name: 'a property of a Map', make: () => Object.assign(new Map(), { a: 1 }), says: /further properties/ },
  {
    name: 'a hidden property of a Map',
    make: () => Object.defineProperty(new Map(), 'size', { value: 7 }),
    says: /further properties/,
  },
  { name: 'a property of a Date', make: () => Object.assign(new Date(0), { a: 1 }), says: /further properties/ },
  {
    name: 'a hidden property of a RegExp',
    make: () => Object.defineProperty(/a/, 'source', { value: 'b' }),
    says: /further properties/,
  },
  { name: 'a property of a URL', make: () => Object.assign(new URL('a:b'), { a: 1 }), says: /further properties/ },
  {
    name: 'a property of a short Buffer',
    make: () => Object.assign(Buffer.from('a'), { a: 1 }),
    says: /further properties/,
  },
  {
    name: 'a property of a long Buffer',
    make: () => Object.assign(Buffer.alloc(99), { a: 1 }),
    says: /further properties/,
  },
  {
    name: 'a property of a DataView',
    make: () => Object.assign(new DataView(new ArrayBuffer(1)), { a: 1 }),
    says: /further properties/,
  },
  {
    name: 'a property of a boxed string',
    make: () => Object.assign(Object('a') as object, { a: 1 }),
    says: /further properties/,
  },
  {
    name: 'a property of a long boxed string',
    make: () => Object.assign(Object('a'.repeat(99)) as object, { a: 1 }),
    says: /further properties/,
  },
  {
    name: 'a property of a boxed number',
    make: () => Object.assign(Object(1) as object, { a: 1 }),
    says: /further properties/,
  },
  { name: 'a lastIndex that is an object', make: () => Object.assign(/a/, { lastIndex: {} }), says: /lastIndex/ },
];

function getter(object: object, key: string | number): object {
  return Object.defineProperty(object, key, { get: () => 1, enumerable: true });
}
