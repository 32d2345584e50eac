/** What the functions among the options say of a call: where one of them fails, that must not look like a failure of the call. */

import { isPromise } from 'node:util/types';

import { TempCacheError } from '../common/errors.ts';
import type { SkipReason } from '../common/events.ts';
import { parseDuration } from '../options/parse.ts';
import type { CallContext } from './context.ts';

/** What is decided about a computed value. */
interface Verdict {
  /** Why it is not to be stored. */
  readonly skip: SkipReason | undefined;
  /** Ms that it lives. */
  readonly lifetime: number;
}

/**
 * Whether a computed value is to be stored, and how long it lives.
 *
 * @throws TempCacheError (`ERR_TEMPCACHE_CALLBACK`) when the option shouldCache throws, or answers with a promise,
 * which would be true whatever comes out of it; and as {@link lifetimeOf}
 */
export function verdictOn(context: CallContext, value: unknown, args: readonly unknown[]): Verdict {
  const { settings, shouldCache } = context;
  if (!settings.maySave) return { skip: 'mode', lifetime: 0 };
  if (shouldCache !== undefined && !decides(context, 'shouldCache', () => shouldCache(value, ...args))) {
    return { skip: 'shouldCache', lifetime: 0 };
  }
  const lifetime = lifetimeOf(context, value, args);
  return { skip: lifetime === 0 ? 'maxAge' : undefined, lifetime };
}

/** What one of these functions decides. @throws TempCacheError (`ERR_TEMPCACHE_CALLBACK`) for a promise too */
export function decides(context: CallContext, option: string, callback: () => unknown): boolean {
  const verdict = ask(context, option, callback);
  if (isPromise(verdict)) throw badCallback(`${option} of ${context.name} answered with a promise`);
  return Boolean(verdict);
}

/**
 * Ms that a value lives as the option maxAge says that is a function; `Infinity` where it is none.
 *
 * @throws TempCacheError (`ERR_TEMPCACHE_CALLBACK`) when that throws, or answers with no duration.
 */
export function lifetimeOf(context: CallContext, value: unknown, args: readonly unknown[]): number {
  const { givenAge } = context.settings;
  if (typeof givenAge !== 'function') return Infinity;
  return ask(context, 'maxAge', () => parseDuration(givenAge(value, ...args), 'What it gave'));
}

/**
 * What listings show for a call, or an empty text.
 *
 * @throws TempCacheError (`ERR_TEMPCACHE_CALLBACK`) when the option label throws, or answers with no text.
 */
export function labelOf(context: CallContext, args: readonly unknown[]): string {
  const { label } = context;
  if (label === undefined) return '';
  const text = ask(context, 'label', () => label(...args));
  if (typeof text !== 'string') throw badCallback(`label of ${context.name} did not answer with a text`);
  return text;
}

/** What one of these functions says. @throws TempCacheError (`ERR_TEMPCACHE_CALLBACK`) when it throws */
function ask<T>(context: CallContext, option: string, callback: () => T): T {
  try {
    return callback();
  } catch (cause) {
    throw badCallback(`${option} of ${context.name} threw`, undefined, { cause });
  }
}

export function badCallback(
  fault: string,
  effect = 'the value is not stored',
  details: { readonly cause?: unknown } = {},
): TempCacheError {
  return new TempCacheError('ERR_TEMPCACHE_CALLBACK', `The option ${fault}: ${effect}`, details);
}
