import { type Kind, kindOf } from '../common/kind.ts';
import type { Encoded } from './rules.ts';
import { fingerprintOf, type ValueType } from './define-type.ts';
import { hasLastIndex, presentIndices } from './check-built-in.ts';
import { type ErrorClass, errorClassOf, errorFields, errorShell, isError, leafShell, type Shell } from './shells.ts';
import {
  define,
  FIELDS,
  INSTANCE,
  LAST_INDEX,
  MAP,
  NO_PROTOTYPE,
  type Operation,
  PLACE,
  SET,
  SYMBOL,
  SYMBOL_KEYS,
  TYPE,
} from './operations.ts';

const EMPTY = new ArrayBuffer(0);

/**
 * Rewrites a checked value into one that V8 can write: a copy of its objects and arrays, in which an empty view stands
 * for each thing that V8 does not know, and a list of operations that complete it once it is read.
 */
export class Lowering {
  /** The value itself comes first, then the operations: `[value, operation, ...]`. */
  readonly program: unknown[] = [undefined];
  /** What the empty views stand for. */
  readonly shells: Map<object, Shell> = new Map();
  readonly #encoded: ReadonlyMap<object, Encoded>;
  readonly #copies = new Map<object, object>();
  readonly #instances = new Map<object, number>();
  readonly #types = new Map<ValueType, number>();

  constructor(value: unknown, encoded: ReadonlyMap<object, Encoded>) {
    this.#encoded = encoded;
    this.#place(value, this.program, 0);
  }

  #then(...operation: Operation): void {
    this.program.push(operation);
  }

  /** Puts a value into a copied container; what is no object until the value is read is put there later. */
  #place(value: unknown, container: object, key: PropertyKey): void {
    if (typeof value === 'symbol') {
      define(container, key, undefined);
      this.#then(SYMBOL, container, key, Symbol.keyFor(value));
    } else if (typeof value !== 'object' || value === null) {
      define(container, key, value);
    } else if (this.#encoded.has(value)) {
      define(container, key, undefined);
      this.#then(PLACE, container, key, this.#instance(value));
    } else {
      define(container, key, this.#copies.get(value) ?? this.#copy(value));
    }
  }

  #instance(value: object): number {
    const known = this.#instances.get(value);
    if (known !== undefined) return known;
    const { type, value: encoded } = this.#encoded.get(value) as Encoded;
    const operation: Operation = [INSTANCE, this.#type(type), undefined];
    this.#place(encoded, operation, 2);
    this.program.push(operation);
    this.#instances.set(value, this.#instances.size);
    return this.#instances.size - 1;
  }

  #type(type: ValueType): number {
    const known = this.#types.get(type);
    if (known !== undefined) return known;
    this.#then(TYPE, type.name, fingerprintOf(type));
    this.#types.set(type, this.#types.size);
    return this.#types.size - 1;
  }

  #copy(value: object): object {
    const kind = kindOf(value);
    switch (kind) {
      case 'Object':
      case 'null':
        return this.#record(value, kind);
      case 'Array':
        return this.#array(value as unknown[]);
      case 'Map':
        return this.#map(value as Map<unknown, unknown>);
      case 'Set':
        return this.#set(value as Set<unknown>);
      default:
        return isError(value) ? this.#error(value) : this.#leaf(value, kind);
    }
  }

  #remember<T extends object>(value: object, copy: T): T {
    this.#copies.set(value, copy);
    return copy;
  }

  #record(value: object, kind: 'Object' | 'null'): object {
    const copy = this.#remember(value, {});
    for (const key of Object.keys(value)) this.#place((value as Record<string, unknown>)[key], copy, key);
    if (kind === 'null') this.#then(NO_PROTOTYPE, copy);
    this.#symbolKeys(value, copy);
    return copy;
  }

  #symbolKeys(value: object, copy: object): void {
    const fields: unknown[] = [];
    for (const key of Object.getOwnPropertySymbols(value)) {
      if (!Object.prototype.propertyIsEnumerable.call(value, key)) continue;
      fields.push(Symbol.keyFor(key));
      this.#place((value as Record<symbol, unknown>)[key], fields, fields.length);
    }
    if (fields.length > 0) this.#then(SYMBOL_KEYS, copy, fields);
  }

  #array(value: readonly unknown[]): object {
    const copy: unknown[] = this.#remember(value, []);
    copy.length = value.length;
    for (const index of presentIndices(value)) this.#place(value[index], copy, index);
    return copy;
  }

  /** A map or set keeps its order, so one that contains something that comes later is filled later. */
  #map(value: ReadonlyMap<unknown, unknown>): object {
    const copy = this.#remember(value, new Map<unknown, unknown>());
    const content = this.#list([...value].flat(1));
    if (content.late) this.#then(MAP, copy, content.members);
    else for (let at = 0; at < content.members.length; at += 2) copy.set(content.members[at], content.members[at + 1]);
    return copy;
  }

  #set(value: ReadonlySet<unknown>): object {
    const copy = this.#remember(value, new Set<unknown>());
    const content = this.#list([...value]);
    if (content.late) this.#then(SET, copy, content.members);
    else for (const member of content.members) copy.add(member);
    return copy;
  }

  #list(values: readonly unknown[]): { members: unknown[]; late: boolean } {
    const members: unknown[] = [];
    for (const value of values) this.#place(value, members, members.length);
    return { members, late: values.some((value) => typeof value === 'symbol' || this.#encoded.has(value as object)) };
  }

  #error(value: object): object {
    const shell = this.#remember(value, this.#standIn(errorShell(errorClassOf(value) as ErrorClass)));
    const hidden = {};
    const shown = {};
    for (const { key, value: field, enumerable } of errorFields(value) ?? []) {
      if (typeof key === 'string') this.#place(field, enumerable ? shown : hidden, key);
    }
    this.#then(FIELDS, shell, hidden, shown);
    this.#symbolKeys(value, shell);
    return shell;
  }

  #leaf(value: object, kind: Kind | undefined): object {
    if (hasLastIndex(value)) this.#then(LAST_INDEX, value, (value as RegExp).lastIndex);
    const shell = leafShell(value, kind);
    return this.#remember(value, shell === undefined ? value : this.#standIn(shell));
  }

  #standIn(shell: Shell): object {
    const view = new DataView(EMPTY);
    this.shells.set(view, shell);
    return view;
  }
}
