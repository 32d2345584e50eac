import { hash } from 'node:crypto';
import { invalidArgument } from '../common/errors.ts';
import { functionName } from '../common/describe.ts';
import { codeText, joinTexts } from '../common/texts.ts';
import { kindOfPrototype } from '../common/kind.ts';
import { checkOptions } from '../options/rows.ts';

/**
 * How instances of a class are stored. Only instances of this very class are: those of a subclass need a type of
 * their own.
 */
export interface ValueType<T extends object = object, E = unknown> {
  /** Stands in the bytes: keep it when the class is renamed. Default: the name of the class. */
  readonly name: string;
  /** The class. */
  readonly class: { readonly prototype: T };
  /**
   * Counts together with the code of the class, `encode` and `decode`: values of another version are not read. Raise it
   * when something changes that this code does not show, a function that it calls. Default: none.
   */
  readonly version?: string;
  /** What to store of an instance: any value that can be stored, instances of registered classes included. */
  encode(instance: T): E;
  /** Makes an instance of what `encode` returned. */
  decode(encoded: E): T;
}

/**
 * A class whose instances are stored by their own properties, where these are all that an instance has: one with private
 * names, or that extends a built-in with a state of its own, needs a {@link ValueType}.
 */
export interface PlainType<T extends object = object> extends Pick<ValueType<T>, 'name' | 'class' | 'version'> {
  readonly encode?: undefined;
  readonly decode?: undefined;
}

/** Either of them. */
export type AnyType = ValueType | PlainType;

/** A class whose instances are stored by their own properties, or what `defineType()` made. */
export type TypeOrClass = AnyType | { readonly prototype: object };

/** The name may be left out. */
type Definition<D extends AnyType> = Omit<D, 'name'> & { readonly name?: string };

const MEMBERS = ['name', 'class', 'version', 'encode', 'decode'] as const;

/**
 * Describes how instances of a class are stored.
 *
 * @throws TypeError (`ERR_INVALID_ARG_VALUE`) where a member is missing or of the wrong type.
 * @example
 * ```ts
 * const money = defineType({
 *   name: 'Money',
 *   class: Money,
 *   encode: (money) => [money.amount, money.currency] as const,
 *   decode: ([amount, currency]) => new Money(amount, currency),
 * });
 * ```
 */
export function defineType<T extends object, E>(type: Definition<ValueType<T, E>>): ValueType<T, E>;
export function defineType<T extends object>(type: Definition<PlainType<T>>): PlainType<T>;
export function defineType(type: Definition<AnyType>): AnyType {
  checkOptions(type ?? null, MEMBERS, 'defineType()');
  const named = { ...type, name: type.name ?? functionName(type.class ?? {}) };
  const fault = faultOf(named);
  if (fault !== undefined) throw invalidArgument(fault);
  return (Object.isFrozen(type) && type.name !== undefined ? type : Object.freeze(named)) as AnyType;
}

/** The type of a class by itself, or what was made already. @throws TypeError (`ERR_INVALID_ARG_VALUE`) */
export function toType(type: unknown): AnyType {
  return defineType((typeof type === 'function' ? { class: type } : type) as ValueType);
}

function faultOf({
  name,
  class: constructor,
  version,
  encode,
  decode,
}: { readonly [N in keyof AnyType]?: unknown }): string | undefined {
  if (typeof name !== 'string' || name === '') return 'A type needs a name: defineType({ name, class })';
  if (typeof constructor !== 'function' || !isObject(Reflect.get(constructor, 'prototype')))
    return `The type "${name}" needs the class whose instances it stores`;
  if (version !== undefined && typeof version !== 'string') return `The version of the type "${name}" must be a string`;
  const [from, to] = [typeof encode, typeof decode];
  if (from === to && (from === 'function' || from === 'undefined')) return undefined;
  return `The type "${name}" needs the functions encode and decode, or none of them`;
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}

const fingerprints = new WeakMap<AnyType, string>();

/**
 * Tells the code and version of a type from others. It stands beside the name in the bytes: what was stored by other code
 * is not read.
 */
export function fingerprintOf(type: AnyType): string {
  const known = fingerprints.get(type);
  if (known !== undefined) return known;
  const { class: constructor, version, encode, decode } = type;
  const functions = [constructor, encode, decode].map((fn) => fn && codeText(fn));
  const parts = [version, ...functions, ...codeOfClass(constructor.prototype)];
  const made = hash('sha256', joinTexts(parts), 'hex').slice(0, 16);
  fingerprints.set(type, made);
  return made;
}

/** A type of the runtime: its code is not a program's, and differs from version to version. */
export function ofRuntime(type: ValueType): ValueType {
  fingerprints.set(type, 'runtime');
  return type;
}

/** The text of a class and of the classes that it extends, and of the methods that their prototypes have. */
function codeOfClass(prototype: object | null): string[] {
  if (prototype === null || kindOfPrototype(prototype) !== undefined) return [];
  const properties = Object.getOwnPropertyDescriptors(prototype) as Record<PropertyKey, PropertyDescriptor>;
  const texts = Reflect.ownKeys(properties).flatMap((key) => {
    const { value, get, set } = properties[key] as TypedPropertyDescriptor<unknown>;
    return [String(key), ...[value, get, set].filter((part) => typeof part === 'function').map(codeText)];
  });
  return [...texts, ...codeOfClass(Object.getPrototypeOf(prototype) as object | null)];
}
