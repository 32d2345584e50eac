import { invalidArgument } from '../common/errors.ts';
import { reachedType, unfit } from './classes.ts';
import type { Reason } from './check-built-in.ts';
import { runtimeType } from './runtime-types.ts';
import { fingerprintOf, toType, type TypeOrClass, type AnyType } from './define-type.ts';

/** The registered types of one serializer, by class and by name, and those of classes that they reach. */
export class TypeRegistry {
  readonly #byPrototype = new Map<object | null, AnyType>();
  readonly #byName = new Map<string, AnyType>();
  /** Whether a type has `encode` and `decode`. */
  readonly hasEncoders: boolean;

  /** @throws TypeError (`ERR_INVALID_ARG_VALUE`) for what is no type, and for two types of one name or class. */
  constructor(types: readonly TypeOrClass[] = []) {
    if (!Array.isArray(types))
      throw invalidArgument('types must be an array of classes and types made by defineType()');
    for (const type of types as readonly unknown[]) this.#add(toType(type));
    this.hasEncoders = this.types.some(({ encode }) => encode !== undefined);
  }

  #add(type: AnyType): void {
    const { name, class: constructor, encode, decode, version } = type;
    const known = this.#byPrototype.get(constructor.prototype);
    const isSame = known?.name === name && known.encode === encode && known.decode === decode;
    if (isSame && known.version === version) return;
    if (known !== undefined) throw invalidArgument(`The class of the type "${name}" has another type already`);
    if (this.#byName.has(name))
      throw invalidArgument(`Two types have the name "${name}": give one another name by defineType({ name, class })`);
    this.#keep(type);
  }

  #keep(type: AnyType): AnyType {
    this.#byName.set(type.name, type);
    this.#byPrototype.set(type.class.prototype, type);
    return type;
  }

  get types(): AnyType[] {
    return [...this.#byName.values()];
  }

  /** The type of an object by its class, or undefined. */
  of(value: object): AnyType | undefined {
    return this.#byPrototype.size === 0
      ? undefined
      : this.#byPrototype.get(Object.getPrototypeOf(value) as object | null);
  }

  /** As {@link of}, for classes too that the code of registered ones reaches. */
  reaching(value: object): AnyType | undefined {
    const known = this.of(value);
    const prototype = Object.getPrototypeOf(value) as object | null;
    if (known !== undefined || prototype === null) return known;
    return this.#reach((owner) => reachedType(owner, { prototype }));
  }

  /** The type of a class itself. */
  ofClass(value: object): AnyType | undefined {
    if (this.#byPrototype.size === 0) return undefined;
    const prototype: unknown = Object.getOwnPropertyDescriptor(value, 'prototype')?.value;
    const type = this.#byPrototype.get(prototype as object);
    return type?.class === value ? type : undefined;
  }

  /** Why an instance cannot be taken by its properties. */
  refusal(value: object, { class: { prototype } }: AnyType): Reason {
    const reason = unfit(value, prototype);
    return reason && `${reason}: give its class encode and decode by defineType()`;
  }

  /** @throws Error where no type of that name is registered, and where it is not the one that it was. */
  unchanged(name: unknown, fingerprint: unknown): AnyType {
    const type = this.#byName.get(name as string) ?? this.#reached(String(name)) ?? runtimeType(String(name));
    if (type === undefined)
      throw new Error(`No type named ${JSON.stringify(name)} is registered: pass its class in { types }`);
    if (fingerprintOf(type) === fingerprint) return type;
    throw new Error(
      `The code or the version of the type ${JSON.stringify(name)} has changed since the value was stored`,
    );
  }

  #reached(path: string): AnyType | undefined {
    const owner = this.#byName.get(path.slice(0, path.lastIndexOf('/')));
    const found = owner && reachedType(owner, { name: path.slice(path.lastIndexOf('/') + 1) });
    return found && this.#keep(found);
  }

  #reach(find: (owner: AnyType) => AnyType | undefined): AnyType | undefined {
    for (const owner of this.types) {
      const found = owner.encode === undefined ? find(owner) : undefined;
      if (found !== undefined) return this.#keep(found);
    }
    return undefined;
  }
}
