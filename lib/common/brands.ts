import { URL, URLSearchParams } from 'node:url';
import { types } from 'node:util';

import { contentOf, TEMPORAL_KINDS, type TemporalKind } from './temporal.ts';

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
  | TypedArrayKind
  | TemporalKind;

const never = (_value: unknown): boolean => false;

/** The checks that the runtime has. One that it lacks says no: Deno had no `isExternal` for long, and nothing external. */
const {
  isAnyArrayBuffer = never,
  isArrayBuffer = never,
  isBigIntObject = never,
  isBooleanObject = never,
  isDataView = never,
  isDate = never,
  isExternal = never,
  isGeneratorObject = never,
  isMap = never,
  isMapIterator = never,
  isNativeError = never,
  isNumberObject = never,
  isPromise = never,
  isRegExp = never,
  isSet = never,
  isSetIterator = never,
  isStringObject = never,
  isSymbolObject = never,
  isWeakMap = never,
  isWeakSet = never,
} = types as Partial<typeof types>;

type Brand = (value: object) => boolean;

/** Whether an object with the prototype of a kind is of that kind inside, and no impostor. */
export const BRANDS: Record<Kind, Brand> = {
  Object: isOrdinary,
  null: isOrdinary,
  Array: Array.isArray,
  Map: isMap,
  Set: isSet,
  Date: isDate,
  RegExp: isRegExp,
  ArrayBuffer: isArrayBuffer,
  DataView: isDataView,
  Number: isNumberObject,
  String: isStringObject,
  Boolean: isBooleanObject,
  BigInt: isBigIntObject,
  Symbol: isSymbolObject,
  Buffer: (value) => typedArrayName(value) === 'Uint8Array',
  URL: (value) => isBranded(() => Reflect.get(URL.prototype, 'href', value)),
  URLSearchParams: (value) => isBranded(() => Reflect.get(URLSearchParams.prototype, 'size', value)),
  ...entries(ERROR_KINDS, () => isNativeError),
  ...entries(TYPED_ARRAY_KINDS, (kind) => (value) => typedArrayName(value) === kind),
  ...entries(TEMPORAL_KINDS, (kind) => (value) => isBranded(() => contentOf(value, kind))),
};

/** The same for each of some kinds. */
function entries<K extends Kind>(kinds: readonly K[], brand: (kind: K) => Brand): Record<K, Brand> {
  return Object.fromEntries(kinds.map((kind) => [kind, brand(kind)])) as Record<K, Brand>;
}

const objectTag = Object.prototype.toString;
const typedArrayTag = Object.getOwnPropertyDescriptor(
  Object.getPrototypeOf(Uint8Array.prototype) as object,
  Symbol.toStringTag,
)?.get as (this: object) => TypedArrayKind | undefined;

/** Whether a kind is one of the language's errors. */
export function isErrorKind(kind: string | undefined): kind is ErrorKind {
  return (ERROR_KINDS as readonly (string | undefined)[]).includes(kind);
}

/** The class of a typed array (`'Uint8Array'`, for a Buffer too), or undefined for anything else. */
export function typedArrayName(value: object): TypedArrayKind | undefined {
  return typedArrayTag.call(value);
}

/** An accessor over private state throws for everybody but the real thing. */
function isBranded(read: () => unknown): boolean {
  try {
    read();
    return true;
  } catch {
    return false;
  }
}

/**
 * A plain object in fact: `arguments`, module namespaces, `Math` and built-ins whose prototype was changed are not.
 * The brands that do not show in the tag are looked for only where there is no own property to speak for the object.
 */
export function isOrdinary(value: object): boolean {
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
  return isMap(value) || isSet(value) || isWeakMap(value) || isWeakSet(value);
}

function isMemory(value: object): boolean {
  return isAnyArrayBuffer(value) || ArrayBuffer.isView(value) || isExternal(value);
}

function isProcess(value: object): boolean {
  return isPromise(value) || isGeneratorObject(value) || isMapIterator(value) || isSetIterator(value);
}

function isPrimitiveInside(value: object): boolean {
  return isBigIntObject(value) || isSymbolObject(value);
}
