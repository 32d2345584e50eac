/** Readers of single values. Each of them throws a TypeError (`ERR_INVALID_ARG_VALUE`) for any other one. */

import bytes from 'bytes';
import ms from 'ms';
import { invalidArgument } from '../common/errors.ts';

/** A duration in parts, added up. */
export interface DurationParts {
  readonly days?: number;
  readonly hours?: number;
  readonly minutes?: number;
  readonly seconds?: number;
  readonly milliseconds?: number;
}

/** Milliseconds, a string that the `ms` package reads (`'90s'`, `'2h'`, `'2d'`), parts, or `Infinity`. */
export type Duration = number | string | DurationParts;

/** Bytes, or a string that the `bytes` package reads (`'500MB'`). */
export type Size = number | string;

const UNITS: Readonly<Record<keyof DurationParts, number>> = {
  days: 86_400_000,
  hours: 3_600_000,
  minutes: 60_000,
  seconds: 1000,
  milliseconds: 1,
};

/** What the `bytes` package reads whole; of other texts it takes what they begin with. */
const SIZE = /^(?:\d+(?:\.\d+)? *[kmgtp]b|\d+ *b?)$/i;

const A_DURATION =
  "a number of milliseconds, a string such as '90s' or '2d', { hours: 2 } or Infinity, and not negative";

/**
 * The milliseconds of a duration.
 *
 * @throws TypeError (`ERR_INVALID_ARG_VALUE`) for a negative duration and for anything that is none.
 */
export function parseDuration(value: unknown, what: string): number {
  return readDuration(value) ?? refuse(value, what, A_DURATION);
}

/** As {@link parseDuration}, for a time in which something can be done. */
export function parseTimeout(value: unknown, what: string): number {
  const time = parseDuration(value, what);
  return time > 0 ? time : refuse(value, what, 'more than 0 ms: nothing can be done in that');
}

/**
 * The milliseconds of a time past an age: as a duration, or `true` for any time at all.
 *
 * @throws TypeError (`ERR_INVALID_ARG_VALUE`)
 */
export function parseGrace(value: unknown, what: string): number {
  if (typeof value === 'boolean') return value ? Infinity : 0;
  return readDuration(value) ?? refuse(value, what, `true, false, ${A_DURATION}`);
}

/**
 * The bytes of a size.
 *
 * @throws TypeError (`ERR_INVALID_ARG_VALUE`) for a negative or broken number of bytes and for anything that is none.
 */
export function parseSize(value: unknown, what: string): number {
  return readSize(value) ?? refuse(value, what, "a number of bytes or a string such as '500MB'");
}

/** One of a few words. @throws TypeError (`ERR_INVALID_ARG_VALUE`) that lists them. */
export function parseChoice<T extends string>(value: unknown, choices: readonly T[], what: string): T {
  if ((choices as readonly unknown[]).includes(value)) return value as T;
  return refuse(value, what, `one of ${choices.join(', ')}`);
}

/** @throws TypeError (`ERR_INVALID_ARG_VALUE`) that says what is wrong, what it should be, and what it is. */
export function refuse(value: unknown, what: string, wanted: string): never {
  throw invalidArgument(`${what} must be ${wanted}; it is ${show(value)}`);
}

function readDuration(value: unknown): number | undefined {
  const parsed = typeof value === 'number' ? value : readDurationInWords(value);
  return parsed !== undefined && parsed >= 0 ? parsed : undefined;
}

function readDurationInWords(value: unknown): number | undefined {
  if (typeof value === 'string') return readText(value, (text) => ms(text as '1s'));
  return typeof value === 'object' && value !== null ? sumParts(Object.entries(value)) : undefined;
}

function readSize(value: unknown): number | undefined {
  const parsed = typeof value === 'string' && SIZE.test(value) ? readText(value, bytes.parse) : value;
  const isSize = typeof parsed === 'number' && parsed >= 0 && (Number.isInteger(parsed) || parsed === Infinity);
  return isSize ? parsed : undefined;
}

/** Both packages read `'1e3'`, `''` and the like in ways of their own: what is not a number in the end is refused. */
function readText(text: string, parse: (text: string) => number | null | undefined): number | undefined {
  if (text === '' || text.length > 100) return undefined;
  const parsed = parse(text);
  return typeof parsed === 'number' && !Number.isNaN(parsed) ? parsed : undefined;
}

function sumParts(parts: readonly (readonly [string, unknown])[]): number | undefined {
  if (parts.length === 0) return undefined;
  let sum = 0;
  for (const [unit, amount] of parts) {
    if (!Object.hasOwn(UNITS, unit) || typeof amount !== 'number') return undefined;
    sum += amount * UNITS[unit as keyof DurationParts];
  }
  return Number.isNaN(sum) ? undefined : sum;
}

export function show(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'object' && value !== null) return Array.isArray(value) ? 'an array' : 'another object';
  return typeof value === 'function' ? 'a function' : String(value);
}

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

/** An object, whose members are checked where it is used. `wanted` says what it should be. */
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
  const size = parseSize(value, what);
  return size > 0 ? size : refuse(value, what, "more than 0 bytes: { mode: 'off' } is what keeps nothing");
}
