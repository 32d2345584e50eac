import { Buffer } from 'node:buffer';
import { unkeyableProperties, type Unkeyable } from './key-refusals-properties.ts';

class Session {
  readonly #token = 'secret';
  read(): string {
    return this.#token;
  }
}

class NamedMap extends Map {}
class Rows extends Array {}
class HttpError extends Error {}
class Moment extends Date {}
class Bytes extends Uint8Array {}

const instances: readonly Unkeyable[] = [
  { name: 'an instance of a class', make: () => new Session(), says: /an instance of Session.*\[cacheKey\]\(\)/ },
  {
    name: 'an instance of a class without a name',
    make: () =>
      new (class {
        a = 1;
      })(),
    says: /is an object of an unknown/,
  },
  { name: 'a subclass of Map', make: () => new NamedMap(), says: /an instance of NamedMap/ },
  { name: 'a subclass of Array', make: () => new Rows(), says: /an instance of Rows/ },
  { name: 'a subclass of Error', make: () => new HttpError(), says: /an instance of HttpError/ },
  { name: 'a subclass of Date', make: () => new Moment(), says: /an instance of Moment/ },
  { name: 'a subclass of Uint8Array', make: () => new Bytes(2), says: /an instance of Bytes/ },
  { name: 'an object that inherits from another', make: () => Object.create({ a: 1 }), says: /not a plain one/ },
  { name: 'a function', make: () => function load() {}, says: /the function load.*captures/ },
  { name: 'a class', make: () => Session, says: /the function Session/ },
  { name: 'a promise', make: () => Promise.resolve(1), says: /a promise/ },
  { name: 'a WeakMap', make: () => new WeakMap(), says: /WeakMap/ },
  { name: 'a WeakSet', make: () => new WeakSet(), says: /WeakSet/ },
  { name: 'a WeakRef', make: () => new WeakRef({}), says: /WeakRef/ },
  { name: 'a Blob', make: () => new Blob(['a']), says: /Blob/ },
  { name: 'SharedArrayBuffer', make: () => new SharedArrayBuffer(1), says: /SharedArrayBuffer/ },
  { name: 'a generator', make: () => (function* () {})(), says: /a generator/ },
  { name: 'an iterator of a map', make: () => new Map().entries(), says: /is an/ },
  { name: 'arguments', make: () => argumentsOf(1), says: /arguments/ },
  { name: 'Math', make: () => Math, says: /not a plain one/ },
  { name: 'JSON', make: () => JSON, says: /not a plain one/ },
  { name: 'Reflect', make: () => Reflect, says: /not a plain one/ },
  { name: 'globalThis', make: () => globalThis, says: /is an/ },
];

const symbols: readonly Unkeyable[] = [
  { name: 'an unregistered symbol', make: () => Symbol('a'), says: /Symbol\(a\).*Symbol\.for/ },
  { name: 'a boxed unregistered symbol', make: () => Object(Symbol('a')), says: /Symbol\.for/ },
  { name: 'a well-known symbol', make: () => Symbol.iterator, says: /Symbol\.for/ },
  { name: 'an unregistered symbol as key', make: () => ({ [Symbol('a')]: 1 }), says: /Symbol\(a\) as a key/ },
  { name: 'an own toStringTag', make: () => ({ [Symbol.toStringTag]: 'Map' }), says: /is an object|toStringTag/ },
  { name: 'an own toStringTag that says Object', make: () => tagged('Object'), says: /toStringTag/ },
];

const impostors: readonly Unkeyable[] = [
  { name: 'an object with the prototype of Map', make: () => Object.create(Map.prototype), says: /not plain data/ },
  { name: 'an object with the prototype of Error', make: () => Object.create(Error.prototype), says: /not plain data/ },
  { name: 'an object with the prototype of URL', make: () => Object.create(URL.prototype), says: /is an/ },
  { name: 'an object with the prototype of Array', make: () => Object.create(Array.prototype), says: /not plain data/ },
  { name: 'an object with the prototype of Buffer', make: () => Object.create(Buffer.prototype), says: /is an/ },
  {
    name: 'a Map with the prototype of Object',
    make: () => become(new Map(), Object.prototype),
    says: /not a plain one/,
  },
  { name: 'a Map without prototype', make: () => become(new Map(), null), says: /not plain data/ },
  {
    name: 'a Date with the prototype of Object',
    make: () => become(new Date(0), Object.prototype),
    says: /not a plain one/,
  },
  {
    name: 'a Uint8Array with the prototype of Buffer of another width',
    make: () => become(new Uint16Array(1), Buffer.prototype),
    says: /is an/,
  },
  {
    name: 'a promise with the prototype of Object',
    make: () => become(Promise.resolve(), Object.prototype),
    says: /a promise/,
  },
  {
    name: 'a Uint8Array with the prototype of Int8Array',
    make: () => become(new Uint8Array(1), Int8Array.prototype),
    says: /not plain data/,
  },
  { name: 'an array with the prototype of Set', make: () => become([], Set.prototype), says: /not plain data/ },
  { name: 'a function with the prototype of Object', make: () => become(() => 1, Object.prototype), says: /function/ },
  { name: 'a detached ArrayBuffer', make: () => detached(), says: /detached/ },
];

/** Everything that is refused as a key for what it is. */
export const unkeyables: readonly Unkeyable[] = [...instances, ...symbols, ...unkeyableProperties, ...impostors];

function argumentsOf(..._args: unknown[]): unknown {
  return (function () {
    return arguments;
  })();
}

function tagged(tag: string): object {
  return Object.defineProperty({}, Symbol.toStringTag, { value: tag });
}

function become(object: object, prototype: object | null): object {
  return Object.setPrototypeOf(object, prototype) as object;
}

function detached(): ArrayBuffer {
  const memory = new ArrayBuffer(8);
  structuredClone(memory, { transfer: [memory] });
  return memory;
}
