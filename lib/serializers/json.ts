import { UnserializableError } from '../common/errors.ts';
import { kindOf } from '../common/kind.ts';
import { Checker } from '../v8-serializer-utils/check.ts';
import { type Rules, toRefusal, type Trait } from '../v8-serializer-utils/rules.ts';
import type { Serializer } from './serializer.ts';
import { toBytes, toText } from './text.ts';

/** A program that replaces them does not change what is stored. */
const { parse, stringify } = JSON;

/**
 * Stores values as JSON, which other programs read. Refuses with its path whatever JSON would change: `undefined`,
 * `NaN`, `-0`, `Infinity`, bigints, holes, dates and everything else but plain objects and arrays, own and inherited
 * `toJSON`, cycles.
 * An object that occurs twice becomes two.
 */
export function jsonSerializer(): Serializer {
  return {
    name: 'json',
    version: 1,
    serialize(value) {
      try {
        new Checker(jsonRules).check(value);
        return toBytes(stringify(value));
      } catch (error) {
        throw toRefusal(error);
      }
    },
    deserialize: (bytes) => parse(toText(bytes)) as unknown,
  };
}

const jsonRules: Rules = {
  cycles: 'refused',
  cure: 'use another serializer',
  refuse: (trait: Trait) =>
    trait === 'Object' || trait === 'Array' ? undefined : `${name(trait)}, which JSON cannot keep`,
  refusePrimitive(value) {
    const kept = value === null || typeof value === 'string' || typeof value === 'boolean' || isFinite(value);
    return kept ? undefined : `is ${show(value)}, which JSON cannot keep`;
  },
  replace(value, path) {
    if (!inheritsToJson(value)) return undefined;
    const message = `Cannot store the value: ${path()} inherits a toJSON(), which JSON would call: ${this.cure}`;
    throw new UnserializableError(message, { path: path() });
  },
};

/** Whether JSON would call a method instead of reading an object or array. Others are refused for what they are. */
function inheritsToJson(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Object.hasOwn(value, 'toJSON')) return false;
  const kind = kindOf(value);
  return (kind === 'Object' || kind === 'Array') && 'toJSON' in value;
}

function isFinite(value: unknown): boolean {
  return Number.isFinite(value) && !Object.is(value, -0);
}

function show(value: unknown): string {
  if (typeof value === 'bigint') return 'a bigint';
  return Object.is(value, -0) ? '-0' : String(value);
}

function name(trait: Trait): string {
  if (trait === 'holes') return 'has holes';
  if (trait === 'symbol key') return 'has a symbol as a key';
  if (trait === 'symbol') return 'is a symbol';
  if (trait === 'hidden') return 'is a property that is not enumerable';
  if (trait === 'named') return 'is an array with a property of its own';
  return trait === 'null' ? 'has no prototype' : `is of the kind ${trait}`;
}
