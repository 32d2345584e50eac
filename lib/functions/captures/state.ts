import { types } from 'node:util';

import type { FunctionFacts } from './reader.ts';
import { variableOf } from './scopes.ts';
import type { Change } from './changes.ts';
import { factsOf, type TextFacts } from './text-facts.ts';
import { codeText } from '../../common/texts.ts';
import { isNative } from '../source.ts';

/**
 * What the functions of a graph change: counters, tables of memos, queues. It counts by what declares it, not by what it holds.
 * The texts alone decide what it is, so that every process decides alike.
 */
export class State {
  readonly #factsOf: (fn: object) => FunctionFacts;
  readonly #bindings = new Set<string>();
  readonly #objects = new Map<object, Set<string> | undefined>();
  /** It grows from pass to pass. */
  size = 0;

  constructor(readFacts: (fn: object) => FunctionFacts) {
    this.#factsOf = readFacts;
  }

  /** Whether a variable is assigned. */
  hasVariable({ script }: FunctionFacts, name: string): boolean {
    return this.#bindings.has(`${script} ${name}`);
  }

  /** The members of an object that are changed; `'all'` where it is all of it. */
  of(object: object): ReadonlySet<string> | 'all' | undefined {
    if (isSharedMemory(object)) return 'all';
    if (!this.#objects.has(object)) return undefined;
    return this.#objects.get(object) ?? 'all';
  }

  /** What a function changes. */
  add(facts: FunctionFacts, { assigned, changed }: TextFacts): void {
    for (const name of assigned) {
      const key = `${facts.script} ${name}`;
      if (this.#bindings.has(key) || variableOf(facts.scopes, name) === undefined) continue;
      this.#bindings.add(key);
      this.size += 1;
    }
    for (const { path, member } of changed) {
      const [name = '', ...members] = path;
      const container = name === 'this' ? undefined : this.#follow(variableOf(facts.scopes, name)?.value, members);
      if (container !== undefined) this.#addObject(container, member);
    }
  }

  #addObject(object: object, member: string | undefined): void {
    const before = this.#objects.get(object);
    if (this.#objects.has(object) && (before === undefined || (member !== undefined && before.has(member)))) return;
    this.#objects.set(object, member === undefined ? undefined : (before ?? new Set()).add(member));
    this.size += 1;
  }

  #follow(start: unknown, members: readonly string[]): object | undefined {
    let value = start;
    for (const member of members) value = isReadable(value) ? this.#read(value, member) : undefined;
    return isReadable(value) ? value : undefined;
  }

  #read(object: object, member: string): unknown {
    const property = Object.getOwnPropertyDescriptor(object, member);
    return property?.get === undefined ? property?.value : this.#peek(property.get);
  }

  /** What a getter gives that compilers make for an export, without calling it. */
  #peek(getter: object): unknown {
    const { names } = factsOf(codeText(getter));
    const entries = [...names].filter(([name]) => name !== 'return' && name !== 'function' && name !== 'get');
    const variables = entries.map(([name, members]) => ({
      members: members === undefined ? [] : [...members],
      found: variableOf(this.#factsOf(getter).scopes, name),
    }));
    const [only, ...others] = variables.filter(({ found }) => found !== undefined);
    if (only === undefined || others.length > 0 || only.members.length > 1) return undefined;
    return only.members.length === 0 ? only.found?.value : this.#follow(only.found?.value, only.members);
  }
}

/** Memory that other threads change, too. */
function isSharedMemory(object: object): boolean {
  return ArrayBuffer.isView(object) ? types.isSharedArrayBuffer(object.buffer) : types.isSharedArrayBuffer(object);
}

function isReadable(value: unknown): value is object {
  return ((typeof value === 'object' && value !== null) || typeof value === 'function') && !types.isProxy(value);
}

/** The members of `this` that functions change; `'all'` where they change one that is not named. */
export function changedOfThis(functions: readonly object[]): ReadonlySet<string> | 'all' {
  const members = new Set<string>();
  for (const fn of functions) {
    if (types.isProxy(fn)) continue;
    const text = codeText(fn);
    if (isNative(text)) continue;
    for (const change of factsOf(text).changed) {
      const member = memberOf(change);
      if (member === 'all') return 'all';
      if (member !== undefined) members.add(member);
    }
  }
  return members;
}

function memberOf({ path: [name, first], member }: Change): string | undefined {
  return name === 'this' ? (first ?? member ?? 'all') : undefined;
}
