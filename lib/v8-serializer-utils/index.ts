/**
 * V8 structured serialization that never loses anything silently. Usable alone.
 *
 * Kept besides what V8 keeps: `URL`, `URLSearchParams`, objects without prototype, registered symbols (`Symbol.for`) as
 * values and as keys, boxed symbols, `lastIndex`, `Buffer` as `Buffer`, errors whole, properties that are hidden, read-only
 * or permanent, properties of maps, dates and other built-ins, and whether objects are frozen, sealed or extensible. Views
 * keep the bytes that they show, in memory of their own. Everything that would not come back as it was is refused with its
 * path: an instance of a class without a registered type (an own class of errors too), a function, a getter.
 *
 * Not kept: that two views share one ArrayBuffer, that a `URLSearchParams` belongs to a `URL`. Not seen: that single elements
 * of an array are hidden or read-only, and a hidden property of a typed array of more than 40 elements.
 */
export { defineType, type PlainType, type TypeOrClass, type ValueType } from './define-type.ts';
export { deserialize, serialize, type Options } from './serialize.ts';
