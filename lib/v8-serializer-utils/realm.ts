import { isMap, isSet } from 'node:util/types';
import v8 from 'node:v8';
import { kindOfPrototype, prototypeOf } from '../common/kind.ts';

/** Whether V8's deserializer makes objects of another realm than this one, as it does in Jest; known from the first value on. */
let isForeign: boolean | undefined;

/**
 * Makes a value that V8 has just read one of this realm, with all that is in it, in place: nothing is copied, so cycles stay.
 * It goes through objects, arrays, maps, sets and the memory of views, and through nothing that a class has made.
 */
export function adopt<T>(value: T): T {
  isForeign ??= Object.getPrototypeOf(v8.deserialize(v8.serialize({}))) !== Object.prototype;
  if (isForeign && isObject(value)) adoptAll(value);
  return value;
}

function adoptAll(root: object): void {
  const seen = new Set([root]);
  // A set gives what is added while it is read, too.
  for (const object of seen) {
    if (!adoptOne(object)) continue;
    for (const member of membersOf(object)) if (isObject(member)) seen.add(member);
  }
}

/** False for what is of no kind: an instance of a registered class. */
function adoptOne(object: object): boolean {
  const prototype = Object.getPrototypeOf(object) as object | null;
  const kind = prototype === null ? undefined : kindOfPrototype(prototype);
  if (kind === undefined) return prototype === null;
  const own = prototypeOf(kind);
  if (own !== undefined && own !== prototype) Object.setPrototypeOf(object, own);
  // The memory of a Buffer is of Node in every realm.
  return kind !== 'Buffer';
}

function membersOf(object: object): readonly unknown[] {
  if (ArrayBuffer.isView(object)) return [object.buffer];
  const members = Reflect.ownKeys(object).map((key) => (object as Record<PropertyKey, unknown>)[key]);
  if (isMap(object)) for (const [key, value] of object) members.push(key, value);
  if (isSet(object)) for (const member of object) members.push(member);
  return members;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
