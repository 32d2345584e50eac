/** Options that judge values and failures: how old they may become, whether they are good, whether they are kept. */

import { isThenable } from '../common/kind.ts';
import { type AnyCallback, type Duration, parseCallback, parseDuration, refuse } from './parse.ts';
import { readGiven, type Rows } from './rows.ts';

/** What decides how old a value may become, asked when it is saved; 0: it is not stored. */
export type AgeOfValue<V = unknown, A extends readonly unknown[] = readonly unknown[]> = (
  value: V,
  ...args: A
) => Duration;

/** As much of a Standard Schema (https://standardschema.dev), such as those of Zod, Valibot and ArkType, as is used here. */
export interface StandardSchema {
  readonly '~standard': {
    readonly version: 1;
    readonly vendor: string;
    readonly validate: (value: unknown) => SchemaResult | PromiseLike<SchemaResult>;
  };
}

/** What a schema says of a value: without issues it is good. */
export interface SchemaResult {
  readonly issues?: readonly { readonly message: string }[] | undefined;
}

/** What says whether a value is good: a function, or a schema. */
export type Validator<V = unknown> = ((value: V) => boolean | PromiseLike<boolean>) | StandardSchema;

/** Which failures are kept, and for how long. */
export interface CacheErrorsOptions<A extends readonly unknown[] = readonly unknown[]> {
  /** For how long a failure is thrown again, before the function is called again. */
  readonly maxAge: Duration;
  /** Whether a failure is kept. Default: every one, but for an `AbortError` and the errors of this package. */
  readonly when?: (error: unknown, ...args: A) => boolean;
}

/** Ms, or what decides it when a value is saved. */
export type MaxAge = number | AnyCallback;

/** Says what is wrong with a value: undefined for a good one. */
export type Judge = (value: unknown) => unknown;

/** Read. */
export interface CacheErrors {
  /** Ms. */
  readonly maxAge: number;
  readonly when: AnyCallback | undefined;
}

/** A duration, or a function that gives one for a value. */
export function parseMaxAge(value: unknown, what: string): MaxAge {
  return typeof value === 'function' ? (value as AnyCallback) : parseDuration(value, what);
}

/** A function or a Standard Schema; a schema that is a function, such as those of ArkType, is one. */
export function parseValidator(value: unknown, what: string): Judge {
  const schema = (value as Partial<StandardSchema> | null | undefined)?.['~standard'];
  if (typeof schema?.validate === 'function') return (given) => after(schema.validate(given), faultInResult);
  if (typeof value !== 'function') return refuse(value, what, 'a function or a Standard Schema');
  return (given) => after((value as AnyCallback)(given), faultInVerdict);
}

function after<T, R>(answer: T | PromiseLike<T>, say: (answer: T) => R): R | PromiseLike<R> {
  return isThenable(answer) ? answer.then(say) : say(answer);
}

function faultInVerdict(verdict: unknown): string | undefined {
  return verdict ? undefined : 'validate has said that it is not good';
}

function faultInResult({ issues }: SchemaResult): string | undefined {
  if (issues === undefined) return undefined;
  return issues.map(({ message }) => message).join('; ') || 'the schema does not fit';
}

const ERRORS: Rows<CacheErrors> = {
  maxAge: { parse: parseDuration, default: 0 },
  when: { parse: parseCallback, default: undefined },
};

/** Of failures it has to be said how long they are kept. */
export function parseCacheErrors(value: unknown, what: string): CacheErrors {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  const { maxAge, when } = isObject ? readGiven<CacheErrors>(value, ERRORS, 'cacheErrors') : {};
  return maxAge === undefined ? refuse(value, what, "an object such as { maxAge: '10s' }") : { maxAge, when };
}
