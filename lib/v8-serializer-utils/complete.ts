import { isRegExp } from 'node:util/types';
import type { TypeRegistry } from './define-type.ts';
import * as operations from './operations.ts';
import { unreadable } from './shells.ts';

type Step = (operation: readonly unknown[], types: TypeRegistry, instances: unknown[]) => void;

const STEPS: Record<number, Step> = {
  [operations.SYMBOL]: ([, container, key, name]) => operations.define(object(container), property(key), symbol(name)),
  [operations.INSTANCE]: ([, type, encoded], types, instances) => instances.push(types.named(type).decode(encoded)),
  [operations.PLACE]: ([, container, key, index], _types, instances) => {
    if (!Object.hasOwn(instances, index as number)) throw unreadable();
    operations.define(object(container), property(key), instances[index as number]);
  },
  [operations.NO_PROTOTYPE]: ([, target]) => {
    Object.setPrototypeOf(object(target), null);
  },
  [operations.SYMBOL_KEYS]: ([, target, fields]) => {
    for (const [name, value] of pairs(fields)) operations.define(object(target), symbol(name), value);
  },
  [operations.LAST_INDEX]: ([, regExp, index]) => {
    if (!isRegExp(regExp)) throw unreadable();
    regExp.lastIndex = index as number;
  },
  [operations.FIELDS]: ([, error, hidden, shown]) => {
    for (const [key, value] of Object.entries(object(hidden))) operations.defineHidden(object(error), key, value);
    for (const [key, value] of Object.entries(object(shown))) operations.define(object(error), key, value);
  },
  [operations.MAP]: ([, map, entries]) => {
    for (const [key, value] of pairs(entries)) Map.prototype.set.call(map, key, value);
  },
  [operations.SET]: ([, set, members]) => {
    for (const member of list(members)) Set.prototype.add.call(set, member);
  },
};

/**
 * Carries out the operations of `[value, operation, ...]` and returns the value.
 *
 * @throws Error for a program that {@link Lowering} would not have made, and whatever `decode` of a type throws.
 */
export function complete(program: unknown, types: TypeRegistry): unknown {
  const [, ...steps] = list(program);
  const instances: unknown[] = [];
  for (const operation of steps) {
    const step = STEPS[list(operation)[0] as number];
    if (step === undefined) throw unreadable();
    step(operation as unknown[], types, instances);
  }
  return list(program)[0];
}

function list(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw unreadable();
  return value as unknown[];
}

function* pairs(value: unknown): Iterable<readonly [unknown, unknown]> {
  const members = list(value);
  for (let at = 0; at < members.length; at += 2) yield [members[at], members[at + 1]];
}

function object(value: unknown): object {
  if (typeof value !== 'object' || value === null) throw unreadable();
  return value;
}

function property(value: unknown): string | number {
  if (typeof value !== 'string' && typeof value !== 'number') throw unreadable();
  return value;
}

function symbol(name: unknown): symbol {
  if (typeof name !== 'string') throw unreadable();
  return Symbol.for(name);
}
