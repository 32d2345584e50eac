import { isMap, isNativeError, isProxy, isSet, isWeakMap, isWeakSet } from 'node:util/types';
import { functionName } from '../common/describe.ts';
import { isDisguised, isErrorKind, kindOfPrototype } from '../common/kind.ts';
import type { Reason } from './check-built-in.ts';
import type { AnyType } from './define-type.ts';
import { codeText } from '../common/texts.ts';
import { privateNames, variablesOf } from './inside.ts';

/** How many functions of one class are asked for the variables that they reach: a few stand for all that one closure made. */
const MAX_FUNCTIONS = 5;

/** What is known of a class, found when the first instance of it is met. */
interface Findings {
  /** Why none of its instances can be taken by their properties. */
  readonly fault: Reason;
  /** The weak collections that its functions can reach. */
  readonly weak: readonly (WeakMap<object, unknown> | WeakSet<object>)[];
}

const findings = new WeakMap<object, Findings>();

const WEAK = 'is a key of a WeakMap or WeakSet that its class reaches, as compiled private fields are';

/** Why the own properties of an instance are not all that it has, in words that follow its path; undefined where they are. */
export function unfit(instance: object, prototype: object): Reason {
  let found = findings.get(prototype);
  if (found === undefined) {
    found = { fault: faultOf(instance, prototype), weak: weakCollections(prototype) };
    findings.set(prototype, found);
  }
  return found.fault ?? (found.weak.some((collection) => collection.has(instance)) ? WEAK : undefined);
}

function faultOf(instance: object, prototype: object): Reason {
  for (const owner of chainOf(prototype)) {
    const fault = faultOfOwner(owner, Object.getOwnPropertyDescriptor(owner, 'constructor')?.value);
    if (fault !== undefined) return fault;
  }
  if (hasInnerState(instance)) return 'is a built-in object inside, which keeps a state of its own';
  const [name] = privateNames(instance) ?? [];
  return name && `has the private field ${name}, which cannot be seen`;
}

function faultOfOwner(owner: object, constructor: unknown): Reason {
  if (typeof constructor !== 'function') return kindOfPrototype(owner) && 'extends a built-in class';
  const name = functionName(constructor) ?? 'its class';
  if (kindOfPrototype(owner) !== undefined || /\{\s*\[native code\]\s*\}$/.test(codeText(constructor)))
    return `extends ${name}, which keeps a state of its own`;
  return hasPrivateNames(codeText(constructor)) ? `has private names of ${name}, which cannot be seen` : undefined;
}

/** A class with this prototype and those that it extends, down to one of the language that adds nothing but properties. */
function* chainOf(prototype: object): Iterable<object> {
  for (let owner: object | null = prototype; owner !== null;) {
    const kind = kindOfPrototype(owner);
    if (kind === 'Object' || kind === 'Array' || isErrorKind(kind)) return;
    yield owner;
    owner = Object.getPrototypeOf(owner) as object | null;
  }
}

function hasInnerState(value: object): boolean {
  if (Array.isArray(value) || isNativeError(value)) return false;
  return isDisguised(value) || isMap(value) || isSet(value) || isProxy(value);
}

/**
 * Whether the text of a class has private names. Comments, strings and regular expressions are left out first; where they
 * cannot be told, a name in them counts too.
 */
function hasPrivateNames(text: string): boolean {
  const name = /#(?:[\p{ID_Start}_\\]|\$(?!\{))/u;
  if (!/^class\b/.test(text) || !name.test(text)) return false;
  const literals = /\/\/.*|\/\*[^]*?\*\/|'(?:\\[^]|[^'\\\n])*'|"(?:\\[^]|[^"\\\n])*"|`(?:\\[^]|[^`\\$])*`/g;
  return name.test(text.replaceAll(literals, ' '));
}

function weakCollections(prototype: object): Findings['weak'] {
  const found = new Set<WeakMap<object, unknown> | WeakSet<object>>();
  for (const value of variablesFrom(prototype).values()) {
    if (isWeakMap(value) || isWeakSet(value)) found.add(value);
  }
  return [...found];
}

/** The variables that the functions of a class and of those that it extends can reach, whether they use them or not. */
function variablesFrom(prototype: object): Map<string, unknown> {
  const functions = [...chainOf(prototype)].flatMap((owner) => functionsOf(owner).slice(0, MAX_FUNCTIONS));
  return new Map(functions.reverse().flatMap(variablesOf));
}

/** Those that a class names, and what the functions and classes that it names do name. */
function reachedFrom(prototype: object): Map<string, unknown> {
  const variables = variablesFrom(prototype);
  const reached = new Map<string, unknown>();
  const owners = [...chainOf(prototype)];
  for (const owner of owners) {
    for (const [name] of functionsOf(owner).map(codeText).join(' ').matchAll(NAME)) {
      const value = reached.has(name) ? undefined : variables.get(name);
      if (typeof value !== 'function' || isProxy(value)) continue;
      reached.set(name, value);
      const inner: unknown = Object.getOwnPropertyDescriptor(value, 'prototype')?.value;
      owners.push(...(typeof inner === 'object' && inner !== null ? chainOf(inner) : [{ constructor: value }]));
    }
  }
  return reached;
}

const NAME = /[\p{ID_Start}$_][\p{ID_Continue}$]*/gu;

/** The constructor comes first. Functions that stand in the text of their class reach what that reaches. */
function functionsOf(owner: object): object[] {
  const functions = ['constructor', ...Reflect.ownKeys(owner)].flatMap((key): unknown[] => {
    const property: TypedPropertyDescriptor<unknown> | undefined = Object.getOwnPropertyDescriptor(owner, key);
    return property === undefined ? [] : [property.value, property.get, property.set];
  });
  const [first, ...rest] = functions.filter((part) => typeof part === 'function' && !isProxy(part)) as object[];
  if (first === undefined) return [];
  const text = codeText(first);
  return [first, ...(text.startsWith('class') ? rest.filter((fn) => !text.includes(codeText(fn))) : rest)];
}

/**
 * A class of this name or prototype that the code of another one reaches, as a type; undefined where there is none, and for
 * a subclass of that one, which has to be named.
 */
export function reachedType(owner: AnyType, wanted: { prototype?: object; name?: string }): AnyType | undefined {
  for (const [name, value] of reachedFrom(owner.class.prototype)) {
    const prototype: unknown = Object.getOwnPropertyDescriptor(value, 'prototype')?.value;
    if (typeof prototype !== 'object' || prototype === null) continue;
    if (Object.prototype.isPrototypeOf.call(owner.class.prototype, prototype)) continue;
    if (prototype === wanted.prototype || name === wanted.name)
      return { name: `${owner.name}/${name}`, class: value as AnyType['class'] };
  }
  return undefined;
}
