import { URL, URLSearchParams } from 'node:url';
import { types } from 'node:util';
import { classNameOf } from '../common/describe.ts';
import { type ErrorKind, isErrorKind, type Kind, kindOf, kindOfPrototype } from '../common/kind.ts';

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
interface ErrorField {
  readonly key: string | symbol;
  readonly value: unknown;
  readonly enumerable: boolean;
}

/** Node gives errors of its own this hidden symbol, and gives some of them a hidden `toString`. */
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
 * The own properties of an error, hidden ones included, but for those by which Node knows its own errors. The `stack`
 * may be an accessor of the engine's; another accessor gives undefined.
 */
export function errorFields(error: object): ErrorField[] | undefined {
  const keys = Reflect.ownKeys(error);
  const ofNode = keys.some((key) => String(key) === NODE_ERROR);
  const fields: ErrorField[] = [];
  for (const key of keys) {
    const { get, set, enumerable = false } = Object.getOwnPropertyDescriptor(error, key) ?? {};
    if (ofNode && isOfNode(key, enumerable)) continue;
    const accessor = get !== undefined || set !== undefined;
    if (accessor && (key !== 'stack' || enumerable)) return undefined;
    fields.push({ key, value: Reflect.get(error, key), enumerable });
  }
  return fields;
}

function isOfNode(key: string | symbol, enumerable: boolean): boolean {
  return !enumerable && (key === 'toString' || String(key) === NODE_ERROR);
}

/** Whether an object is an error inside, of the language or of a class below. */
export function isError(value: object): boolean {
  return types.isNativeError(value) && classNameOf(value) !== 'DOMException';
}

/** Something that V8 does not know, as a number that says what it is and strings to make it of. */
export interface Shell {
  readonly tag: number;
  readonly payload: readonly string[];
}

/** Below these numbers are the views. */
const URL_TAG = 32;
const SEARCH_PARAMS_TAG = 33;
const BOXED_SYMBOL_TAG = 34;
/** An error without its fields: `[kind]`, or `[kind, className, name]` for a class of a user's. */
const ERROR_TAG = 35;

/** The shell of a thing that is complete in itself, or undefined where V8 can write it. */
export function leafShell(value: object, kind: Kind | undefined): Shell | undefined {
  if (kind === 'URL') return { tag: URL_TAG, payload: [(value as URL).href] };
  if (kind === 'URLSearchParams') return { tag: SEARCH_PARAMS_TAG, payload: [(value as URLSearchParams).toString()] };
  if (kind !== 'Symbol') return undefined;
  const symbol = Symbol.prototype.valueOf.call(value as unknown as symbol);
  return { tag: BOXED_SYMBOL_TAG, payload: [Symbol.keyFor(symbol) as string] };
}

/** The shell of an error. */
export function errorShell({ kind, className, name }: ErrorClass): Shell {
  return { tag: ERROR_TAG, payload: className === undefined ? [kind] : [kind, className, name] };
}

/**
 * Makes what a shell stands for.
 *
 * @throws Error for what {@link leafShell} and {@link errorShell} would not have written.
 */
export function openShell(tag: number, payload: unknown): object {
  if (!Array.isArray(payload) || !payload.every((part) => typeof part === 'string')) throw unreadable();
  const [first = '', className, name] = payload;
  if (tag === URL_TAG) return new URL(first);
  if (tag === SEARCH_PARAMS_TAG) return new URLSearchParams(first);
  if (tag === BOXED_SYMBOL_TAG) return boxed(Symbol.for(first));
  if (tag === ERROR_TAG && isErrorKind(first)) return emptyError({ kind: first, className, name: name ?? first });
  throw unreadable();
}

function boxed(symbol: symbol): object {
  return Reflect.apply(Object, undefined, [symbol]) as object;
}

/** The error for bytes that this package did not write. */
export function unreadable(): Error {
  return new Error('The bytes are no value that was written by serialize()');
}

type ErrorConstructor = new (...args: never[]) => Error;

const BASES: Record<ErrorKind, ErrorConstructor> = {
  Error,
  AggregateError,
  EvalError,
  RangeError,
  ReferenceError,
  SyntaxError,
  TypeError,
  URIError,
};

function emptyError(errorClass: ErrorClass): Error {
  const base = BASES[errorClass.kind];
  const target = errorClass.className === undefined ? base : standInClass(errorClass);
  const error = Reflect.construct(base, errorClass.kind === 'AggregateError' ? [[]] : [], target) as Error;
  for (const key of Reflect.ownKeys(error)) Reflect.deleteProperty(error, key);
  return error;
}

/** So many classes are remembered, so that errors of one class that are read at different times stay of one class. */
const MAX_CLASSES = 1000;
const classes = new Map<string, ErrorConstructor>();

/** A class that shows the name of the one that an error was of, and has none of its methods. */
function standInClass({ kind, className = '', name }: ErrorClass): ErrorConstructor {
  const id = JSON.stringify([kind, className, name]);
  const known = classes.get(id);
  if (known !== undefined) return known;
  const made = class extends BASES[kind] {};
  Object.defineProperty(made, 'name', { value: className, configurable: true });
  Object.defineProperty(made.prototype, 'name', { value: name, configurable: true, writable: true });
  if (classes.size >= MAX_CLASSES) classes.clear();
  classes.set(id, made);
  return made;
}
