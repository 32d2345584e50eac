/**
 * V8 structured serialization that never loses anything silently. Usable alone.
 *
 * Kept besides what V8 keeps: `URL`, `URLSearchParams`, objects without prototype, registered symbols (`Symbol.for`) as
 * values and as keys, boxed symbols, `lastIndex`, `Buffer` as `Buffer`, and errors whole: kind, message, stack, cause,
 * `errors`, `code` and every other field. Views keep the bytes that they show, in memory
 * of their own. Everything that would not come back as it was is refused with its path: an instance of a class without
 * a registered type (an own class of errors too), a function, a getter, a property on an array.
 *
 * Not kept, because no reader of plain data asks for it: that objects are frozen or sealed, that properties are
 * read-only, that two views share one ArrayBuffer, that a `URLSearchParams` belongs to a `URL`. An own property of a typed array of more than 40 elements is seen where it is enumerable only.
 */
export { defineType, type ValueType } from './define-type.ts';
export { deserialize, serialize, type Options } from './serialize.ts';
