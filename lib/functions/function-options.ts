import type { Mode } from '../calls/settings.ts';
import { MODES } from '../calls/settings.ts';
import { invalidArgument } from '../common/errors.ts';
import { readSizeLimit } from '../options/limits.ts';
import { checkOptions, parseChoice, parseDuration, type Duration, type Size } from '../options/parse.ts';
import { PATIENCE, readPatience, type Patience } from '../options/patience.ts';
import { toCodec, type Codec, type Serializer } from '../serializers/serializer.ts';
import { readDeps, type Deps } from './deps.ts';
import type { AnyFunction } from './source.ts';

/** The options of one cached function; without a type argument those that fit every function. */
export interface FunctionOptions<F extends AnyFunction = (...args: unknown[]) => unknown> {
  /** What it is called in ids, events and listings; default: its own name. Vouches that functions of this name and source are one. */
  readonly name?: string;
  /** Stands for the source text: entries survive an edit until the version is changed. Default: the source text counts. */
  readonly version?: string;
  /**
   * Captured values that the result depends on, any keyable values, read once, when the function is wrapped. A function
   * among them counts with its source.
   */
  readonly deps?: readonly unknown[];
  /** What the key is made of instead of `this` and the arguments. */
  readonly key?: (this: ThisParameterType<F>, ...args: Parameters<F>) => unknown;
  /** Whether `this` is left out of the key. Default: it counts wherever the source mentions it. */
  readonly ignoreThis?: boolean;
  /** Whether a computed value is stored; of a generator it is asked about what that returned. Default: always. */
  readonly shouldCache?: (value: ComputedValue<ReturnType<F>>, ...args: Parameters<F>) => boolean;
  /** What listings show for a call. Default: nothing, for arguments are not stored. */
  readonly label?: (...args: Parameters<F>) => string;
  /** How old a value may be. Default: that of the cache. */
  readonly maxAge?: Duration;
  /** Past maxAge, for how long a value is served while it is computed anew. Default: that of the cache. */
  readonly staleWhileRevalidate?: Duration | boolean;
  /** Past maxAge, for how long a value stands in for a computation that fails. Default: that of the cache. */
  readonly staleIfError?: Duration | boolean;
  /** How long to wait for another process that computes the same. Default: that of the cache. */
  readonly waitTimeout?: Duration;
  /** Bytes of the largest record that is stored. Default: that of the cache. */
  readonly maxEntryBytes?: Size;
  /** Default: that of the cache. */
  readonly serializer?: Serializer;
  /** Default: that of the cache. `$TEMPCACHE_MODE` overrides. */
  readonly mode?: Mode;
}

/** What a function gives in the end: out of its promise, or returned by its generator. */
export type ComputedValue<R> = [R] extends [never]
  ? never
  : R extends Iterator<unknown, infer V, never> & Iterable<unknown>
    ? V
    : R extends AsyncIterator<unknown, infer W, never> & AsyncIterable<unknown>
      ? W
      : Awaited<R>;

/** The options of some function, whichever it is. */
export type AnyFunctionOptions = FunctionOptions<(this: never, ...args: never[]) => never>;

const KNOWN = [
  'name',
  'version',
  'deps',
  'key',
  'ignoreThis',
  'shouldCache',
  'label',
  'maxAge',
  'serializer',
  'mode',
  'maxEntryBytes',
  ...PATIENCE,
] as const;

/** Those that concern a call and not the function: a cache made by `with` decides over them. */
export const CALL_OPTIONS: readonly (keyof Patience | 'maxAge' | 'serializer' | 'mode' | 'maxEntryBytes')[] = [
  'maxAge',
  'serializer',
  'mode',
  'maxEntryBytes',
  ...PATIENCE,
];

/** The options as the rest of the code takes them, for any function. */
export interface CheckedOptions extends Partial<Patience> {
  readonly name: string | undefined;
  readonly version: string | undefined;
  readonly deps: Deps | undefined;
  readonly key: AnyCallback | undefined;
  readonly ignoreThis: boolean;
  readonly shouldCache: ((value: unknown, ...args: readonly unknown[]) => boolean) | undefined;
  readonly label: ((...args: readonly unknown[]) => string) | undefined;
  readonly maxAge: number | undefined;
  readonly serializer: Codec | undefined;
  readonly mode: Mode | undefined;
  readonly maxEntryBytes: number | undefined;
}

type AnyCallback = (this: unknown, ...args: readonly unknown[]) => unknown;

/**
 * Reads the options once and for all.
 *
 * @throws TypeError (`ERR_INVALID_ARG_VALUE`) for what is unknown or wrong.
 * @throws UnkeyableError for what cannot be keyed in `deps`.
 */
export function checkFunctionOptions(options: AnyFunctionOptions = {}): CheckedOptions {
  checkOptions(options, KNOWN, 'wrap()');
  const { name, version, deps, key, ignoreThis = false, shouldCache, label, maxAge, serializer, mode } = options;
  const { maxEntryBytes } = options;
  checkText(name, 'name');
  checkText(version, 'version');
  if (typeof ignoreThis !== 'boolean') throw invalidArgument('The option ignoreThis must be true or false');
  checkCallbacks({ key, shouldCache, label });
  return {
    name,
    version,
    deps: checkDeps(deps),
    key: key as AnyCallback | undefined,
    ignoreThis,
    shouldCache: shouldCache as CheckedOptions['shouldCache'],
    label: label as CheckedOptions['label'],
    maxAge: maxAge === undefined ? undefined : parseDuration(maxAge, 'The option maxAge'),
    serializer: serializer === undefined ? undefined : toCodec(serializer),
    mode: mode === undefined ? undefined : parseChoice(mode, MODES, 'The option mode'),
    maxEntryBytes: maxEntryBytes === undefined ? undefined : readSizeLimit(maxEntryBytes, 'maxEntryBytes', Infinity),
    ...checkPatience(options),
  };
}

/** Only what was given, so that the cache decides about the rest. */
function checkPatience(options: AnyFunctionOptions): Partial<Patience> {
  const read = readPatience(options, { staleWhileRevalidate: 0, staleIfError: 0, waitTimeout: 0 });
  const given = PATIENCE.filter((option) => options[option] !== undefined);
  return Object.fromEntries(given.map((option) => [option, read[option]]));
}

function checkCallbacks(callbacks: Readonly<Record<string, unknown>>): void {
  for (const [option, callback] of Object.entries(callbacks)) {
    if (callback === undefined || typeof callback === 'function') continue;
    throw invalidArgument(`The option ${option} must be a function`);
  }
}

function checkDeps(deps: readonly unknown[] | undefined): Deps | undefined {
  if (deps === undefined) return undefined;
  if (!Array.isArray(deps)) throw invalidArgument('The option deps must be an array');
  return readDeps(deps);
}

function checkText(text: unknown, option: string): void {
  if (text === undefined || (typeof text === 'string' && text !== '')) return;
  throw invalidArgument(`The option ${option} must be a text that is not empty`);
}
