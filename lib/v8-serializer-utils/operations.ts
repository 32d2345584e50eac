/**
 * What is left to do once V8 has made the objects: steps that are stored behind the value, as arrays, and carried out
 * in their order.
 *
 * | step | members | does |
 * | --- | --- | --- |
 * | SYMBOL | container, key, name | puts `Symbol.for(name)` into an object or array |
 * | INSTANCE | type, encoded | decodes the next instance of a registered type |
 * | PLACE | container, key, index | puts an instance into an object or array |
 * | NO_PROTOTYPE | object | takes the prototype away |
 * | SYMBOL_KEYS | object, [name, value, ...] | adds properties with the key `Symbol.for(name)` |
 * | LAST_INDEX | regExp, number | sets `lastIndex` |
 * | FIELDS | error, hidden, shown | gives an error its fields, not enumerable ones and enumerable ones |
 * | MAP | map, [key, value, ...] | fills a map |
 * | SET | set, [member, ...] | fills a set |
 */
export const SYMBOL = 0;
export const INSTANCE = 1;
export const PLACE = 2;
export const NO_PROTOTYPE = 3;
export const SYMBOL_KEYS = 4;
export const LAST_INDEX = 5;
export const FIELDS = 6;
export const MAP = 7;
export const SET = 8;

/** One step. */
export type Operation = unknown[];

/** Adds an own property whatever its name, `__proto__` included; most names are new, and to assign is faster. */
export function define(target: object, key: PropertyKey, value: unknown): void {
  if (!(key in target)) (target as Record<PropertyKey, unknown>)[key] = value;
  else Object.defineProperty(target, key, { value, enumerable: true, writable: true, configurable: true });
}

/** As {@link define}, for a property that is not enumerable. */
export function defineHidden(target: object, key: PropertyKey, value: unknown): void {
  Object.defineProperty(target, key, { value, enumerable: false, writable: true, configurable: true });
}
