/**
 * The abort signals of a call: those among its arguments, and the property `signal` of an argument. They say for how long the
 * caller wants the value, and nothing of what the value is.
 */

import { types } from 'node:util';

import { isDisguised, kindOf } from './kind.ts';
import { codeText } from './texts.ts';

const objectTag = Object.prototype.toString;

/** Whether a value is an `AbortSignal`, of whatever realm or polyfill: they all have this tag and these members. Never throws. */
export function isSignal(value: unknown): value is AbortSignal {
  if (typeof value !== 'object' || value === null) return false;
  try {
    if (objectTag.call(value) !== '[object AbortSignal]') return false;
    const { aborted, addEventListener } = value as Partial<AbortSignal>;
    return typeof aborted === 'boolean' && typeof addEventListener === 'function';
  } catch {
    // A proxy that throws, or that was revoked.
    return false;
  }
}

/** The signals of a call with these arguments; undefined where it has none. Never throws. */
export function signalsIn(args: readonly unknown[]): readonly AbortSignal[] | undefined {
  let found: AbortSignal[] | undefined;
  for (const arg of args) {
    if (typeof arg !== 'object' || arg === null) continue;
    const signal = isSignal(arg) ? arg : signalOf(arg);
    if (signal !== undefined) (found ??= []).push(signal);
  }
  return found;
}

/**
 * A list of arguments as it counts for the key: signals are undefined, and left out at the end; a property `signal` that has
 * one is not there.
 */
export function withoutSignals(args: readonly unknown[]): readonly unknown[] {
  if (signalsIn(args) === undefined) return args;
  let end = args.length;
  while (isSignal(args[end - 1])) end--;
  return args.slice(0, end).map(withoutSignal);
}

function withoutSignal(arg: unknown): unknown {
  if (isSignal(arg)) return undefined;
  if (typeof arg !== 'object' || arg === null || signalOf(arg) === undefined) return arg;
  if (types.isProxy(arg)) return new Proxy(arg, WITHOUT_SIGNAL);
  const kind = kindOf(arg);
  return kind === 'Object' || kind === 'null' ? copyOf(arg, undefined) : arg;
}

/** What a proxy answers stays what it answers. */
const WITHOUT_SIGNAL: ProxyHandler<object> = {
  ownKeys: (options) => Reflect.ownKeys(options).filter((key) => key !== 'signal'),
};

/** Arguments for the function: each signal replaced by this one, in copies of the options that have it. */
export function withSignal(args: readonly unknown[], signal: AbortSignal): readonly unknown[] {
  return args.map((arg) => {
    if (isSignal(arg)) return signal;
    if (typeof arg !== 'object' || arg === null || signalOf(arg) === undefined) return arg;
    return mayCopy(arg) ? copyOf(arg, signal) : arg;
  });
}

function signalOf(options: object): AbortSignal | undefined {
  try {
    const { signal } = options as { signal?: unknown };
    return isSignal(signal) ? signal : undefined;
  } catch {
    // A getter or a proxy that throws: whatever reads it will see.
    return undefined;
  }
}

/** A copy with its prototype and all properties as they are, but for its signal. */
function copyOf(options: object, signal: AbortSignal | undefined): object {
  const { signal: own, ...rest } = Object.getOwnPropertyDescriptors(options) as { signal?: PropertyDescriptor };
  const copy = Object.create(Object.getPrototypeOf(options) as object | null, rest) as object;
  if (signal === undefined) return copy;
  const enumerable = own?.enumerable ?? true;
  return Object.defineProperty(copy, 'signal', { value: signal, writable: true, enumerable, configurable: true });
}

/**
 * Whether a copy of its properties does for an object: it does not for built-in ones, for proxies, and for instances of classes
 * that keep something where only the instance itself gets at it.
 */
function mayCopy(options: object): boolean {
  if (types.isProxy(options) || objectTag.call(options) !== '[object Object]' || isDisguised(options)) return false;
  for (let owner = Object.getPrototypeOf(options) as object | null; owner !== null;) {
    if (types.isProxy(owner)) return false;
    const parent = Object.getPrototypeOf(owner) as object | null;
    const constructor: unknown = Object.getOwnPropertyDescriptor(owner, 'constructor')?.value;
    // The last one is `Object.prototype`, of whatever realm.
    if (parent !== null && typeof constructor === 'function' && keepsPrivate(constructor)) return false;
    owner = parent;
  }
  return true;
}

function keepsPrivate(constructor: object): boolean {
  return /#|private|WeakMap|\[native code\]/i.test(codeText(constructor));
}
