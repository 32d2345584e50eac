import { isProxy } from 'node:util/types';
import { UnserializableError } from '../common/errors.ts';
import { describe, formatPath, type PathStep } from '../common/describe.ts';
import { isDisguised, type Kind, kindOf } from '../common/kind.ts';
import { hasOtherKeys } from '../common/own-properties.ts';
import { checkBuiltIn, hasLastIndex, isResizable, ownAccessor, presentIndices, type Reason } from './check-built-in.ts';
import { Cycles } from './cycles.ts';
import { errorClassOf, errorFields, isError } from './shells.ts';
import type { Rules, Trait } from './rules.ts';

/**
 * Values are nested no deeper than this: V8 reads some 1,500 levels before the stack of a thread is used up, and what
 * was stored must be readable from within other calls too.
 */
const MAX_DEPTH = 1000;

const LOST_KEY = 'has a key that would be lost: use an enumerable Symbol.for() one';

/**
 * The walk over a value before it is stored: refuses all that would not come back as it is. It runs no code of the
 * value's, as it refuses getters and proxies before it reads through them.
 */
export class Checker {
  readonly #rules: Rules;
  readonly #cycles: Cycles | undefined;
  readonly #seen = new Set<object>();
  readonly #steps: PathStep[] = [];
  readonly #path = (): string => formatPath('value', this.#steps);

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
    const replacement = this.#rules.replace(value, this.#path);
    if (replacement !== undefined) this.check(replacement.value);
    else if (type === 'function') this.#refuse(`is ${describe(value)}: functions cannot be stored`);
    else if (type === 'symbol') this.#checkSymbol(value as symbol);
    else this.#mind(this.#rules.refusePrimitive?.(value));
  }

  #checkSymbol(value: symbol): void {
    if (Symbol.keyFor(value) === undefined) this.#refuse(`is ${describe(value)}: use Symbol.for()`);
    this.#admit('symbol');
  }

  #checkObject(value: object): void {
    this.#seen.add(value);
    if (this.#steps.length > MAX_DEPTH) this.#refuseDepth();
    this.#cycles?.enter(value);
    if (isProxy(value)) this.#refuse('is a proxy: store the object behind it');
    const replacement = this.#rules.replace(value, this.#path);
    if (replacement === undefined) this.#checkContent(value);
    else this.check(replacement.value);
    if (this.#cycles?.leave() !== true) return;
    if (this.#rules.cycles === 'refused') this.#refuse('contains itself, which cannot be stored');
    if (replacement !== undefined)
      this.#refuse('is part of a cycle through what it is stored as, which cannot be read');
  }

  #checkContent(value: object): void {
    const kind = kindOf(value);
    if (kind === 'Object' || kind === 'null') this.#checkRecord(value, kind);
    else if (isError(value)) this.#checkError(value);
    else if (kind !== undefined) this.#checkBuiltIn(value, kind);
    else this.#refuseInstance(value);
  }

  #refuseInstance(value: object): never {
    this.#refuse(
      `is ${describe(value)}, which cannot be stored whole: store plain data instead, or ${this.#rules.cure}`,
    );
  }

  #checkRecord(value: object, kind: 'Object' | 'null'): void {
    if (isDisguised(value)) this.#refuse('is a built-in object with another prototype, which would be lost');
    this.#admit(kind);
    const keys = Object.keys(value);
    const others = hasOtherKeys(value, keys) ? otherKeys(value) : [];
    for (const key of keys) this.#checkProperty(value, key);
    for (const key of others) {
      this.#at(key, () => this.#checkOtherKey(key, isEnumerable(value, key)));
      this.#checkProperty(value, key);
    }
  }

  #checkOtherKey(key: string | symbol, enumerable: boolean): void {
    if (typeof key === 'string') this.#refuse('is a property that is not enumerable, which would be lost');
    if (!enumerable || Symbol.keyFor(key) === undefined) this.#refuse(LOST_KEY);
    this.#admit('symbol key');
  }

  #checkProperty(value: object, key: string | symbol | number): void {
    this.#steps.push(key);
    if (ownAccessor(value, key)) this.#refuse('is a getter or setter, which cannot be stored: store what it returns');
    this.check((value as Record<PropertyKey, unknown>)[key]);
    this.#steps.pop();
  }

  #checkError(error: object): void {
    this.#admit('error');
    const fields = errorFields(error);
    if (fields === undefined) this.#refuse('is an error with a getter or setter, which cannot be stored');
    if (errorClassOf(error) === undefined) this.#refuseInstance(error);
    for (const { key, value, enumerable } of fields) {
      this.#at(key, () => {
        if (typeof key === 'symbol') this.#checkOtherKey(key, enumerable);
        this.check(value);
      });
    }
  }

  #checkBuiltIn(value: object, kind: Kind): void {
    this.#mind(checkBuiltIn(value, kind));
    this.#admit(kind);
    if (hasLastIndex(value)) this.#admit('last index');
    else if (isResizable(value)) this.#admit('resizable');
    else if (kind === 'Array') this.#checkArray(value as unknown[]);
    else if (kind === 'Map') this.#checkMap(value as Map<unknown, unknown>);
    else if (kind === 'Set') this.#checkSet(value as Set<unknown>);
  }

  #checkArray(array: readonly unknown[]): void {
    let present = 0;
    for (const index of presentIndices(array)) {
      this.#checkProperty(array, index);
      present++;
    }
    if (present < array.length) this.#admit('holes');
  }

  #checkMap(map: ReadonlyMap<unknown, unknown>): void {
    let index = 0;
    for (const [key, value] of map) {
      this.#at({ map: 'key', index }, () => this.check(key));
      this.#at({ map: 'value', index: index++ }, () => this.check(value));
    }
  }

  #checkSet(set: ReadonlySet<unknown>): void {
    let index = 0;
    for (const member of set) this.#at({ set: index++ }, () => this.check(member));
  }

  #at(step: PathStep, run: () => void): void {
    this.#steps.push(step);
    run();
    this.#steps.pop();
  }

  #admit(trait: Trait): void {
    this.#mind(this.#rules.refuse(trait));
  }

  #mind(reason: Reason): void {
    if (reason !== undefined) this.#refuse(reason);
  }

  #refuse(why: string): never {
    const path = this.#path();
    throw new UnserializableError(`Cannot store the value: ${path} ${why}`, { path });
  }

  #refuseDepth(): never {
    const path = formatPath('value', this.#steps.slice(0, 3));
    const message = `Cannot store the value: ${path}... is nested deeper than ${MAX_DEPTH} levels: store it in parts`;
    throw new UnserializableError(message, { path });
  }
}

/** The keys that `Object.keys` leaves out: hidden ones and symbols. */
function otherKeys(value: object): (string | symbol)[] {
  return Reflect.ownKeys(value).filter((key) => typeof key === 'symbol' || !isEnumerable(value, key));
}

function isEnumerable(value: object, key: PropertyKey): boolean {
  return Object.prototype.propertyIsEnumerable.call(value, key);
}
