import { hash } from 'node:crypto';
import { invalidArgument } from '../common/errors.ts';
import { kindOfPrototype } from '../common/kind.ts';
import { checkOptions } from '../options/rows.ts';

/**
 * How instances of a class are stored. Only instances of this very class are: those of a subclass need a type of
 * their own.
 */
export interface ValueType<T extends object = object, E = unknown> {
  /** Stands in the bytes: keep it when the class is renamed. */
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
export function defineType<T extends object, E>(type: ValueType<T, E>): ValueType<T, E> {
  checkOptions(type ?? null, MEMBERS, 'defineType()');
  const fault = faultOf(type);
  if (fault !== undefined) throw invalidArgument(fault);
  return Object.isFrozen(type) ? type : Object.freeze({ ...type });
}

function faultOf({ name, class: constructor, version, encode, decode }: Partial<ValueType>): string | undefined {
  if (typeof name !== 'string' || name === '') return 'A type needs a name: { name, class, encode, decode }';
  if (typeof constructor !== 'function' || !isObject(Reflect.get(constructor, 'prototype')))
    return `The type "${name}" needs the class whose instances it stores`;
  if (version !== undefined && typeof version !== 'string') return `The version of the type "${name}" must be a string`;
  if (typeof encode === 'function' && typeof decode === 'function') return undefined;
  return `The type "${name}" needs the functions encode and decode`;
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}

const fingerprints = new WeakMap<ValueType, string>();

/**
 * Tells the code and version of a type from others. It stands beside the name in the bytes: what was stored by other code
 * is not read.
 */
export function fingerprintOf(type: ValueType): string {
  const known = fingerprints.get(type);
  if (known !== undefined) return known;
  const { class: constructor, version, encode, decode } = type;
  const parts = [version, ...[constructor, encode, decode].map(textOf), ...codeOfClass(constructor.prototype)];
  const made = hash('sha256', JSON.stringify(parts), 'hex').slice(0, 16);
  fingerprints.set(type, made);
  return made;
}

const textOf = (fn: unknown): string => Function.prototype.toString.call(fn);

/** The text of a class and of the classes that it extends, and of the methods that their prototypes have. */
function codeOfClass(prototype: object | null): string[] {
  if (prototype === null || kindOfPrototype(prototype) !== undefined) return [];
  const properties = Object.getOwnPropertyDescriptors(prototype) as Record<PropertyKey, PropertyDescriptor>;
  const texts = Reflect.ownKeys(properties).flatMap((key) => {
    const { value, get, set } = properties[key] as TypedPropertyDescriptor<unknown>;
    return [String(key), ...[value, get, set].filter((part) => typeof part === 'function').map(textOf)];
  });
  return [...texts, ...codeOfClass(Object.getPrototypeOf(prototype) as object | null)];
}

/** The registered types of one serializer, by class and by name. */
export class TypeRegistry {
  readonly #byPrototype = new Map<object | null, ValueType>();
  readonly #byName = new Map<string, ValueType>();

  /** @throws TypeError (`ERR_INVALID_ARG_VALUE`) for what is no type, and for two types of one name or class. */
  constructor(types: readonly ValueType[] = []) {
    if (!Array.isArray(types)) throw invalidArgument('types must be an array of types made by defineType()');
    for (const type of types as readonly ValueType[]) this.#add(defineType(type));
  }

  #add(type: ValueType): void {
    if (this.#byName.has(type.name)) throw invalidArgument(`Two types have the name "${type.name}"`);
    if (this.#byPrototype.has(type.class.prototype)) {
      throw invalidArgument(`The class of the type "${type.name}" has another type already`);
    }
    this.#byName.set(type.name, type);
    this.#byPrototype.set(type.class.prototype, type);
  }

  /** How many there are. */
  get size(): number {
    return this.#byName.size;
  }

  /** The type of an object by its class, or undefined. */
  of(value: object): ValueType | undefined {
    return this.#byPrototype.size === 0
      ? undefined
      : this.#byPrototype.get(Object.getPrototypeOf(value) as object | null);
  }

  /** @throws Error where no type of that name is registered, and where it is not the one that it was. */
  unchanged(name: unknown, fingerprint: unknown): ValueType {
    const type = this.#byName.get(name as string);
    if (type === undefined)
      throw new Error(`No type named ${JSON.stringify(name)} is registered: pass it in { types }`);
    if (fingerprintOf(type) !== fingerprint)
      throw new Error(
        `The code or the version of the type ${JSON.stringify(name)} has changed since the value was stored`,
      );
    return type;
  }
}
