import { isProxy } from 'node:util/types';
import { UnserializableError } from '../errors.ts';
import { describe } from '../values/describe.ts';
import { type Kind, kindOf } from '../values/kind.ts';
import { formatPath, type PathStep } from '../values/path.ts';
import { checkBuiltIn, isDisguised, ownAccessor } from './check-built-in.ts';
import { errorClassOf, errorFields, isError } from './error-fields.ts';
import type { TypeRegistry, ValueType } from './define-type.ts';
import { presentIndices } from './indices.ts';

const CURE = 'store plain data instead, or register its class in { types }';

/**
 * Values are nested no deeper than this: V8 reads some 1,500 levels before the stack of a thread is used up, and what
 * was stored must be readable from within other calls too.
 */
const MAX_DEPTH = 1000;

/** What `encode` of a registered type made of an instance. */
export interface Encoded {
  readonly name: string;
  readonly value: unknown;
  readonly path: string;
}

/**
 * The first walk over a value: refuses all that would not come back as it is, and tells whether V8 alone can write it.
 * It runs no code of the value's, as it refuses getters and proxies before it reads through them.
 */
export class Checker {
  /** Whether something needs more than V8 itself offers. */
  special = false;
  /** The instances of registered types. */
  readonly encoded: Map<object, Encoded> = new Map();
  readonly #types: TypeRegistry;
  readonly #seen = new Set<object>();
  readonly #steps: PathStep[] = [];

  constructor(types: TypeRegistry) {
    this.#types = types;
  }

  /** @throws UnserializableError with the path of what cannot be stored. */
  check(value: unknown): void {
    if (typeof value === 'object') {
      if (value !== null && !this.#seen.has(value)) this.#checkObject(value);
    } else if (typeof value === 'symbol') {
      if (Symbol.keyFor(value) === undefined) this.#refuse(`is ${describe(value)}: use Symbol.for()`);
      this.special = true;
    } else if (typeof value === 'function') {
      this.#refuse(`is ${describe(value)}, and functions cannot be stored: store the data that they work on`);
    }
  }

  #checkObject(value: object): void {
    this.#seen.add(value);
    if (this.#steps.length > MAX_DEPTH) this.#refuseDepth();
    if (isProxy(value)) this.#refuse('is a proxy: store the object behind it');
    const type = this.#types.of(value);
    if (type !== undefined) {
      this.#checkInstance(value, type);
      return;
    }
    const kind = kindOf(value);
    if (kind === 'Object' || kind === 'null') this.#checkRecord(value, kind);
    else if (kind === 'Array') this.#checkArray(value as unknown[]);
    else if (isError(value)) this.#checkError(value);
    else if (kind === undefined) this.#refuse(`is ${describe(value)}, which cannot be stored whole: ${CURE}`);
    else this.#checkOther(value, kind);
  }

  #checkInstance(value: object, type: ValueType): void {
    const path = this.#path();
    this.special = true;
    let encoded: unknown;
    try {
      encoded = type.encode(value);
    } catch (cause) {
      throw new UnserializableError(`encode() of the type "${type.name}" failed for ${path}: ${String(cause)}`, {
        path,
        cause,
      });
    }
    this.encoded.set(value, { name: type.name, value: encoded, path });
    this.check(encoded);
  }

  #checkRecord(value: object, kind: 'Object' | 'null'): void {
    if (isDisguised(value)) this.#refuse('is a built-in object with another prototype, which would be lost');
    if (kind === 'null') this.special = true;
    const keys = Object.keys(value);
    const hidden = Object.getOwnPropertyNames(value);
    if (hidden.length > keys.length) {
      const lost = hidden.find((name) => !Object.prototype.propertyIsEnumerable.call(value, name)) as string;
      this.#at(lost, () => this.#refuse('is a property that is not enumerable, which would be lost'));
    }
    for (const key of keys) this.#checkProperty(value, key);
    const symbols = Object.getOwnPropertySymbols(value);
    if (symbols.length > 0) this.#checkSymbolKeys(value, symbols);
  }

  #checkSymbolKeys(value: object, symbols: readonly symbol[]): void {
    this.special = true;
    for (const key of symbols) {
      const kept = Symbol.keyFor(key) !== undefined && Object.prototype.propertyIsEnumerable.call(value, key);
      if (!kept) this.#at(key, () => this.#refuse('has a key that would be lost: use an enumerable Symbol.for() one'));
      this.#checkProperty(value, key);
    }
  }

  #checkProperty(value: object, key: string | symbol | number): void {
    this.#steps.push(key);
    if (ownAccessor(value, key)) this.#refuse('is a getter or setter, which cannot be stored: store what it returns');
    this.check((value as Record<PropertyKey, unknown>)[key]);
    this.#steps.pop();
  }

  #checkArray(array: readonly unknown[]): void {
    this.#checkBuiltIn(array, 'Array');
    for (const index of presentIndices(array)) this.#checkProperty(array, index);
  }

  #checkError(error: object): void {
    this.special = true;
    const fields = errorFields(error);
    if (fields === undefined) this.#refuse('is an error with a getter or setter, which cannot be stored');
    if (errorClassOf(error) === undefined) this.#refuse('is an error whose name is no string');
    for (const { key, value, enumerable } of fields) {
      const lost = typeof key === 'symbol' && (!enumerable || Symbol.keyFor(key) === undefined);
      this.#at(key, () => {
        if (lost) this.#refuse('has a key that would be lost: use an enumerable Symbol.for() one');
        this.check(value);
      });
    }
  }

  #checkOther(value: object, kind: Kind): void {
    this.#checkBuiltIn(value, kind);
    if (kind === 'Map') {
      let index = 0;
      for (const [key, member] of Map.prototype.entries.call(value as Map<unknown, unknown>)) {
        this.#at({ map: 'key', index }, () => this.check(key));
        this.#at({ map: 'value', index: index++ }, () => this.check(member));
      }
    } else if (kind === 'Set') {
      let index = 0;
      for (const member of Set.prototype.values.call(value as Set<unknown>)) {
        this.#at({ set: index++ }, () => this.check(member));
      }
    }
  }

  #checkBuiltIn(value: object, kind: Kind): void {
    const finding = checkBuiltIn(value, kind);
    if (finding === 'special') this.special = true;
    else if (finding !== 'plain') this.#refuse(finding.refused);
  }

  #at(step: PathStep, run: () => void): void {
    this.#steps.push(step);
    run();
    this.#steps.pop();
  }

  #refuseDepth(): never {
    const path = formatPath('value', this.#steps.slice(0, 3));
    const message = `Cannot store the value: ${path}... is nested deeper than ${MAX_DEPTH} levels: store it in parts`;
    throw new UnserializableError(message, { path });
  }

  #path(): string {
    return formatPath('value', this.#steps);
  }

  #refuse(why: string): never {
    const path = this.#path();
    throw new UnserializableError(`Cannot store the value: ${path} ${why}`, { path });
  }
}
