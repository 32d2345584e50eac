import { isRegExp } from 'node:util/types';
import type { AnyType } from './define-type.ts';
import type { TypeRegistry } from './registry.ts';
import { FROZEN, HIDDEN, NOT_EXTENSIBLE, PERMANENT, READ_ONLY, SEALED } from './properties.ts';
import { unreadable } from './shells.ts';

/**
 * What is left to do once V8 has made the objects: steps that are stored behind the value, as arrays, and carried out
 * in their order.
 *
 * | step | members | does |
 * | --- | --- | --- |
 * | SYMBOL | container, key, name | puts `Symbol.for(name)` into an object or array |
 * | FURTHER | object, properties | gives an object that has content of its own properties too |
 * | ATTRIBUTES | object, [key, bits, ...] | makes properties hidden, read-only, permanent; `[name]` is the key `Symbol.for(name)` |
 * | CLOSE | [object, ...], level | makes objects not extensible, sealed or frozen |
 * | TYPE | name, fingerprint | makes sure that the next registered type is still what it was |
 * | INSTANCE | type, encoded | decodes the next instance of a type, which is told by its place among those above |
 * | PLACE | container, key, index | puts an instance into an object or array |
 * | PROTOTYPE | [object, ...], type | makes objects instances of a class |
 * | CLASS | container, key, type | puts a class into an object or array |
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
export const TYPE = 9;
export const FURTHER = 10;
export const ATTRIBUTES = 11;
export const CLOSE = 12;
export const PROTOTYPE = 13;
export const CLASS = 14;

/** One step. */
export type Operation = unknown[];

/** Adds an own property whatever its name, `__proto__` included; most names are new, and to assign is faster. */
export function define(target: object, key: PropertyKey, value: unknown): void {
  if (!(key in target)) (target as Record<PropertyKey, unknown>)[key] = value;
  else Object.defineProperty(target, key, { value, enumerable: true, writable: true, configurable: true });
}

/** As {@link define}, for a property that is not enumerable. */
function defineHidden(target: object, key: PropertyKey, value: unknown): void {
  Object.defineProperty(target, key, { value, enumerable: false, writable: true, configurable: true });
}

/** What the steps have found so far. */
interface Progress {
  readonly registry: TypeRegistry;
  readonly types: AnyType[];
  readonly instances: unknown[];
}

type Step = (operation: readonly unknown[], progress: Progress) => void;

const CLOSERS: Record<number, (target: object) => unknown> = {
  [NOT_EXTENSIBLE]: Object.preventExtensions,
  [SEALED]: Object.seal,
  [FROZEN]: Object.freeze,
};

const STEPS: Record<number, Step> = {
  [SYMBOL]: ([, container, key, name]) => define(object(container), property(key), symbol(name)),
  [TYPE]: ([, name, fingerprint], { registry, types }) => types.push(registry.unchanged(name, fingerprint)),
  [INSTANCE]: ([, index, encoded], progress) => {
    const type = typeAt(progress, index);
    if (type.decode === undefined) throw unreadable();
    progress.instances.push(type.decode(encoded));
  },
  [PROTOTYPE]: ([, targets, index], progress) => {
    const { prototype } = typeAt(progress, index).class;
    for (const target of list(targets)) Object.setPrototypeOf(object(target), prototype);
  },
  [CLASS]: ([, container, key, index], progress) => {
    define(object(container), property(key), typeAt(progress, index).class);
  },
  [PLACE]: ([, container, key, index], { instances }) => {
    if (!Object.hasOwn(instances, index as number)) throw unreadable();
    define(object(container), property(key), instances[index as number]);
  },
  [NO_PROTOTYPE]: ([, target]) => {
    Object.setPrototypeOf(object(target), null);
  },
  [SYMBOL_KEYS]: ([, target, fields]) => {
    for (const [name, value] of pairs(fields)) define(object(target), symbol(name), value);
  },
  [LAST_INDEX]: ([, regExp, index]) => {
    if (!isRegExp(regExp)) throw unreadable();
    regExp.lastIndex = index as number;
  },
  [FIELDS]: ([, error, hidden, shown]) => {
    for (const [key, value] of Object.entries(object(hidden))) defineHidden(object(error), key, value);
    for (const [key, value] of Object.entries(object(shown))) define(object(error), key, value);
  },
  [FURTHER]: ([, target, properties]) => {
    for (const [key, value] of Object.entries(object(properties))) define(object(target), key, value);
  },
  [ATTRIBUTES]: ([, target, attributes]) => {
    for (const [key, bits] of pairs(attributes)) {
      const enumerable = ((bits as number) & HIDDEN) === 0;
      const writable = ((bits as number) & READ_ONLY) === 0;
      const configurable = ((bits as number) & PERMANENT) === 0;
      const at = Array.isArray(key) ? symbol(key[0]) : property(key);
      if (!Object.hasOwn(object(target), at)) throw unreadable();
      Object.defineProperty(target, at, { enumerable, writable, configurable });
    }
  },
  [CLOSE]: ([, targets, level]) => {
    const close = CLOSERS[level as number];
    if (close === undefined) throw unreadable();
    for (const target of list(targets)) close(object(target));
  },
  [MAP]: ([, map, entries]) => {
    for (const [key, value] of pairs(entries)) Map.prototype.set.call(map, key, value);
  },
  [SET]: ([, set, members]) => {
    for (const member of list(members)) Set.prototype.add.call(set, member);
  },
};

/**
 * Carries out the operations of `[value, operation, ...]` and returns the value.
 *
 * @throws Error for a program that {@link Lowering} would not have made, and whatever `decode` of a type throws.
 */
export function complete(program: unknown, registry: TypeRegistry): unknown {
  const [, ...steps] = list(program);
  const progress: Progress = { registry, types: [], instances: [] };
  for (const operation of steps) {
    const step = STEPS[list(operation)[0] as number];
    if (step === undefined) throw unreadable();
    step(operation as unknown[], progress);
  }
  return list(program)[0];
}

function typeAt({ types }: Progress, index: unknown): AnyType {
  const type = types[index as number];
  if (type === undefined) throw unreadable();
  return type;
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
