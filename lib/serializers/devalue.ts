import * as devalue from 'devalue';
import { isBoxedPrimitive } from 'node:util/types';
import { invalidArgument, UnserializableError } from '../common/errors.ts';
import { checkOptions } from '../options/rows.ts';
import { Checker } from '../v8-serializer-utils/check.ts';
import { type Replacement, type Rules, toRefusal, type Trait } from '../v8-serializer-utils/rules.ts';
import { bytesOf, copyOf } from '../v8-serializer-utils/views.ts';
import type { Serializer } from './serializer.ts';
import { toBytes, toText } from './text.ts';

/** By name, functions that return what to store in place of a value, or something falsy. */
type Reducers = Readonly<Record<string, (value: unknown) => unknown>>;

interface Reduced extends Replacement {
  readonly name: string;
}

const REFUSED: ReadonlyMap<Trait, string> = new Map<Trait, string>([
  ['error', 'is an error'],
  ['Buffer', 'is a Buffer'],
  ['symbol', 'is a symbol'],
  ['Symbol', 'is a boxed symbol'],
  ['symbol key', 'has a symbol as a key'],
  ['last index', 'has a lastIndex'],
  ['resizable', 'is resizable'],
  ['Temporal.Duration', 'is a Temporal.Duration'],
  ['hidden', 'is a property that is not enumerable'],
  ['named', 'is an array with a property of its own'],
  ['further', 'has properties besides its content'],
]);

/** What `devalue` keeps as it is, and what reducers take. */
class DevalueRules implements Rules {
  readonly cycles = 'not through replacements';
  readonly cure = 'give a reducer and a reviver for it';
  readonly #reducers: readonly (readonly [string, (value: unknown) => unknown])[];
  readonly #reduced = new Map<unknown, Reduced | undefined>();

  constructor(reducers: Reducers) {
    this.#reducers = Object.entries(reducers);
  }

  refuse(trait: Trait): string | undefined {
    const what = REFUSED.get(trait);
    return what === undefined ? undefined : `${what}, which devalue cannot keep: ${this.cure}`;
  }

  /** Here for the walk to ask the reducers about primitives too. */
  refusePrimitive(): undefined {}

  replace(value: unknown, path: () => string): Replacement | undefined {
    if (this.#reducers.length === 0 || isWrittenFirst(value)) return undefined;
    if (!this.#reduced.has(value)) this.#reduced.set(value, this.#reduce(value, path));
    return this.#reduced.get(value);
  }

  /** What the reducer of a name returned for a value, if it was the one that took it. */
  reducedBy(name: string, value: unknown): unknown {
    const reduced = this.#reduced.get(value);
    return reduced?.name === name ? reduced.value : undefined;
  }

  #reduce(value: unknown, path: () => string): Reduced | undefined {
    for (const [name, reducer] of this.#reducers) {
      const reduced = this.#call(name, () => reducer(value), path);
      if (reduced) return { name, value: reduced };
    }
    if (isBoxedPrimitive(value) && this.#reduce(value.valueOf(), path) !== undefined) {
      const message = `Cannot store the value: ${path()} boxes a primitive that a reducer takes, which cannot be read again`;
      throw new UnserializableError(message, { path: path() });
    }
    return undefined;
  }

  #call(name: string, reduce: () => unknown, path: () => string): unknown {
    try {
      return reduce();
    } catch (cause) {
      const message = `The reducer "${name}" failed for ${path()}: ${String(cause)}`;
      throw new UnserializableError(message, { path: path(), cause });
    }
  }
}

/** `devalue` writes these by itself, before it asks any reducer. */
function isWrittenFirst(value: unknown): boolean {
  return value === undefined || (typeof value === 'number' && (!Number.isFinite(value) || Object.is(value, -0)));
}

/** The options of {@link devalueSerializer}. */
export interface DevalueSerializerOptions {
  /**
   * By name, functions that return what to store in place of a value, or something falsy for values that are not
   * theirs. What a reducer takes is its affair; what it returns is checked like any value.
   */
  readonly reducers?: Reducers;
  /** By the same names, functions that turn what a reducer returned into the value again. */
  readonly revivers?: Readonly<Record<string, (reduced: never) => unknown>>;
}

/** Raised with the major version of the package, between which its format may change. */
const DEVALUE_MAJOR = 6;

/**
 * Stores values as readable text that every JavaScript runtime reads, by the package `devalue`. Refuses with its path
 * what `devalue` would flatten silently: `Buffer`, subclasses, properties of arrays, hidden properties, getters.
 * Errors and class instances need reducers and revivers.
 *
 * @throws TypeError (`ERR_INVALID_ARG_VALUE`) for bad options.
 * @example
 * ```ts
 * devalueSerializer({
 *   reducers: { Money: (value) => value instanceof Money && [value.amount, value.currency] },
 *   revivers: { Money: ([amount, currency]: [number, string]) => new Money(amount, currency) },
 * });
 * ```
 */
export function devalueSerializer(options: DevalueSerializerOptions = {}): Serializer {
  checkOptions(options, ['reducers', 'revivers'], 'devalueSerializer()');
  const reducers = checkFunctions(options.reducers, 'reducers');
  const revivers = checkFunctions(options.revivers, 'revivers') as Record<string, (reduced: unknown) => unknown>;
  return {
    name: 'devalue',
    version: DEVALUE_MAJOR,
    serialize(value) {
      try {
        return toBytes(stringify(value, reducers as Reducers));
      } catch (error) {
        throw explain(error);
      }
    },
    deserialize: (bytes) => devalue.parse(toText(bytes), revivers) as unknown,
  };
}

function checkFunctions(functions: unknown = {}, option: string): Readonly<Record<string, unknown>> {
  if (typeof functions !== 'object' || functions === null || Array.isArray(functions)) {
    throw invalidArgument(`${option} of devalueSerializer() must be an object of functions, by name`);
  }
  for (const [name, member] of Object.entries(functions)) {
    if (typeof member !== 'function')
      throw invalidArgument(`${option}.${name} of devalueSerializer() must be a function`);
  }
  return { ...functions };
}

/** The reducers run once, while the value is checked; `devalue` is told what they returned. */
function stringify(value: unknown, reducers: Reducers): string {
  const rules = new DevalueRules(reducers);
  new Checker(rules).check(value);
  const recorded = Object.keys(reducers).map((name) => [name, (part: unknown) => rules.reducedBy(name, part)] as const);
  return devalue.stringify(value, Object.fromEntries(recorded), { operations: { viewInfo } });
}

type ViewInfo = typeof devalue.defaultStringifyOperations.viewInfo;

/** Of a view only the bytes that it shows are stored, not the whole of its ArrayBuffer. */
const viewInfo: ViewInfo = (view) => {
  const buffer = copyOf(bytesOf(view as ArrayBufferView));
  const { length } = view as Uint8Array;
  return { buffer, byteOffset: 0, byteLength: buffer.byteLength, length, bufferByteLength: buffer.byteLength };
};

function explain(error: unknown): UnserializableError {
  const place = error instanceof devalue.DevalueError ? error.path : '';
  return toRefusal(error, `value${place}`);
}
