import { type Kind, kindOf } from '../common/kind.ts';
import type { Encoded, V8Rules } from './rules.ts';
import type { Departures, Key } from './properties.ts';
import type { AnyType } from './define-type.ts';
import { hasLastIndex, presentIndices } from './check-built-in.ts';
import { errorClassOf, errorFields, errorShell, isError, leafShell, nearestClass, type Shell } from './shells.ts';
import * as op from './operations.ts';
import { Program } from './program.ts';
import { valueIn } from './reads.ts';

/** What the walk over the value has found. */
type Found = Pick<V8Rules, 'encoded' | 'departures' | 'instances' | 'classes' | 'reads'>;

const EMPTY = new ArrayBuffer(0);

/**
 * Rewrites a checked value into one that V8 can write: a copy of its objects and arrays, in which an empty view stands
 * for each thing that V8 does not know, and a list of operations that complete it once it is read.
 */
export class Lowering {
  readonly program: readonly unknown[];
  /** What the empty views stand for. */
  readonly shells: Map<object, Shell> = new Map();
  readonly #program = new Program();
  readonly #found: Found;
  readonly #copies = new Map<object, object>();
  readonly #instances = new Map<object, number>();

  constructor(value: unknown, found: Found) {
    this.#found = found;
    this.program = this.#program.steps;
    this.#place(value, this.#program.steps, 0);
    this.#program.end();
  }

  /** Puts a value into a copied container; what is no object until the value is read is put there later. */
  #place(value: unknown, container: object, key: PropertyKey): void {
    if (typeof value === 'symbol') {
      op.define(container, key, undefined);
      this.#program.add(op.SYMBOL, container, key, Symbol.keyFor(value));
    } else if (typeof value === 'function') {
      op.define(container, key, undefined);
      this.#program.add(op.CLASS, container, key, this.#program.type(this.#found.classes.get(value) as AnyType));
    } else if (typeof value !== 'object' || value === null) {
      op.define(container, key, value);
    } else if (this.#found.encoded.has(value)) {
      op.define(container, key, undefined);
      this.#program.add(op.PLACE, container, key, this.#instance(value));
    } else {
      op.define(container, key, this.#copies.get(value) ?? this.#copy(value));
    }
  }

  #instance(value: object): number {
    const known = this.#instances.get(value);
    if (known !== undefined) return known;
    const { type, value: encoded } = this.#found.encoded.get(value) as Encoded;
    const operation: op.Operation = [op.INSTANCE, this.#program.type(type), undefined];
    this.#place(encoded, operation, 2);
    this.#program.add(...operation);
    this.#instances.set(value, this.#instances.size);
    return this.#instances.size - 1;
  }

  #copy(value: object): object {
    const kind = kindOf(value);
    const copy = this.#copyContent(value, kind);
    const type = this.#found.instances.get(value);
    if (type !== undefined) this.#program.makeInstance(copy, type);
    const departures = this.#found.departures.get(value);
    if (departures !== undefined) this.#depart(value, copy, departures);
    return copy;
  }

  #copyContent(value: object, kind: Kind | undefined): object {
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
        if (isError(value)) return this.#error(value);
        if (!this.#found.instances.has(value)) return this.#leaf(value, kind);
        return Array.isArray(value) ? this.#array(value) : this.#record(value, 'Object');
    }
  }

  /** Comes last of an object, when its properties are all there. */
  #depart(value: object, copy: object, { keys, flagged, level }: Departures): void {
    if (keys !== undefined) this.#further(value, copy, keys);
    if (flagged !== undefined)
      this.#program.add(
        op.ATTRIBUTES,
        copy,
        flagged.flatMap(([key, bits]) => [typeof key === 'symbol' ? [Symbol.keyFor(key)] : key, bits]),
      );
    if (level > 0) this.#program.close(copy, level);
  }

  /** Properties besides the content, of which those of records are there already. */
  #further(value: object, copy: object, keys: readonly Key[]): void {
    const isThere = (key: Key): boolean => copy !== value && Object.hasOwn(copy, key);
    const names = keys.filter((key) => typeof key === 'string' && !isThere(key));
    const target = Array.isArray(copy) ? copy : {};
    for (const name of names) this.#place(valueIn(this.#found.reads, value, name), target, name);
    if (target !== copy && names.length > 0) this.#program.add(op.FURTHER, copy, target);
    this.#symbolKeys(value, copy, keys);
  }

  #remember<T extends object>(value: object, copy: T): T {
    this.#copies.set(value, copy);
    return copy;
  }

  #record(value: object, kind: 'Object' | 'null'): object {
    const copy = this.#remember(value, {});
    const keys = this.#found.departures.get(value)?.keys ?? Object.keys(value);
    for (const key of keys) if (typeof key === 'string') this.#place(valueIn(this.#found.reads, value, key), copy, key);
    if (kind === 'null') this.#program.add(op.NO_PROTOTYPE, copy);
    return copy;
  }

  #symbolKeys(value: object, copy: object, keys: readonly Key[]): void {
    const fields: unknown[] = [];
    for (const key of keys) {
      if (typeof key !== 'symbol') continue;
      fields.push(Symbol.keyFor(key));
      this.#place(valueIn(this.#found.reads, value, key), fields, fields.length);
    }
    if (fields.length > 0) this.#program.add(op.SYMBOL_KEYS, copy, fields);
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
    if (content.late) this.#program.add(op.MAP, copy, content.members);
    else for (let at = 0; at < content.members.length; at += 2) copy.set(content.members[at], content.members[at + 1]);
    return copy;
  }

  #set(value: ReadonlySet<unknown>): object {
    const copy = this.#remember(value, new Set<unknown>());
    const content = this.#list([...value]);
    if (content.late) this.#program.add(op.SET, copy, content.members);
    else for (const member of content.members) copy.add(member);
    return copy;
  }

  #list(values: readonly unknown[]): { members: unknown[]; late: boolean } {
    const members: unknown[] = [];
    for (const value of values) this.#place(value, members, members.length);
    return { members, late: values.some((value) => this.#isLate(value)) };
  }

  #isLate(value: unknown): boolean {
    return typeof value === 'symbol' || typeof value === 'function' || this.#found.encoded.has(value as object);
  }

  #error(value: object): object {
    const shell = this.#remember(value, this.#standIn(errorShell(errorClassOf(value) ?? nearestClass(value))));
    const hidden = {};
    const shown = {};
    const fields = errorFields(value, 0) ?? [];
    for (const { key, value: field, enumerable } of fields) {
      if (typeof key === 'string') this.#place(field, enumerable ? shown : hidden, key);
    }
    this.#program.add(op.FIELDS, shell, hidden, shown);
    this.#symbolKeys(
      value,
      shell,
      fields.map(({ key }) => key),
    );
    return shell;
  }

  #leaf(value: object, kind: Kind | undefined): object {
    if (hasLastIndex(value)) this.#program.add(op.LAST_INDEX, value, (value as RegExp).lastIndex);
    const shell = leafShell(value, kind);
    return this.#remember(value, shell === undefined ? value : this.#standIn(shell));
  }

  #standIn(shell: Shell): object {
    const view = new DataView(EMPTY);
    this.shells.set(view, shell);
    return view;
  }
}
