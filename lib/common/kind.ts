import { Buffer } from 'node:buffer';
import { URL, URLSearchParams } from 'node:url';
import { types } from 'node:util';

import { BRANDS, isOrdinary, type Kind } from './brands.ts';
import { codeText } from './texts.ts';

export { isDisguised, isErrorKind, typedArrayName, type ErrorKind, type Kind } from './brands.ts';

/** The kinds by prototype, of this realm from the start, of others as they are met; undefined for a user's class. */
const kindsByPrototype = new WeakMap<object, Kind | undefined>([
  [URL.prototype, 'URL'],
  [URLSearchParams.prototype, 'URLSearchParams'],
  [Buffer.prototype, 'Buffer'],
]);
/**
 * The prototypes of this realm by kind. They are known by identity: frameworks replace `Date.prototype.constructor`, and
 * `--frozen-intrinsics` makes accessors of all of them.
 */
const prototypesByKind = new Map<Kind, object>();
for (const kind of Object.keys(BRANDS) as Kind[]) {
  const prototype = intrinsicOf(kind);
  if (prototype === undefined || kindsByPrototype.has(prototype)) continue;
  prototypesByKind.set(kind, prototype);
  kindsByPrototype.set(prototype, kind);
}

/** What instances of a kind inherit from in this realm; undefined for what is of Node, the same one in every realm. */
export function prototypeOf(kind: Kind): object | undefined {
  return prototypesByKind.get(kind);
}

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
  if (kind === undefined) return isFormerDate(value, prototype) ? 'Date' : undefined;
  return BRANDS[kind](value) ? kind : undefined;
}

/** The built-in kind whose instances have this prototype. */
export function kindOfPrototype(prototype: object): Kind | undefined {
  if (kindsByPrototype.has(prototype)) return kindsByPrototype.get(prototype);
  const kind = nativeKind(prototype) ?? replacedKind(prototype);
  kindsByPrototype.set(prototype, kind);
  return kind;
}

/** Whether an object has an own property `constructor` that is the class of dates: fake timers give it to theirs. */
export function namesDate(value: object): boolean {
  const said: unknown = Object.getOwnPropertyDescriptor(value, 'constructor')?.value;
  // A proxy, and a prototype that is an accessor, would run code of the value's.
  if (typeof said !== 'function' || types.isProxy(said)) return false;
  const prototype: unknown = Object.getOwnPropertyDescriptor(said, 'prototype')?.value;
  return isObject(prototype) && kindOfPrototype(prototype) === 'Date';
}

/** A date of fake timers that stand for `Date` no more; a class that extends theirs is another one. */
function isFormerDate(value: object, prototype: object): boolean {
  if (!BRANDS.Date(value) || !namesDate(value) || !hasConstructorOnly(prototype)) return false;
  const parent = Object.getPrototypeOf(prototype) as object;
  return parent === prototypeOf('Date') || nativeKind(parent) === 'Date';
}

/**
 * The kind by the name of the native constructor that a prototype belongs to. The text `function Map() { [native code] }`
 * cannot be forged: the source of a user's function never reads so, and a bound function shows no name.
 */
function nativeKind(prototype: object): Kind | undefined {
  const constructor: unknown = Object.getOwnPropertyDescriptor(prototype, 'constructor')?.value;
  if (typeof constructor !== 'function' || constructor.prototype !== prototype) return undefined;
  const name = /^function (\w+)\(\) \{ \[native code\] \}$/.exec(codeText(constructor))?.[1] ?? '';
  return ([name, `Temporal.${name}`] as Kind[]).find((kind) => Object.hasOwn(BRANDS, kind));
}

/** The kind of a global class that was put in the place of a built-in one, and takes the instances of that for its own. */
function replacedKind(prototype: object): Kind | undefined {
  const parent = Object.getPrototypeOf(prototype) as object | null;
  const kind = parent === null ? undefined : kindsByPrototype.get(parent);
  if (kind === undefined || parent !== prototypeOf(kind) || !hasConstructorOnly(prototype)) return undefined;
  const found = globalClass(kind) as NewableFunction | undefined;
  return found?.prototype === prototype && Object.create(parent) instanceof found ? kind : undefined;
}

function hasConstructorOnly(prototype: object): boolean {
  const keys = Reflect.ownKeys(prototype);
  return keys.length === 1 && keys[0] === 'constructor';
}

/** The prototype of a built-in class of this realm, also where a program has replaced the global class before. */
function intrinsicOf(kind: Kind): object | undefined {
  const prototype: unknown = globalClass(kind)?.prototype;
  if (!isObject(prototype)) return undefined;
  const parent = Object.getPrototypeOf(prototype) as object | null;
  return parent !== null && (nativeKind(parent) === kind || hasConstructorOnly(prototype)) ? parent : prototype;
}

/** What `Map` is, `Temporal.Instant` and so on, at the moment. */
function globalClass(kind: Kind): { readonly prototype?: unknown } | undefined {
  type Names = Record<string, object | undefined> | undefined;
  return kind.split('.').reduce<object | undefined>((owner, name) => (owner as Names)?.[name], globalThis);
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
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
