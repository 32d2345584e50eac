import { isDate, isRegExp, isStringObject } from 'node:util/types';
import { namesDate, typedArrayName } from '../common/kind.ts';
import { hasExtraProperties, hasOtherKeys, hasOwnNames, SHORT } from '../common/own-properties.ts';

/** The key of an own property. */
export type Key = string | symbol;

/** How a property departs from one that was assigned, as bits. */
export const HIDDEN = 1;
export const READ_ONLY = 2;
export const PERMANENT = 4;

/** How far an object is closed. */
export const NOT_EXTENSIBLE = 1;
export const SEALED = 2;
export const FROZEN = 3;

/** The bits that an object of this level gives to all its properties. */
const IMPLIED = [0, 0, PERMANENT, PERMANENT | READ_ONLY];

/** Properties that have bits, with them. */
export type Flagged = (readonly [Key, number])[];

/** What of an object V8 would not keep. */
export interface Departures {
  /** Its own keys besides its content, in their order; undefined for a plain object that `Object.keys` shows whole. */
  readonly keys: readonly Key[] | undefined;
  readonly flagged: Flagged | undefined;
  readonly level: number;
}

type Attributes = { readonly [N in 'enumerable' | 'writable' | 'configurable']?: boolean | undefined };

/** The bits of a property of an object, but for those that all its properties have. */
export function flagsOf(property: Attributes, level: number): number {
  const { enumerable, writable, configurable } = property;
  const flags =
    (enumerable === true ? 0 : HIDDEN) | (writable === true ? 0 : READ_ONLY) | (configurable === true ? 0 : PERMANENT);
  return flags & ~(IMPLIED[level] as number);
}

/** How far an object is closed, 0 where it is not. */
export function levelOf(value: object): number {
  if (Object.isExtensible(value)) return 0;
  // Views cannot be sealed, whatever the runtime says of them.
  if (ArrayBuffer.isView(value)) return NOT_EXTENSIBLE;
  if (Object.isFrozen(value)) return FROZEN;
  return Object.isSealed(value) ? SEALED : NOT_EXTENSIBLE;
}

/** All own keys of a plain object, or undefined where `Object.keys`, which gave `shown`, shows all. */
export function allKeys(value: object, shown: readonly string[]): readonly Key[] | undefined {
  return hasOtherKeys(value, shown) ? Reflect.ownKeys(value) : undefined;
}

/** The own keys of an array, or of another object with content of its own, that are not of its content. */
export function furtherKeys(value: object): readonly Key[] {
  if (
    Array.isArray(value)
      ? !hasOwnNames(value) && hasOpenLength(value)
      : isTyped(value) && value.length > SHORT && !hasExtraProperties(value)
  )
    return [];
  const keys = Reflect.ownKeys(value);
  return keys.length === 0 ? keys : keys.filter((key) => !isContent(value, key));
}

function hasOpenLength(array: readonly unknown[]): boolean {
  return Object.getOwnPropertyDescriptor(array, 'length')?.writable === true || Object.isFrozen(array);
}

function isTyped(value: object): value is Uint8Array {
  return ArrayBuffer.isView(value) && typedArrayName(value) !== undefined;
}

/**
 * What is content of an object: elements, characters, the length of an array, the `lastIndex` of a regular expression, and
 * the constructor that fake timers give to their dates.
 */
function isContent(value: object, key: Key): boolean {
  if (isRegExp(value)) return key === 'lastIndex';
  if (isDate(value)) return key === 'constructor' && namesDate(value);
  if (Array.isArray(value)) return isIndex(key, value.length) || (key === 'length' && hasOpenLength(value));
  if (isTyped(value)) return isIndex(key, value.length);
  return isStringObject(value) && (key === 'length' || isIndex(key, value.length));
}

function isIndex(key: Key, length: number): boolean {
  if (typeof key === 'symbol') return false;
  const index = Number(key);
  return Number.isInteger(index) && index >= 0 && index < length && String(index) === key;
}
