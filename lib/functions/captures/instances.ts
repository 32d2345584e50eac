import { types } from 'node:util';

import { cacheKey } from '../../keys/cache-key.ts';
import { codeText } from '../../common/texts.ts';
import { isNative, type AnyFunction } from '../source.ts';
import { nameInNode, nameOfFunction } from './origins.ts';
import { changedOfThis } from './state.ts';
import type { Place, Walk } from './walk.ts';

/** Fields of instances as they were when they were first met: what happens to them later is state. */
const fieldsOf = new WeakMap<object, readonly (readonly [string, unknown])[]>();

/** An instance of a class. Of a class of the program its fields count; of others that class alone; of all what declares them. */
export function instance(walk: Walk, object: object, place: Place): unknown {
  const classes = classesOf(object);
  const [own] = classes;
  walk.held.set(object, place.name);
  if (own === undefined) return ['opaque', Object.prototype.toString.call(object), walk.declared(place)];
  if (!isOfProgram(walk, own)) {
    const label = isNative(codeText(own)) ? 'native' : (nameInNode(own) ?? walk.originOf(own).label);
    return ['instance', label, nameOfFunction(own), walk.declared(place)];
  }
  const code = walk.add(own, place);
  const key = keyOf(object);
  return key === undefined
    ? ['own', code, fieldsIn(walk, object, classes), walk.declared(place)]
    : ['keyed', code, key[0]];
}

/** The classes of an object, its own one first; none for an object without one. */
function classesOf(object: object): readonly AnyFunction[] {
  const classes: AnyFunction[] = [];
  let owner = Object.getPrototypeOf(object) as object | null;
  while (owner !== null && !types.isProxy(owner)) {
    const constructor: unknown = Object.getOwnPropertyDescriptor(owner, 'constructor')?.value;
    if (typeof constructor === 'function' && !types.isProxy(constructor)) classes.push(constructor as AnyFunction);
    owner = Object.getPrototypeOf(owner) as object | null;
  }
  return classes.filter((one) => nameOfFunction(one) !== 'Object' || !isNative(codeText(one)));
}

function isOfProgram(walk: Walk, fn: AnyFunction): boolean {
  return !isNative(codeText(fn)) && walk.isOwn(fn);
}

/** What an object says that it is as a key. */
function keyOf(object: object): readonly [unknown] | undefined {
  try {
    const method: unknown = (object as { [cacheKey]?: unknown })[cacheKey];
    return typeof method === 'function' ? [Reflect.apply(method, object, [])] : undefined;
  } catch {
    return undefined;
  }
}

function fieldsIn(walk: Walk, object: object, classes: readonly AnyFunction[]): readonly unknown[] {
  const own = classes.filter((one) => isOfProgram(walk, one));
  const changed = changedOfThis(own.flatMap(methodsOf));
  if (changed === 'all') return [];
  const fields = fieldsOf.get(object) ?? readFields(walk, object);
  fieldsOf.set(object, fields);
  // Classes of packages keep what they like in their instances.
  const mentioned = own.length === classes.length ? undefined : own.map((one) => codeText(one)).join('\n');
  return fields.filter(([name]) => !changed.has(name) && mentioned?.includes(name) !== false);
}

/** What may change a field: all of a class but its constructor, which its text knows; of an older one its methods. */
function methodsOf(constructor: AnyFunction): readonly object[] {
  const { prototype } = constructor as { readonly prototype?: unknown };
  if (typeof prototype !== 'object' || prototype === null) return [];
  const methods = Object.entries(Object.getOwnPropertyDescriptors(prototype)).flatMap(([name, { value }]) =>
    name !== 'constructor' && typeof value === 'function' ? [value as object] : [],
  );
  return /^class\b/.test(codeText(constructor)) ? [constructor, ...methods] : methods;
}

function readFields(walk: Walk, object: object): readonly (readonly [string, unknown])[] {
  const own = Object.entries(Object.getOwnPropertyDescriptors(object)).flatMap(([name, property]) =>
    'value' in property ? [[name, property.value as unknown] as const] : [],
  );
  return [...own, ...Object.entries(walk.reader.privateFields(object))].toSorted(([a], [b]) => (a < b ? -1 : 1));
}
