/** Options that say what a function depends on. */

import { refuse } from './parse.ts';

/** Names of variables of the environment. */
export function parseVariables(value: unknown, what: string): readonly string[] {
  const isList = Array.isArray(value) && value.every((name) => typeof name === 'string' && name !== '');
  return isList ? [...(value as string[])] : refuse(value, what, "an array of names such as 'API_URL'");
}

/** What else a function depends on: a list, or a function that gives one at each call. */
export type GivenDeps = readonly unknown[] | (() => readonly unknown[]);

/** An array, or a function. */
export function parseDeps(value: unknown, what: string): GivenDeps {
  if (Array.isArray(value) || typeof value === 'function') return value as GivenDeps;
  return refuse(value, what, 'an array, or a function that gives one');
}

/** As what functions count: with what they capture, with the functions that they capture alone, or by their own text. */
export interface CapturesRule {
  readonly mode: 'auto' | 'code' | 'off';
  /** The names that do not count. */
  readonly ignore: readonly string[];
}

/** `'auto'`, `'code'`, `'off'`, or an object with names that do not count. */
export function parseCaptures(value: unknown, what: string): CapturesRule {
  if (value === 'auto' || value === 'code' || value === 'off') return { mode: value, ignore: [] };
  const { ignore, ...others } = Object(value) as { readonly ignore?: unknown };
  if (Array.isArray(ignore) && Object.keys(others).length === 0 && ignore.every((name) => typeof name === 'string')) {
    return { mode: 'auto', ignore };
  }
  return refuse(value, what, "'auto', 'code', 'off' or { ignore: ['name'] }");
}
