import { URL } from 'node:url';
import { isArrayBuffer, isPromise, isRegExp, isSharedArrayBuffer } from 'node:util/types';
import { classNameOf, describe, isOfProgram } from '../common/describe.ts';
import type { Kind } from '../common/kind.ts';
import { contentOf, isTemporalKind, temporalOf, type TemporalKind } from '../common/temporal.ts';

/** Why something cannot be stored, in words that follow its path; undefined where it can. */
export type Reason = string | undefined;

const SHARED = 'shares its memory with other threads: store a copy of it';
/** For what belongs to the runtime: no class of it can be named. */
const FORMS = 'say by the options toStored and fromStored what is stored of it';
const DETACHED = 'has lost its memory to another thread (it is detached)';

const CHECKS: Partial<Record<Kind, (value: never) => Reason>> = {
  RegExp: checkRegExp,
  ArrayBuffer: (value: ArrayBuffer) => (isDetached(value) ? DETACHED : undefined),
  Symbol: checkBoxedSymbol,
  URL: checkUrl,
};

/** Why an object of no kind cannot be stored; `cure` is what else to do where its class can be taught to the serializer. */
export function reasonOfInstance(value: object, cure: string): string {
  if (isSharedArrayBuffer(value)) return SHARED;
  if (isPromise(value)) return 'is a promise: wait for it, and store what it gives';
  const what = describe(value);
  if (what === 'a generator') return 'is a generator: store what it gives, in an array';
  const name = isOfProgram(value) ? '' : (classNameOf(value) ?? '');
  if (/^Weak(?:Map|Set|Ref)$/.test(name)) return `is a ${name}: store what it refers to`;
  if (/^(?:Response|Request)$/.test(name)) return `is a ${name}: return its text or JSON, or ${FORMS}`;
  const plain = 'cannot be stored whole: store plain data instead';
  return name === '' || name === 'Object'
    ? `is ${what}, which ${plain}, or ${cure}`
    : `is ${what}, which ${plain}, or ${FORMS}`;
}

/** Looks at an object of the language or of Node by itself, not at what it contains. */
export function checkBuiltIn(value: object, kind: Kind): Reason {
  if (ArrayBuffer.isView(value)) return checkView(value);
  return isTemporalKind(kind) ? checkTemporal(value, kind) : CHECKS[kind]?.(value as never);
}

function checkView(view: ArrayBufferView): Reason {
  if (isSharedArrayBuffer(view.buffer)) return SHARED;
  return isDetached(view.buffer) ? DETACHED : undefined;
}

function isDetached(buffer: ArrayBuffer): boolean {
  if (buffer.byteLength > 0) return false;
  try {
    return new Uint8Array(buffer).byteLength > 0;
  } catch {
    return true;
  }
}

function checkRegExp(regExp: RegExp): Reason {
  return typeof regExp.lastIndex === 'number' ? undefined : 'has a lastIndex that is no number';
}

function checkBoxedSymbol(value: object): Reason {
  const symbol = Symbol.prototype.valueOf.call(value as unknown as symbol);
  return Symbol.keyFor(symbol) === undefined ? 'holds an unregistered symbol: use Symbol.for()' : undefined;
}

/** A few odd URLs read differently when their text is parsed again. */
function checkUrl(url: URL): Reason {
  const same = URL.canParse(url.href) && new URL(url.href).href === url.href;
  return same ? undefined : 'is a URL that changes when it is read again: store it as a string';
}

/** A month and a day may stand for another year than their text says. */
function checkTemporal(value: object, kind: TemporalKind): Reason {
  const content = contentOf(value, kind);
  const again = contentOf(temporalOf(kind, content), kind);
  const same = content.every((part, index) => part === again[index]);
  return same ? undefined : `is a ${kind} that changes when it is read again: store its parts`;
}

/** Whether a regular expression has been used: its `lastIndex` is not 0. */
export function hasLastIndex(value: object): boolean {
  return isRegExp(value) && !Object.is(value.lastIndex, 0);
}

/** Whether an ArrayBuffer can grow. */
export function isResizable(value: object): boolean {
  return isArrayBuffer(value) && 'resizable' in value && value.resizable === true;
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

/** More holes than this, and the indices are listed instead of tried one by one. */
const MANY_HOLES = 100_000;

/** The indices of an array that are there: holes are left out, even billions of them. Reads no element. */
export function* presentIndices(array: readonly unknown[]): Iterable<number> {
  let holes = 0;
  for (let index = 0; index < array.length; index++) {
    if (Object.hasOwn(array, index)) {
      yield index;
    } else if (++holes > MANY_HOLES) {
      for (const key of Object.keys(array)) if (Number(key) > index) yield Number(key);
      return;
    }
  }
}
