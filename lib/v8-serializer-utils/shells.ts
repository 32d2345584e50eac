import { URL, URLSearchParams } from 'node:url';
import { types } from 'node:util';
import { classNameOf } from '../common/describe.ts';
import { contentOf, isTemporalKind, temporalOf } from '../common/temporal.ts';
import { flagsOf } from './properties.ts';
import { type ErrorKind, isErrorKind, type Kind, kindOf, kindOfPrototype } from '../common/kind.ts';

/** Which class of the language an error is of. */
export interface ErrorClass {
  readonly kind: ErrorKind;
  /** Whether Node made a class of its own for it, which shows itself as that of the language. */
  readonly ofNode: boolean;
}

/** One own property of an error. */
interface ErrorField {
  readonly key: string | symbol;
  readonly value: unknown;
  readonly enumerable: boolean;
  /** What {@link flagsOf} says. */
  readonly flags: number;
}

/** Node marks the prototypes of its own errors, or the errors, by this symbol, and gives some errors a hidden `toString`. */
const NODE_ERROR = 'Symbol(kIsNodeError)';

/** The class of an error, or undefined where it is of a class of a user's. */
export function errorClassOf(error: object): ErrorClass | undefined {
  const own = kindOf(error);
  if (isErrorKind(own)) return { kind: own, ofNode: false };
  let ofNode = false;
  for (let owner = Object.getPrototypeOf(error) as object | null; owner !== null;) {
    const kind = kindOfPrototype(owner);
    if (isErrorKind(kind)) return ofNode ? { kind, ofNode } : undefined;
    ofNode ||= Object.getOwnPropertySymbols(owner).some((key) => String(key) === NODE_ERROR);
    owner = Object.getPrototypeOf(owner) as object | null;
  }
  return undefined;
}

/** The class of the language below that of a user's, of which an error is. */
export function nearestClass(error: object): ErrorClass {
  for (let owner = Object.getPrototypeOf(error) as object | null; owner !== null;) {
    const kind = kindOfPrototype(owner);
    if (isErrorKind(kind)) return { kind, ofNode: false };
    owner = Object.getPrototypeOf(owner) as object | null;
  }
  return { kind: 'Error', ofNode: false };
}

/**
 * The own properties of an error, hidden ones included, but for those by which Node knows its own errors. The `stack`
 * may be an accessor of the engine's; another accessor gives undefined.
 */
export function errorFields(error: object, level: number): ErrorField[] | undefined {
  const keys = Reflect.ownKeys(error);
  const ofNode = keys.some((key) => String(key) === NODE_ERROR);
  const fields: ErrorField[] = [];
  for (const key of keys) {
    const property = Object.getOwnPropertyDescriptor(error, key) as PropertyDescriptor;
    const { get, set, writable, configurable, enumerable = false } = property;
    if (ofNode && isOfNode(key, enumerable)) continue;
    const accessor = get !== undefined || set !== undefined;
    if (accessor && (key !== 'stack' || enumerable)) return undefined;
    const flags = flagsOf({ enumerable, writable: accessor || writable === true, configurable }, level);
    fields.push({ key, value: Reflect.get(error, key), enumerable, flags });
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
/** An error without its fields: `[kind]`. */
const ERROR_TAG = 35;
/** The same for an error of Node's. */
const NODE_ERROR_TAG = 36;
/** The kind and the content, with spaces between. */
const TEMPORAL_TAG = 37;

/** The shell of a thing that is complete in itself, or undefined where V8 can write it. */
export function leafShell(value: object, kind: Kind | undefined): Shell | undefined {
  if (kind === 'URL') return { tag: URL_TAG, payload: [(value as URL).href] };
  if (kind === 'URLSearchParams') return { tag: SEARCH_PARAMS_TAG, payload: [(value as URLSearchParams).toString()] };
  if (isTemporalKind(kind)) return { tag: TEMPORAL_TAG, payload: [[kind, ...contentOf(value, kind)].join(' ')] };
  if (kind !== 'Symbol') return undefined;
  const symbol = Symbol.prototype.valueOf.call(value as unknown as symbol);
  return { tag: BOXED_SYMBOL_TAG, payload: [Symbol.keyFor(symbol) as string] };
}

/** The shell of an error. */
export function errorShell({ kind, ofNode }: ErrorClass): Shell {
  return { tag: ofNode ? NODE_ERROR_TAG : ERROR_TAG, payload: [kind] };
}

const OPENERS: Readonly<Record<number, (text: string) => object | undefined>> = {
  [URL_TAG]: (text) => new URL(text),
  [SEARCH_PARAMS_TAG]: (text) => new URLSearchParams(text),
  [BOXED_SYMBOL_TAG]: (text) => boxed(Symbol.for(text)),
  [ERROR_TAG]: (text) => (isErrorKind(text) ? emptyError(text, ERROR_TAG) : undefined),
  [NODE_ERROR_TAG]: (text) => (isErrorKind(text) ? emptyError(text, NODE_ERROR_TAG) : undefined),
  [TEMPORAL_TAG](text) {
    const [kind, ...content] = text.split(' ');
    return isTemporalKind(kind) ? temporalOf(kind, content) : undefined;
  },
};

/**
 * Makes what a shell stands for.
 *
 * @throws Error for what {@link leafShell} and {@link errorShell} would not have written.
 */
export function openShell(tag: number, payload: unknown): object {
  if (!Array.isArray(payload) || payload.length !== 1 || typeof payload[0] !== 'string') throw unreadable();
  const opened = OPENERS[tag]?.(payload[0]);
  if (opened !== undefined) return opened;
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

function emptyError(kind: ErrorKind, tag: number): Error {
  const error = Reflect.construct(BASES[kind], kind === 'AggregateError' ? [[]] : []) as Error;
  for (const key of Reflect.ownKeys(error)) Reflect.deleteProperty(error, key);
  return tag === NODE_ERROR_TAG ? (Object.setPrototypeOf(error, nodePrototype(kind)) as Error) : error;
}

const nodePrototypes = new Map<ErrorKind, object>();

/** What stands for the prototype of an error of Node's, of which there is one for each code. */
function nodePrototype(kind: ErrorKind): object {
  const known = nodePrototypes.get(kind);
  if (known !== undefined) return known;
  const made = Object.create(BASES[kind].prototype as object) as object;
  define(made, 'constructor', BASES[kind]);
  define(made, 'toString', function toString(this: NodeJS.ErrnoException) {
    return `${this.name} [${this.code}]: ${this.message}`;
  });
  nodePrototypes.set(kind, made);
  return made;
}

function define(target: object, key: string, value: unknown): void {
  Object.defineProperty(target, key, { value, configurable: true, writable: true });
}
