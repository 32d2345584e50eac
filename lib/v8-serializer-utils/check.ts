import { isProxy } from 'node:util/types';
import { describe } from '../common/describe.ts';
import { isDisguised, type Kind, kindOf } from '../common/kind.ts';
import {
  checkBuiltIn,
  hasLastIndex,
  isResizable,
  ownAccessor,
  presentIndices,
  reasonOfInstance,
} from './check-built-in.ts';
import { Cycles } from './cycles.ts';
import {
  allKeys,
  type Departures,
  type Flagged,
  flagsOf,
  furtherKeys,
  HIDDEN,
  type Key,
  levelOf,
} from './properties.ts';
import { errorClassOf, errorFields, isError } from './shells.ts';
import type { Rules, Trait } from './rules.ts';
import { Trail } from './trail.ts';

const LOST_KEY = 'has a key that would be lost: use a Symbol.for() one';
const ACCESSOR = 'is a getter or setter, which cannot be stored: store what it returns';

/**
 * The walk over a value before it is stored: refuses all that would not come back as it is. It runs no code of the
 * value's, as it refuses getters and proxies before it reads through them, unless the rules read getters.
 */
export class Checker {
  readonly #rules: Rules;
  readonly #cycles: Cycles | undefined;
  readonly #seen = new Set<object>();
  readonly #trail: Trail = new Trail();
  readonly #admit = (trait: Trait): void => this.#trail.mind(this.#rules.refuse(trait));

  constructor(rules: Rules) {
    this.#rules = rules;
    this.#cycles = rules.cycles === 'allowed' ? undefined : new Cycles();
  }

  /** @throws UnserializableError with the path of what cannot be stored. */
  check(value: unknown): void {
    if (typeof value !== 'object' || value === null) this.#checkPrimitive(value);
    else if (this.#seen.has(value)) this.#cycles?.meet(value);
    else this.#checkObject(value);
  }

  #checkPrimitive(value: unknown): void {
    const type = typeof value;
    if (type !== 'symbol' && type !== 'function' && this.#rules.refusePrimitive === undefined) return;
    const replacement = this.#rules.replace(value, this.#trail.path);
    if (replacement !== undefined) this.check(replacement.value);
    else if (type === 'function') this.#checkFunction(value as object);
    else if (type === 'symbol') this.#checkSymbol(value as symbol, 'symbol');
    else this.#trail.mind(this.#rules.refusePrimitive?.(value));
  }

  #checkFunction(fn: object): void {
    if (this.#rules.refersTo?.(fn) !== true) this.#trail.refuse(`is ${describe(fn)}: functions cannot be stored`);
  }

  #checkSymbol(value: symbol, trait: Trait, why = `is ${describe(value)}: use Symbol.for()`): void {
    if (Symbol.keyFor(value) === undefined) this.#trail.refuse(why);
    this.#admit(trait);
  }

  #checkObject(value: object): void {
    this.#seen.add(value);
    this.#trail.checkDepth();
    this.#cycles?.enter(value);
    if (isProxy(value)) this.#trail.refuse('is a proxy: store the object behind it');
    const replacement = this.#rules.replace(value, this.#trail.path);
    if (replacement === undefined) this.#checkContent(value);
    else this.check(replacement.value);
    if (this.#cycles?.leave() !== true) return;
    if (this.#rules.cycles === 'refused') this.#trail.refuse('contains itself, which cannot be stored');
    if (replacement !== undefined)
      this.#trail.refuse('is part of a cycle through what it is stored as, which cannot be read');
  }

  #checkContent(value: object): void {
    const kind = kindOf(value);
    if (kind === 'Object' || kind === 'null') this.#checkRecord(value, kind);
    else if (isError(value)) this.#checkError(value);
    else if (kind !== undefined) this.#checkBuiltIn(value, kind);
    else if (this.#rules.takes?.(value, this.#trail) !== true)
      this.#trail.refuse(reasonOfInstance(value, this.#rules.cure));
    else if (Array.isArray(value)) this.#checkBuiltIn(value, 'Array');
    else this.#checkFields(value);
  }

  #checkRecord(value: object, kind: 'Object' | 'null'): void {
    if (isDisguised(value)) this.#trail.refuse('is a built-in object with another prototype, which would be lost');
    this.#admit(kind);
    this.#checkFields(value);
  }

  #checkFields(value: object): void {
    const shown = Object.keys(value);
    const keys = allKeys(value, shown);
    this.#checkAll(value, keys ?? shown, keys);
  }

  /** Goes into properties; `keys` are those that V8 does not see by itself. */
  #checkAll(value: object, all: readonly Key[], keys: readonly Key[] | undefined): void {
    const level = levelOf(value);
    let flagged: Flagged | undefined;
    for (const key of all) {
      const flags = this.#checkOwn(value, key, level);
      if (flags > 0) (flagged ??= []).push([key, flags]);
    }
    this.#depart(value, { keys, flagged, level });
  }

  #depart(value: object, departures: Departures): void {
    if (departures.keys ?? departures.flagged ?? departures.level > 0) this.#rules.departs?.(value, departures);
  }

  /** The bits of a property, once it is checked. */
  #checkOwn(value: object, key: Key, level: number): number {
    const property = Object.getOwnPropertyDescriptor(value, key) as PropertyDescriptor;
    this.#trail.enter(key);
    if (typeof key === 'symbol') this.#checkSymbol(key, 'symbol key', LOST_KEY);
    if (property.enumerable !== true) this.#admit('hidden');
    const data = Object.hasOwn(property, 'value') ? property : this.#rules.read?.(value, key, this.#trail);
    if (data === undefined) this.#trail.refuse(ACCESSOR);
    this.check(data.value);
    this.#trail.leave();
    return flagsOf(data, level);
  }

  /** Properties that an object has besides its content. */
  #checkFurther(value: object): void {
    const keys = furtherKeys(value);
    if (keys.length === 0 && Object.isExtensible(value)) return;
    const names = Array.isArray(value) ? keys.filter((key) => key !== 'length') : keys;
    for (const name of names) this.#trail.at(name, () => this.#admit(Array.isArray(value) ? 'named' : 'further'));
    this.#checkAll(value, keys, keys);
  }

  #checkError(error: object): void {
    this.#admit('error');
    const level = levelOf(error);
    const fields = errorFields(error, level);
    if (fields === undefined) this.#trail.refuse('is an error with a getter or setter, which cannot be stored');
    if (errorClassOf(error) === undefined && this.#rules.takes?.(error, this.#trail) !== true)
      this.#trail.refuse(reasonOfInstance(error, this.#rules.cure));
    let flagged: Flagged | undefined;
    for (const { key, value, flags } of fields) {
      this.#trail.enter(key);
      if (typeof key === 'symbol') this.#checkSymbol(key, 'symbol key', LOST_KEY);
      this.check(value);
      this.#trail.leave();
      // The fields say which names are hidden.
      if (flags > (typeof key === 'symbol' ? 0 : HIDDEN)) (flagged ??= []).push([key, flags]);
    }
    this.#depart(error, { keys: undefined, flagged, level });
  }

  #checkBuiltIn(value: object, kind: Kind): void {
    this.#trail.mind(checkBuiltIn(value, kind));
    this.#admit(kind);
    if (hasLastIndex(value)) this.#admit('last index');
    else if (isResizable(value)) this.#admit('resizable');
    else if (kind === 'Array') this.#checkArray(value as unknown[]);
    else if (kind === 'Set') this.#checkMembers(value as Set<unknown>);
    else if (kind === 'Map') {
      this.#checkMembers((value as Map<unknown, unknown>).keys(), 'key');
      this.#checkMembers((value as Map<unknown, unknown>).values(), 'value');
    }
    this.#checkFurther(value);
  }

  #checkArray(array: readonly unknown[]): void {
    let present = 0;
    for (const index of presentIndices(array)) {
      this.#trail.enter(index);
      if (ownAccessor(array, index)) this.#trail.refuse(ACCESSOR);
      this.check(array[index]);
      this.#trail.leave();
      present++;
    }
    if (present < array.length) this.#admit('holes');
  }

  #checkMembers(members: Iterable<unknown>, part?: 'key' | 'value'): void {
    let index = 0;
    for (const member of members) {
      this.#trail.enter(part === undefined ? { set: index++ } : { map: part, index: index++ });
      this.check(member);
      this.#trail.leave();
    }
  }
}
