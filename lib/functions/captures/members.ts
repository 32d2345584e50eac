/** The members of objects and functions, read without running a getter. */

import { types } from 'node:util';

import { kindOf, kindOfPrototype } from '../../common/kind.ts';
import { isOwnObject, originalOf } from '../originals.ts';
import { codeText } from '../../common/texts.ts';
import { isNative, type AnyFunction } from '../source.ts';
import { nameInNode } from './origins.ts';
import { factsOf } from './text-facts.ts';
import type { Place, Walk } from './walk.ts';

/** Which members are read, and from where they are captured. */
export interface Members {
  readonly place: Place;
  readonly skip?: (name: string) => boolean;
}

/** The own members of an object, by name: values to be written, and functions of accessors. */
export function membersOf(walk: Walk, object: object, { place, skip }: Members): readonly unknown[] {
  const changed = walk.state.of(object);
  const isSkipped = (name: string): boolean =>
    skip?.(name) === true ||
    walk.options.ignore.has(name) ||
    (changed !== undefined && changed !== 'all' && changed.has(name));
  const names = Object.getOwnPropertyNames(object).toSorted();
  return names.filter((name) => !isSkipped(name)).map((name) => [name, memberOf(walk, object, { name, place })]);
}

/** A property as it is. */
interface Property {
  readonly value?: unknown;
  readonly get?: (() => unknown) | undefined;
  readonly set?: ((value: never) => void) | undefined;
}

/** Of a module namespace a member may have no value yet. */
function propertyOf(object: object, name: string): Property {
  try {
    return Object.getOwnPropertyDescriptor(object, name) ?? {};
  } catch {
    return { value: ['uninitialized'] };
  }
}

function memberOf(
  walk: Walk,
  object: object,
  { name, place }: { readonly name: string; readonly place: Place },
): unknown {
  const { value, get, set } = propertyOf(object, name);
  if (get === undefined && set === undefined) return value;
  return ['accessor', ...[get, set].map((fn) => (fn === undefined ? 0 : walk.add(fn, place)))];
}

interface Narrow {
  readonly place: Place;
  readonly members: ReadonlySet<string>;
}

/** The members alone that are used of a value, to be written; undefined where all of it counts. */
export function onlyMembers(walk: Walk, captured: unknown, { place, members }: Narrow): readonly unknown[] | undefined {
  const isModule = place.name === 'module' && [...members].every((name) => name.startsWith('exports.'));
  const value = isModule ? propertyOf(Object(captured) as object, 'exports').value : captured;
  const names = [...members].map((name) => (isModule ? name.slice('exports.'.length) : name)).toSorted();
  if (!isNarrowable(value)) return undefined;
  const changed = walk.state.of(value);
  if (changed === 'all' || names.some((name) => needsAll(value, name))) return undefined;
  const written = names.map((name) =>
    changed?.has(name) === true
      ? [name, 'state', walk.declared(place)]
      : [name, walk.digestOfValue(memberOf(walk, value, { name, place }), place)],
  );
  return ['members', written];
}

/** Whether an object is all that a module exports: one of V8's, or what webpack, rollup, Vite and Vitest make in its place. */
export function isExports(object: object): boolean {
  if (types.isModuleNamespaceObject(object)) return true;
  if (Object.getOwnPropertyDescriptor(object, Symbol.toStringTag)?.value !== 'Module') return false;
  const prototype = Object.getPrototypeOf(object) as object | null;
  return prototype === null || kindOfPrototype(prototype) === 'Object';
}

function isNarrowable(value: unknown): value is object {
  if ((typeof value !== 'object' || value === null) && typeof value !== 'function') return false;
  if (types.isProxy(value) || isOwnObject(value) || nameInNode(value) !== undefined) return false;
  if (typeof value === 'function') return originalOf(value as AnyFunction) === undefined;
  return isExports(value) || /^(?:Object|null|Array)$/.test(kindOf(value) ?? '');
}

/** Whether a member is one of a prototype, or a method that may look at what it is called on. */
function needsAll(object: object, name: string): boolean {
  if (!Object.hasOwn(object, name)) return true;
  const { value, get } = propertyOf(object, name);
  return usesThis(value) || usesThis(get);
}

function usesThis(value: unknown): boolean {
  if (typeof value !== 'function' || types.isProxy(value)) return false;
  const text = codeText(value);
  return !isNative(text) && !/^class\b/.test(text) && /\b(?:this|super)\b/.test(factsOf(text).text);
}
