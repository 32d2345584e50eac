import { types } from 'node:util';

/** The prototypes of an object and of all objects in it: members of maps and sets and the memory of views too. */
export function prototypesIn(value: unknown): Set<object | null> {
  const seen = new Set<unknown>([value]);
  const prototypes = new Set<object | null>();
  // A set gives what is added while it is read, too.
  for (const part of seen) {
    if (typeof part !== 'object' || part === null) continue;
    prototypes.add(Object.getPrototypeOf(part) as object | null);
    for (const member of membersOf(part)) seen.add(member);
  }
  return prototypes;
}

function membersOf(part: object): readonly unknown[] {
  if (types.isMap(part)) return [...part].flat(1);
  if (types.isSet(part)) return [...part];
  if (ArrayBuffer.isView(part)) return [part.buffer];
  return Reflect.ownKeys(part).map((key) => (part as Record<PropertyKey, unknown>)[key]);
}
