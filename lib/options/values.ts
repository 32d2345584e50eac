/** Readers of single values. Each of them throws a TypeError (`ERR_INVALID_ARG_VALUE`) for any other one. */

import { parseSize, refuse } from './parse.ts';

/** Any function: what it takes and gives is not looked at before it is called. */
export type AnyCallback = (this: unknown, ...args: readonly unknown[]) => unknown;

/** `true` or `false`. */
export function parseSwitch(value: unknown, what: string): boolean {
  return typeof value === 'boolean' ? value : refuse(value, what, 'true or false');
}

/** A text, which may be empty. */
export function parseText(value: unknown, what: string): string {
  return typeof value === 'string' ? value : refuse(value, what, 'a text');
}

/** A text that is not empty. */
export function parseName(value: unknown, what: string): string {
  return typeof value === 'string' && value !== '' ? value : refuse(value, what, 'a text that is not empty');
}

/** A list of anything. */
export function parseList(value: unknown, what: string): readonly unknown[] {
  return Array.isArray(value) ? value : refuse(value, what, 'an array');
}

/** A function. */
export function parseCallback(value: unknown, what: string): AnyCallback {
  return typeof value === 'function' ? (value as AnyCallback) : refuse(value, what, 'a function');
}

/** An object, which those look into who know what it has to have. `wanted` says what it should be. */
export function parseObject(value: unknown, what: string, wanted: string): object {
  const isObject = (typeof value === 'object' && value !== null) || typeof value === 'function';
  return isObject ? value : refuse(value, what, wanted);
}

/** A number of entries. */
export function parseCount(value: unknown, what: string): number {
  if (value === Infinity || (Number.isSafeInteger(value) && (value as number) > 0)) return value as number;
  return refuse(value, what, 'a whole number of 1 or more, or Infinity');
}

/** Bytes, of which there have to be some. */
export function parseLimit(value: unknown, what: string): number {
  const bytes = parseSize(value, what);
  return bytes > 0 ? bytes : refuse(value, what, "more than 0 bytes: { mode: 'off' } is what keeps nothing");
}
