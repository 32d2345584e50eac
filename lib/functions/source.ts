import { codeText } from '../common/texts.ts';
import { invalidArgument } from '../common/errors.ts';

/** Any function at all, as a type: its arguments and its `this` are whatever it says. */
export type AnyFunction = (...args: never[]) => unknown;

/** Any function that can be called without a `this`. */
export type FreeFunction = (this: void, ...args: never[]) => unknown;

/** What can be seen of a function by its text. */
export interface Source {
  readonly text: string;
  /** Whether the text says nothing, as with native and bound functions and proxies. */
  readonly opaque: boolean;
  /** Whether the result may depend on `this`. */
  readonly usesThis: boolean;
  /** How it is written; of what cannot be seen, a function. */
  readonly form: 'function' | 'method' | 'arrow';
}

/** Whether a text is what native and bound functions and proxies show. */
export function isNative(text: string): boolean {
  return /\{\s*\[native code\]\s*\}\s*$/.test(text);
}

/** @throws TypeError (`ERR_INVALID_ARG_VALUE`) for what cannot be called like a function. */
export function sourceOf(fn: AnyFunction): Source {
  if (typeof fn !== 'function') throw invalidArgument('Only a function can be cached');
  const text = codeText(fn);
  if (isClass(text)) throw invalidArgument(`A class cannot be cached: ${nameOf(fn) || 'it'} is called with new`);
  const opaque = isNative(text);
  return { text, opaque, usesThis: opaque || mentionsThis(text), form: formOf(text) };
}

/** The name that the function has by itself, or an empty string. */
export function nameOf(fn: AnyFunction): string {
  const name: unknown = fn.name;
  return typeof name === 'string' ? name : '';
}

/** Taking a method for an arrow function makes the rules stricter, and a rare text in front of the arrow looser. */
export function formOf(text: string): Source['form'] {
  if (/^(?:async\b\s*)?(?:\(|[\w$\u0080-\uFFFF]+\s*=>)/.test(text)) return 'arrow';
  return /^(?:async\s+)?function\b/.test(text) ? 'function' : 'method';
}

/** A method may be called `class` too, but then a parenthesis follows. */
function isClass(text: string): boolean {
  return /^class\b(?!\s*\()/.test(text);
}

/**
 * A function whose text has none of these words cannot see its `this`. A comment that has one makes `this` a part of
 * the key for nothing, which is harmless. The words cannot be spelled with escapes, but `eval` can.
 */
export function mentionsThis(text: string): boolean {
  return /\b(?:this|super|eval)\b|\\u/.test(text);
}
