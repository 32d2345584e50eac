import { URL } from 'node:url';
import { isAnyArrayBuffer, isBigIntObject, isMap, isSet, isSharedArrayBuffer } from 'node:util/types';
import { type Kind, typedArrayName } from '../values/kind.ts';
import { hasExtraProperties, hasOwnNames } from '../values/own-properties.ts';

/** V8 alone can write it; or it needs help; or it cannot be stored, and why. */
export type Finding = 'plain' | 'special' | { readonly refused: string };

const EXTRA: Finding = {
  refused: 'has properties of its own besides its content, which would be lost: store them apart',
};
const SHARED: Finding = { refused: 'shares its memory with other threads: store a copy of it' };
const DETACHED: Finding = { refused: 'has lost its memory to another thread (it is detached)' };

const CHECKS: Partial<Record<Kind, (value: never) => Finding>> = {
  Array: (value: unknown[]) => (hasOwnNames(value) ? EXTRA : 'plain'),
  String: (value: ArrayLike<string>) => (Reflect.ownKeys(value).length > value.length + 1 ? EXTRA : 'plain'),
  RegExp: checkRegExp,
  ArrayBuffer: (value: ArrayBuffer) => (isDetached(value) ? DETACHED : checkBare(value)),
  Symbol: checkBoxedSymbol,
  URL: checkUrl,
  URLSearchParams: (value: URLSearchParams) => checkBare(value, 'special'),
};

/** Looks at an object of the language or of Node by itself, not at what it contains. */
export function checkBuiltIn(value: object, kind: Kind): Finding {
  if (ArrayBuffer.isView(value)) return checkView(value);
  return (CHECKS[kind] ?? checkBare)(value as never);
}

function checkBare(value: object, otherwise: Finding = 'plain'): Finding {
  return Reflect.ownKeys(value).length > 0 ? EXTRA : otherwise;
}

function checkView(view: ArrayBufferView): Finding {
  const named =
    typedArrayName(view) === undefined ? Reflect.ownKeys(view).length > 0 : hasExtraProperties(view as Uint8Array);
  if (named) return EXTRA;
  if (isSharedArrayBuffer(view.buffer)) return SHARED;
  return isDetached(view.buffer) ? DETACHED : 'plain';
}

function isDetached(buffer: ArrayBuffer): boolean {
  if (buffer.byteLength > 0) return false;
  try {
    return new Uint8Array(buffer).byteLength > 0;
  } catch {
    return true;
  }
}

function checkRegExp(regExp: RegExp): Finding {
  if (Reflect.ownKeys(regExp).length > 1) return EXTRA;
  if (typeof regExp.lastIndex !== 'number') return { refused: 'has a lastIndex that is no number' };
  return Object.is(regExp.lastIndex, 0) ? 'plain' : 'special';
}

function checkBoxedSymbol(value: object): Finding {
  const symbol = Symbol.prototype.valueOf.call(value as unknown as symbol);
  return Symbol.keyFor(symbol) === undefined
    ? { refused: 'holds an unregistered symbol: use Symbol.for()' }
    : 'special';
}

/** A few odd URLs read differently when their text is parsed again. */
function checkUrl(url: URL): Finding {
  return URL.canParse(url.href) && new URL(url.href).href === url.href
    ? checkBare(url, 'special')
    : { refused: 'is a URL that changes when it is read again: store it as a string' };
}

const getterOf = (Object.prototype as unknown as { __lookupGetter__(this: unknown, key: PropertyKey): unknown })
  .__lookupGetter__;

/**
 * Whether an own property is a getter or setter. `__lookupGetter__` is five times as fast as a property descriptor;
 * it says nothing of a setter without a getter, which reads as undefined.
 */
export function ownAccessor(value: object, key: PropertyKey): boolean {
  if (getterOf.call(value, key) !== undefined) return true;
  if ((value as Record<PropertyKey, unknown>)[key] !== undefined) return false;
  return Object.getOwnPropertyDescriptor(value, key)?.set !== undefined;
}

/** Whether V8 would write a seemingly plain object as something else: a `Map` whose prototype was exchanged. */
export function isDisguised(value: object): boolean {
  return isMap(value) || isSet(value) || isAnyArrayBuffer(value) || ArrayBuffer.isView(value) || isBigIntObject(value);
}
