import { Checker } from '../v8-serializer-utils/check.ts';
import { type Rules, toRefusal, type Trait } from '../v8-serializer-utils/rules.ts';
import type { Serializer } from './serializer.ts';
import { toBytes, toText } from './text.ts';

/**
 * Stores values as JSON, which other programs read. Refuses with its path whatever JSON would change: `undefined`,
 * `NaN`, `-0`, `Infinity`, bigints, holes, dates and everything else but plain objects and arrays, `toJSON`, cycles.
 * An object that occurs twice becomes two.
 */
export function jsonSerializer(): Serializer {
  return {
    name: 'json',
    version: 1,
    serialize(value) {
      try {
        new Checker(jsonRules).check(value);
        return toBytes(JSON.stringify(value));
      } catch (error) {
        throw toRefusal(error);
      }
    },
    deserialize: (bytes) => JSON.parse(toText(bytes)) as unknown,
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
  replace: () => undefined,
};

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
