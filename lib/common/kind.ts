import { Buffer } from 'node:buffer';
import { URL, URLSearchParams } from 'node:url';
import { types } from 'node:util';

/** Kinds of error that the language has. */
const ERROR_KINDS = [
  'Error',
  'AggregateError',
  'EvalError',
  'RangeError',
  'ReferenceError',
  'SyntaxError',
  'TypeError',
  'URIError',
] as const;

const TYPED_ARRAY_KINDS = [
  'Int8Array',
  'Uint8Array',
  'Uint8ClampedArray',
  'Int16Array',
  'Uint16Array',
  'Int32Array',
  'Uint32Array',
  'Float16Array',
  'Float32Array',
  'Float64Array',
  'BigInt64Array',
  'BigUint64Array',
] as const;

/** A kind of error that the language has, `'TypeError'` for one. */
export type ErrorKind = (typeof ERROR_KINDS)[number];
/** The name of a typed array class. */
type TypedArrayKind = (typeof TYPED_ARRAY_KINDS)[number];

/** What an object is by its prototype and by its inner workings both; `'null'` is a plain object without prototype. */
export type Kind =
  | 'Object'
  | 'null'
  | 'Array'
  | 'Map'
  | 'Set'
  | 'Date'
  | 'RegExp'
  | 'ArrayBuffer'
  | 'DataView'
  | 'Buffer'
  | 'Number'
  | 'String'
  | 'Boolean'
  | 'BigInt'
  | 'Symbol'
  | 'URL'
  | 'URLSearchParams'
  | ErrorKind
  | TypedArrayKind;

/** Whether an object with the prototype of a kind is of that kind inside, and no impostor. */
const BRANDS: Record<string, (value: object) => boolean> = {
  Object: isOrdinary,
  Array: Array.isArray,
  Map: types.isMap,
  Set: types.isSet,
  Date: types.isDate,
  RegExp: types.isRegExp,
  ArrayBuffer: types.isArrayBuffer,
  DataView: types.isDataView,
  Number: types.isNumberObject,
  String: types.isStringObject,
  Boolean: types.isBooleanObject,
  BigInt: types.isBigIntObject,
  Symbol: types.isSymbolObject,
  ...Object.fromEntries(ERROR_KINDS.map((kind) => [kind, types.isNativeError])),
  ...Object.fromEntries(TYPED_ARRAY_KINDS.map((kind) => [kind, (value: object) => typedArrayName(value) === kind])),
};

const functionSource = Function.prototype.toString;
const objectTag = Object.prototype.toString;
const typedArrayTag = Object.getOwnPropertyDescriptor(
  Object.getPrototypeOf(Uint8Array.prototype) as object,
  Symbol.toStringTag,
)?.get as (this: object) => TypedArrayKind | undefined;

/** The kinds by prototype, of this realm from the start, of others as they are met; undefined for a user's class. */
const kindsByPrototype = new WeakMap<object, Kind | undefined>([
  [URL.prototype, 'URL'],
  [URLSearchParams.prototype, 'URLSearchParams'],
  [Buffer.prototype, 'Buffer'],
]);

/**
 * The kind of an object, or undefined for everything that is not plain data: an instance of a class, a subclass of a
 * built-in, a function, a proxy of an exotic thing, an impostor made with `Object.create(Map.prototype)`.
 * Objects of another realm (a `vm` context, Jest) have the kind of their counterparts here.
 */
export function kindOf(value: object): Kind | undefined {
  const prototype = Object.getPrototypeOf(value) as object | null;
  if (prototype === Object.prototype) return isOrdinary(value) ? 'Object' : undefined;
  if (prototype === Array.prototype) return Array.isArray(value) ? 'Array' : undefined;
  if (prototype === null) return isOrdinary(value) ? 'null' : undefined;
  const kind = kindOfPrototype(prototype);
  return kind !== undefined && hasBrand(value, kind) ? kind : undefined;
}

/** The built-in kind whose instances have this prototype. */
export function kindOfPrototype(prototype: object): Kind | undefined {
  if (kindsByPrototype.has(prototype)) return kindsByPrototype.get(prototype);
  const kind = nativeName(prototype);
  kindsByPrototype.set(prototype, kind);
  return kind;
}

/** Whether a kind is one of the language's errors. */
export function isErrorKind(kind: string | undefined): kind is ErrorKind {
  return (ERROR_KINDS as readonly (string | undefined)[]).includes(kind);
}

/** The class of a typed array (`'Uint8Array'`, for a Buffer too), or undefined for anything else. */
export function typedArrayName(value: object): TypedArrayKind | undefined {
  return typedArrayTag.call(value);
}

/**
 * The name of the native constructor that a prototype belongs to. The text `function Map() { [native code] }` cannot be
 * forged: the source of a user's function never reads so, and a bound function shows no name.
 */
function nativeName(prototype: object): Kind | undefined {
  const constructor: unknown = Object.getOwnPropertyDescriptor(prototype, 'constructor')?.value;
  if (typeof constructor !== 'function' || constructor.prototype !== prototype) return undefined;
  const name = /^function (\w+)\(\) \{ \[native code\] \}$/.exec(functionSource.call(constructor))?.[1] ?? '';
  return Object.hasOwn(BRANDS, name) ? (name as Kind) : undefined;
}

function hasBrand(value: object, kind: Kind): boolean {
  if (kind === 'Buffer') return typedArrayName(value) === 'Uint8Array';
  if (kind === 'URL') return isBranded(value, 'href', URL.prototype);
  if (kind === 'URLSearchParams') return isBranded(value, 'size', URLSearchParams.prototype);
  return BRANDS[kind]?.(value) ?? false;
}

/** An accessor over private state throws for everybody but the real thing. */
function isBranded(value: object, property: string, prototype: object): boolean {
  try {
    Reflect.get(prototype, property, value);
    return true;
  } catch {
    return false;
  }
}

/**
 * A plain object in fact: `arguments`, module namespaces, `Math` and built-ins whose prototype was changed are not.
 * The brands that do not show in the tag are looked for only where there is no own property to speak for the object.
 */
function isOrdinary(value: object): boolean {
  if (objectTag.call(value) !== '[object Object]') return false;
  return Object.keys(value).length > 0 || !isDisguised(value);
}

/**
 * Whether an object whose tag shows nothing is a built-in one inside: a `Map` whose prototype was exchanged. Written out,
 * since a loop over the functions would take three times as long.
 */
export function isDisguised(value: object): boolean {
  return isCollection(value) || isMemory(value) || isProcess(value) || isPrimitiveInside(value);
}

function isCollection(value: object): boolean {
  return types.isMap(value) || types.isSet(value) || types.isWeakMap(value) || types.isWeakSet(value);
}

function isMemory(value: object): boolean {
  return types.isAnyArrayBuffer(value) || ArrayBuffer.isView(value) || types.isExternal(value);
}

function isProcess(value: object): boolean {
  return (
    types.isPromise(value) || types.isGeneratorObject(value) || types.isMapIterator(value) || types.isSetIterator(value)
  );
}

function isPrimitiveInside(value: object): boolean {
  return types.isBigIntObject(value) || types.isSymbolObject(value);
}

/** Whether a function answered with a promise, or with anything that `await` waits for. */
export function isThenable(value: unknown): value is PromiseLike<unknown> {
  if (value === null || (typeof value !== 'object' && typeof value !== 'function')) return false;
  try {
    return typeof (value as { then?: unknown }).then === 'function';
  } catch {
    // A getter that throws: a value like any other, which the function gave and the caller is to have.
    return false;
  }
}
