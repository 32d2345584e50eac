import * as devalue from 'devalue';
import { invalidArgument, type UnserializableError } from '../common/errors.ts';
import { checkOptions } from '../options/rows.ts';
import { Checker } from '../v8-serializer-utils/check.ts';
import { toRefusal } from '../v8-serializer-utils/rules.ts';
import { copyOf, bytesOf } from '../v8-serializer-utils/views.ts';
import { DevalueRules, type Reducers } from './devalue-rules.ts';
import type { Serializer } from './serializer.ts';
import { toBytes, toText } from './text.ts';

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
