import { callSettingsIn, type CallSettings, type CommonOptions } from '../calls/settings.ts';
import type { GivenDeps } from '../options/dependencies.ts';
import { readOptions } from '../options/table.ts';
import type { FunctionValues } from '../options/values.ts';
import { readDeps, type Deps } from './deps.ts';
import type { AnyFunction } from './source.ts';

/** The options of one cached function; without a type argument those that fit every function. */
export interface FunctionOptions<F extends AnyFunction = (...args: unknown[]) => unknown> extends CommonOptions<
  ComputedValue<ReturnType<F>>,
  Parameters<F>
> {
  /** What it is called in ids, events and listings; default: its own name. */
  readonly name?: string;
  /** Stands for all code, that of helpers too: entries survive edits until the version is changed. Default: the code counts. */
  readonly version?: string;
  /**
   * What else the result depends on, any keyable values. A list is read once, when the function is wrapped; a function that gives one
   * is called at each call: `() => [config]`. Functions among them count with all that they capture.
   */
  readonly deps?: GivenDeps;
  /** What the key is made of instead of `this` and the arguments. */
  readonly key?: (this: ThisParameterType<F>, ...args: Parameters<F>) => unknown;
  /** Whether `this` is left out of the key. Default: it counts wherever the source mentions it. */
  readonly ignoreThis?: boolean;
  /**
   * Says that functions of this name, text and captured values are one wherever they are made, though some of what they capture
   * shows nothing of its inside: a client, a connection. Default: a second one with another client is not cached.
   */
  readonly sameEverywhere?: boolean;
  /** Whether a computed value is stored; of a generator it is asked about what that returned. Default: always. */
  readonly shouldCache?: (value: ComputedValue<ReturnType<F>>, ...args: Parameters<F>) => boolean;
  /** What listings show for a call. Default: nothing, for arguments are not stored. */
  readonly label?: (...args: Parameters<F>) => string;
}

/** What a function gives in the end: out of its promise, or returned by its generator. */
export type ComputedValue<R> = [R] extends [never]
  ? never
  : R extends Iterator<unknown, infer V, never> & { [Symbol.iterator](): unknown }
    ? V
    : R extends AsyncIterator<unknown, infer W, never> & { [Symbol.asyncIterator](): unknown }
      ? W
      : Awaited<R>;

/** The options of some function, whichever it is. */
export type AnyFunctionOptions = FunctionOptions<(this: never, ...args: never[]) => never>;

/** The options as the rest of the code takes them, for any function. */
export interface CheckedOptions extends Omit<FunctionValues, 'deps'> {
  readonly deps: Deps | undefined;
  /** The files in which the function was wrapped, where that is known. */
  readonly places?: readonly string[];
  /** Those that the function does not share with its cache. A cache made by `with` decides over them. */
  readonly call: Partial<CallSettings>;
}

/** The options of a function for all ways to call it: replaced as a whole when its maxAge is set. */
export interface HeldOptions {
  options: CheckedOptions;
}

/**
 * Reads the options once and for all.
 *
 * @throws TypeError (`ERR_INVALID_ARG_VALUE`) for what is unknown or wrong.
 * @throws UnkeyableError for what cannot be keyed in `deps`.
 */
export function readFunctionOptions(options?: AnyFunctionOptions): CheckedOptions {
  const values = readOptions(options, 'wrap()');
  const { name, version, deps, key, ignoreThis, sameEverywhere, shouldCache, label } = values;
  return {
    name,
    version,
    deps: deps && readDeps(deps),
    key,
    ignoreThis,
    sameEverywhere,
    shouldCache,
    label,
    call: callSettingsIn(values),
  };
}
