import { isProxy } from 'node:util/types';

import { classNameOf } from '../common/describe.ts';
import { kindOf } from '../common/kind.ts';

/** So many objects are looked at, and so many classes named, at most. */
const MOST = { objects: 10_000, classes: 8 } as const;

/** The classes of a program in a value, where there are several: ` It holds instances of User, Order and 2 other classes.` Never throws. */
export function classesInWords(value: unknown): string {
  const names = classesIn(value);
  if (names.length < 2) return '';
  const shown = names.slice(0, MOST.classes).join(', ');
  const others = names.length > MOST.classes ? ` and ${names.length - MOST.classes} more` : '';
  return `. It holds instances of these classes: ${shown}${others}`;
}

function classesIn(value: unknown): readonly string[] {
  const names = new Set<string>();
  const seen = new Set<unknown>([value]);
  for (const found of seen) {
    if (typeof found !== 'object' || found === null || isProxy(found)) continue;
    if (kindOf(found) === undefined) names.add(classNameOf(found) ?? 'an unknown class');
    for (const inner of insideOf(found)) if (seen.size < MOST.objects) seen.add(inner);
  }
  return [...names];
}

/** What stands in an object, without running any code of a program. */
function insideOf(object: object): readonly unknown[] {
  const properties = Object.values(Object.getOwnPropertyDescriptors(object)).map(({ value }) => value as unknown);
  if (kindOf(object) === 'Map') {
    for (const entry of Map.prototype.entries.call(object) as Iterable<[unknown, unknown]>) properties.push(...entry);
  }
  if (kindOf(object) === 'Set') properties.push(...(Set.prototype.values.call(object) as Iterable<unknown>));
  return properties;
}
