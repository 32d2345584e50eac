/** A value that no serializer can store, and the place in it that is to blame. */
export interface UnstorableValue {
  readonly name: string;
  readonly value: () => unknown;
  readonly path: string;
}

class Session {
  readonly id = 1;
}
class Private {
  readonly #secret = 1;
  read(): number {
    return this.#secret;
  }
}
class List extends Array {}
class Table extends Map {}
class Moment extends Date {}
class HttpError extends TypeError {
  readonly status = 404;
  override name = 'HttpError';
}
class Nameless extends Error {}

function property(target: object, key: PropertyKey, descriptor: PropertyDescriptor): object {
  return Object.defineProperty(target, key, { configurable: true, ...descriptor });
}

function args(..._values: unknown[]): unknown {
  return arguments;
}

/** What nothing and nobody can give back as it was: refused by every serializer, with this path. */
export const unstorable: readonly UnstorableValue[] = [
  {
    name: 'an instance of a class',
    value: () => ({ user: [{ session: new Session() }] }),
    path: 'value.user[0].session',
  },
  { name: 'an instance with private fields', value: () => [new Private()], path: 'value[0]' },
  { name: 'a function', value: () => ({ a: { run: () => 1 } }), path: 'value.a.run' },
  { name: 'a class', value: () => [Session], path: 'value[0]' },
  { name: 'a promise', value: () => ({ 'a b': Promise.resolve(1) }), path: 'value["a b"]' },
  { name: 'an unregistered symbol', value: () => [1, Symbol('x')], path: 'value[1]' },
  { name: 'a well-known symbol', value: () => Symbol.iterator, path: 'value' },
  { name: 'an unregistered symbol as a key', value: () => ({ a: { [Symbol('k')]: 1 } }), path: 'value.a[Symbol(k)]' },
  {
    name: 'a boxed unregistered symbol',
    value: () => [Reflect.apply(Object, undefined, [Symbol('x')])],
    path: 'value[0]',
  },
  {
    name: 'a getter',
    value: () => ({
      a: {
        get b() {
          return 1;
        },
      },
    }),
    path: 'value.a.b',
  },
  { name: 'a setter', value: () => ({ set a(_value: unknown) {} }), path: 'value.a' },
  {
    name: 'a getter in an array',
    value: () => property([1, 2], 1, { get: () => 2, enumerable: true }),
    path: 'value[1]',
  },
  {
    name: 'a getter of a symbol key',
    value: () => property({}, Symbol.for('k'), { get: () => 2, enumerable: true }),
    path: 'value[Symbol(k)]',
  },
  {
    name: 'a getter of a map',
    value: () => [property(new Map(), 'x', { get: () => 2, enumerable: true })],
    path: 'value[0].x',
  },
  {
    name: 'a function as a hidden property',
    value: () => ({ list: property([1], 'raw', { value: () => 1 }) }),
    path: 'value.list.raw',
  },
  { name: 'a subclass of Array', value: () => ({ list: List.from([1]) }), path: 'value.list' },
  { name: 'a subclass of Map', value: () => [new Table()], path: 'value[0]' },
  { name: 'a subclass of Date', value: () => [new Moment()], path: 'value[0]' },
  { name: 'an arguments object', value: () => [args(1)], path: 'value[0]' },
  { name: 'a proxy', value: () => [new Proxy({}, {})], path: 'value[0]' },
  { name: 'a proxy of an array', value: () => new Proxy([], {}), path: 'value' },
  { name: 'a WeakMap', value: () => new Map([['k', new WeakMap()]]), path: 'value.<map value 0>' },
  { name: 'a WeakRef as a key', value: () => new Map([[new WeakRef({}), 1]]), path: 'value.<map key 0>' },
  { name: 'a generator', value: () => new Set([(function* generate() {})()]), path: 'value.<set member 0>' },
  { name: 'a SharedArrayBuffer', value: () => new SharedArrayBuffer(1), path: 'value' },
  { name: 'a view of a SharedArrayBuffer', value: () => [new Uint8Array(new SharedArrayBuffer(1))], path: 'value[0]' },
  { name: 'a detached ArrayBuffer', value: () => [detached()], path: 'value[0]' },
  { name: 'a Blob', value: () => [new Blob(['x'])], path: 'value[0]' },
  { name: 'Math', value: () => [Math], path: 'value[0]' },
  { name: 'an impostor', value: () => [Object.create(Map.prototype)], path: 'value[0]' },
  {
    name: 'a map in disguise',
    value: () => [Object.setPrototypeOf(Object.assign(new Map(), { x: 1 }), Object.prototype)],
    path: 'value[0]',
  },
  { name: 'an object with a tag of its own', value: () => [{ [Symbol.toStringTag]: 'Map' }], path: 'value[0]' },
  { name: 'an object that inherits', value: () => [Object.create({ a: 1 })], path: 'value[0]' },
  { name: 'an error of an own class', value: () => [new HttpError('gone')], path: 'value[0]' },
  { name: 'an error of an own class without a name', value: () => ({ cause: new Nameless('x') }), path: 'value.cause' },
  {
    name: 'an error whose prototype says that its class is one of the language',
    value: () => [Object.setPrototypeOf(new Error('x'), Object.create(Error.prototype, { constructor: {}, more: {} }))],
    path: 'value[0]',
  },
  { name: 'an error without prototype', value: () => [Object.setPrototypeOf(new Error('x'), null)], path: 'value[0]' },
  { name: 'an error with a getter', value: () => [property(new Error('x'), 'g', { get: () => 1 })], path: 'value[0]' },
  {
    name: 'an error with a function',
    value: () => [Object.assign(new Error('x'), { retry() {} })],
    path: 'value[0].retry',
  },
];

function detached(): ArrayBuffer {
  const buffer = new ArrayBuffer(8);
  structuredClone(buffer, { transfer: [buffer] });
  return buffer;
}
