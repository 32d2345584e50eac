import { types } from 'node:util';
import { classNameOf } from '../common/describe.ts';
import { type ErrorKind, isErrorKind, kindOf, kindOfPrototype } from '../common/kind.ts';

/** Which class an error is of: enough to make one that looks the same. */
export interface ErrorClass {
  /** The nearest class of the language. */
  readonly kind: ErrorKind;
  /** The name of an own class below it, `''` for one without a name; undefined for an error of the language itself. */
  readonly className: string | undefined;
  /** What `error.name` is where the error has no `name` of its own. */
  readonly name: string;
}

/** One own property of an error. */
export interface ErrorField {
  readonly key: string | symbol;
  readonly value: unknown;
  readonly enumerable: boolean;
}

/** Node marks errors of its own with this hidden symbol, and gives some of them a hidden `toString`. */
const NODE_ERROR = 'Symbol(kIsNodeError)';

/** The class of an error, or undefined where its `name` is no string. */
export function errorClassOf(error: object): ErrorClass | undefined {
  const prototype = Object.getPrototypeOf(error) as object;
  const name: unknown = Reflect.get(prototype, 'name', error);
  if (typeof name !== 'string') return undefined;
  const own = kindOf(error);
  if (isErrorKind(own) && name === own) return { kind: own, className: undefined, name };
  return { kind: nearestKind(prototype), className: classNameOf(error) ?? '', name };
}

function nearestKind(prototype: object): ErrorKind {
  for (let owner: object | null = prototype; owner !== null;) {
    const kind = kindOfPrototype(owner);
    if (isErrorKind(kind)) return kind;
    owner = Object.getPrototypeOf(owner) as object | null;
  }
  return 'Error';
}

/**
 * The own properties of an error, hidden ones included, but for the marks that Node puts on its own errors. The `stack`
 * may be an accessor of the engine's; another accessor gives undefined.
 */
export function errorFields(error: object): ErrorField[] | undefined {
  const keys = Reflect.ownKeys(error);
  const ofNode = keys.some((key) => String(key) === NODE_ERROR);
  const fields: ErrorField[] = [];
  for (const key of keys) {
    const { get, set, enumerable = false } = Object.getOwnPropertyDescriptor(error, key) ?? {};
    if (ofNode && isMark(key, enumerable)) continue;
    const accessor = get !== undefined || set !== undefined;
    if (accessor && (key !== 'stack' || enumerable)) return undefined;
    fields.push({ key, value: Reflect.get(error, key), enumerable });
  }
  return fields;
}

function isMark(key: string | symbol, enumerable: boolean): boolean {
  return !enumerable && (key === 'toString' || String(key) === NODE_ERROR);
}

/** Whether an object is an error inside, of the language or of a class below. */
export function isError(value: object): boolean {
  return types.isNativeError(value) && classNameOf(value) !== 'DOMException';
}
