import { isProxy } from 'node:util/types';
import { isDisguised, kindOf } from '../common/kind.ts';
import { hasOtherKeys, hasOwnNames } from '../common/own-properties.ts';
import { ownAccessor } from './check-built-in.ts';
import type { TypeRegistry } from './registry.ts';

/** What a look at a plain value found. */
export interface Look {
  /** Whether JSON text keeps it: it holds no `undefined`, `NaN`, `Infinity`, `-0`, no bigint, no date, no object twice. */
  readonly json: boolean;
  /** About how many ns longer it takes to read as JSON text than as V8's stream; negative where JSON is faster. */
  readonly jsonCost: number;
}

/** Deeper values are left to the checker, which has a limit of its own and names the place. */
const MAX_DEPTH = 200;

/**
 * What JSON costs more than V8, in ns: measured with Node 20, for each kind of node alone, from lists of a thousand. V8
 * takes half a microsecond before it begins; then it has the advantage with long numbers and with text, which it copies
 * and does not look at, and JSON with objects.
 */
const COST = {
  start: -500,
  object: -110,
  array: -5,
  /** Each key of an object that has more than {@link MANY_KEYS}. */
  manyKeys: 110,
  word: -8,
  longInteger: 30,
  shortDecimal: 20,
  longDecimal: 65,
  /** JSON looks up whether it knows the string. */
  shortString: 17,
  character: 0.35,
  characterOfLongString: 1,
} as const;

const MANY_KEYS = 100;
const SHORT_INTEGER = 1e9;
const SHORT_STRING = 10;
const LONG_STRING = 100;

/**
 * Looks whether a value is made of plain objects, dense arrays, dates and primitives alone, so that V8 keeps it as it
 * is, and whether JSON does. Undefined for every other value, good or bad, and where an instance of a registered class is
 * in it. Takes a third of the checker's time.
 *
 * A thing with the prototype of a plain object that `util.types` does not know, a `WeakRef` say, passes for plain, as it
 * does in keys.
 */
export function lookAt(value: unknown, types: TypeRegistry): Look | undefined {
  const walk = new PlainWalk(types);
  try {
    return walk.visit(value, 0) ? walk : undefined;
  } catch {
    // The stack was nearly used up: the checker will say so.
    return undefined;
  }
}

/** Runs no code of the value's, as it stops before proxies and getters. */
class PlainWalk implements Look {
  json = true;
  jsonCost: number = COST.start;
  readonly #types: TypeRegistry;
  readonly #seen = new Set<object>();

  constructor(types: TypeRegistry) {
    this.#types = types;
  }

  visit(value: unknown, depth: number): boolean {
    switch (typeof value) {
      case 'string':
        this.#string(value.length);
        return true;
      case 'number':
        this.#number(value);
        return true;
      case 'boolean':
        this.jsonCost += COST.word;
        return true;
      case 'undefined':
      case 'bigint':
        this.json = false;
        return true;
      case 'object':
        if (value !== null) return this.#object(value, depth);
        this.jsonCost += COST.word;
        return true;
      default:
        return false;
    }
  }

  #string(length: number): void {
    if (length <= SHORT_STRING) this.jsonCost += COST.shortString;
    else this.jsonCost += length * (length > LONG_STRING ? COST.characterOfLongString : COST.character);
  }

  #number(value: number): void {
    if (Number.isInteger(value)) {
      if (Object.is(value, -0)) this.json = false;
      if (value > SHORT_INTEGER || value < -SHORT_INTEGER) this.jsonCost += COST.longInteger;
    } else if (Number.isFinite(value)) {
      this.jsonCost += Math.round(value * 1e4) / 1e4 === value ? COST.shortDecimal : COST.longDecimal;
    } else {
      this.json = false;
    }
  }

  #object(value: object, depth: number): boolean {
    if (isProxy(value) || depth > MAX_DEPTH || this.#types.of(value) !== undefined) return false;
    if (this.#seen.has(value)) {
      this.json = false;
      return true;
    }
    this.#seen.add(value);
    const prototype = Object.getPrototypeOf(value) as object | null;
    // What JSON would call instead of reading.
    if (prototype !== null && 'toJSON' in prototype) this.json = false;
    if (prototype === Object.prototype) return this.#record(value as Record<string, unknown>, depth);
    if (prototype === Array.prototype) return Array.isArray(value) && this.#array(value, depth);
    return this.#other(value, depth);
  }

  /** Dates, and the objects and arrays of another realm. */
  #other(value: object, depth: number): boolean {
    const kind = kindOf(value);
    if (kind === 'Object') return this.#record(value as Record<string, unknown>, depth);
    if (kind === 'Array') return this.#array(value as unknown[], depth);
    this.json = false;
    return kind === 'Date' && !hasOtherKeys(value, []) && Object.isExtensible(value);
  }

  #record(value: Record<string, unknown>, depth: number): boolean {
    if (objectTag.call(value) !== '[object Object]' || isDisguised(value)) return false;
    const keys = Object.keys(value);
    if (hasOtherKeys(value, keys) || !Object.isExtensible(value)) return false;
    this.jsonCost += COST.object + (keys.length > MANY_KEYS ? keys.length * COST.manyKeys : 0);
    for (const key of keys) {
      const property = Object.getOwnPropertyDescriptor(value, key) as TypedPropertyDescriptor<unknown>;
      // A getter is not writable either.
      if (property.writable !== true || property.configurable !== true) return false;
      if (!this.visit(property.value, depth + 1)) return false;
    }
    return true;
  }

  #array(value: readonly unknown[], depth: number): boolean {
    this.jsonCost += COST.array;
    for (let index = 0; index < value.length; index++) {
      if (!Object.hasOwn(value, index) || ownAccessor(value, index)) return false;
      if (!this.visit(value[index], depth + 1)) return false;
    }
    return !hasOwnNames(value) && Object.isExtensible(value);
  }
}

const objectTag = Object.prototype.toString;
