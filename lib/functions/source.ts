import { types } from 'node:util';

import { invalidArgument } from '../errors.ts';

/** Any function at all, as a type: its arguments and its `this` are whatever it says. */
export type AnyFunction = (...args: never[]) => unknown;

/** What the text of a function tells. */
export interface Source {
  readonly text: string;
  /** Whether the text says nothing, as with native and bound functions. */
  readonly opaque: boolean;
  /** Whether the result may depend on `this`. */
  readonly usesThis: boolean;
}

const textOf = Function.prototype.toString;

/** @throws TypeError (`ERR_INVALID_ARG_VALUE`) for what cannot be called like a function. */
export function sourceOf(fn: AnyFunction): Source {
  if (typeof fn !== 'function') throw invalidArgument('Only a function can be cached');
  const text = textOf.call(fn);
  if (/^class\b/.test(text))
    throw invalidArgument(`A class cannot be cached: ${nameOf(fn) || 'it'} is called with new`);
  if (types.isGeneratorFunction(fn)) throw invalidArgument(`Generator functions cannot be cached: ${nameOf(fn)}`);
  const opaque = types.isProxy(fn) || /\{\s*\[native code\]\s*\}\s*$/.test(text);
  return { text, opaque, usesThis: opaque || mentionsThis(text) };
}

/** The name that the function has by itself, or an empty string. */
export function nameOf(fn: AnyFunction): string {
  const name: unknown = fn.name;
  return typeof name === 'string' ? name : '';
}

/**
 * A function whose text has none of these words cannot see its `this`. A comment that has one makes `this` a part of
 * the key for nothing, which is harmless. The words cannot be spelled with escapes, but `eval` can.
 */
function mentionsThis(text: string): boolean {
  return /\b(?:this|super|eval)\b|\\u/.test(text);
}
