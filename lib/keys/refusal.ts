import { types } from 'node:util';

import { isSignal } from '../common/signals.ts';
import { describe, formatPath, isOfProgram, type PathStep } from '../common/describe.ts';
import { UnkeyableError } from '../common/errors.ts';

/** Why a value cannot be a key; caught where its path is known and turned into an `UnkeyableError`. */
export class Refusal {
  readonly #reason: string;
  /** By what the object is found that is too large, if it is not the very one which was refused. */
  readonly measure: 'start' | 'objects' | undefined;

  constructor(reason: string, measure?: 'start' | 'objects') {
    this.#reason = reason;
    this.measure = measure;
  }

  /** The refusal of what is over a limit. */
  static ofSize(limit: string, measure: 'start' | 'objects' | undefined): Refusal {
    return new Refusal(`is too large for a key (${limit})`, measure);
  }

  /** What was thrown, if it is a refusal. Asks no prototype: a proxy may throw anything, even another proxy. */
  static of(thrown: unknown): Refusal | undefined {
    return typeof thrown === 'object' && thrown !== null && #reason in thrown ? thrown : undefined;
  }

  get reason(): string {
    return this.#reason;
  }
}

/** No path in an error has more steps. */
const MAX_STEPS = 100;

/** What to do, by what the value is called: only what can be done there. */
const CURES: Readonly<Record<string, string>> = {
  args: 'the option `key` can say what the key is instead',
  this: 'the option `key` can say what the key is instead, and `ignoreThis` leaves `this` out',
  deps: 'put a text into `deps` that stands for it, a version of your own',
};
const CURE = 'make the key of plain data';

/** The error for what was thrown while a key was written, with the path to where that was. */
export function explain(thrown: unknown, root: string, steps: readonly PathStep[]): UnkeyableError {
  const shown = formatPath(root, steps.slice(0, MAX_STEPS));
  const path = steps.length > MAX_STEPS ? `${shown}...` : shown;
  const reason = Refusal.of(thrown)?.reason;
  if (reason !== undefined) {
    return new UnkeyableError(`${path} ${reason}. Nothing was cached; ${CURES[root] ?? CURE}`, { path });
  }
  return new UnkeyableError(`${path} cannot be read as a key: ${describeThrown(thrown)}`, { path, cause: thrown });
}

/** A method `cacheKey` and a proxy may throw anything, even what cannot be turned into text. */
function describeThrown(thrown: unknown): string {
  try {
    const shown: unknown = types.isNativeError(thrown) ? thrown.message : thrown;
    return String(shown);
  } catch {
    return describe(thrown);
  }
}

/** Why a function is no key, and what to do about it. */
export function complaintOf(fn: object): string {
  const isClass = !types.isProxy(fn) && Object.getOwnPropertyDescriptor(fn, 'prototype')?.writable === false;
  return isClass
    ? 'a class, whose private state cannot be seen: give it a static method [cacheKey]()'
    : 'and what a function captures cannot be seen';
}

/** Why an instance is no key, and what to do about it. */
export function cureFor(value: object): string {
  if (isSignal(value)) return 'which is left out only as an argument, and as the property signal of one';
  if (types.isProxy(value)) return 'and not one of a plain object or an array';
  if (!isOfProgram(value)) return 'which is not plain data';
  return 'whose private state cannot be seen: give the class a method [cacheKey]()';
}
