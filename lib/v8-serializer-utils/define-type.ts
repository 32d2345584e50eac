import { invalidArgument } from '../common/errors.ts';
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
  /** What to store of an instance: any value that can be stored, instances of registered classes included. */
  encode(instance: T): E;
  /** Makes an instance of what `encode` returned. */
  decode(encoded: E): T;
}

const MEMBERS = ['name', 'class', 'encode', 'decode'] as const;

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
  const { name, class: constructor, encode, decode }: Partial<ValueType<T, E>> = type;
  if (typeof name !== 'string' || name === '')
    throw invalidArgument('A type needs a name: { name, class, encode, decode }');
  if (typeof constructor !== 'function' || !isObject(Reflect.get(constructor, 'prototype'))) {
    throw invalidArgument(`The type "${name}" needs the class whose instances it stores`);
  }
  if (typeof encode !== 'function' || typeof decode !== 'function') {
    throw invalidArgument(`The type "${name}" needs the functions encode and decode`);
  }
  return Object.isFrozen(type) ? type : Object.freeze({ ...type });
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
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

  /** @throws Error where no type of that name is registered. */
  named(name: unknown): ValueType {
    const type = this.#byName.get(name as string);
    if (type === undefined)
      throw new Error(`No type named ${JSON.stringify(name)} is registered: pass it in { types }`);
    return type;
  }
}
