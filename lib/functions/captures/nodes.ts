/** How functions count. */

import { types } from 'node:util';

import { codeText } from '../../common/texts.ts';
import { formOf, isNative, mentionsThis, type AnyFunction } from '../source.ts';
import { originalOf } from '../originals.ts';
import { membersOf } from './members.ts';
import { mockOf, nameInNode, nameOfFunction } from './origins.ts';
import type { FunctionFacts, Scope } from './reader.ts';
import { namesIn, variableOf, type Variable } from './scopes.ts';
import { factsOf, type TextFacts } from './text-facts.ts';
import { digestOf, type Walk } from './walk.ts';

/** Of a function of a package only scopes with no more variables than this are searched: others are those of its module. */
const MAX_VARIABLES = 100;
const OF_FUNCTIONS = new Set(['length', 'name', 'prototype', 'arguments', 'caller']);

/** The digest of all that a function says of itself; functions that it captures are added to the walk. @throws Unreadable */
export function digestOfNode(walk: Walk, fn: AnyFunction): string {
  const mock = mockOf(fn);
  if (mock !== undefined) return digestOf(['mock', mock]);
  const facts = walk.factsOf(fn);
  if (facts.bound !== undefined) {
    const place = walk.placeOf(fn) ?? { name: 'bound', fn, facts };
    return digestOf(['bound', ...facts.bound.map((part) => walk.digestOfValue(part, place))]);
  }
  const text = codeText(fn);
  if (isNative(text)) return digestOfNative(walk, fn);
  return digestOfOwn(walk, fn, { facts, text }) ?? digestOfForeign(walk, fn);
}

/** What resolves a promise is native and has no name. */
function digestOfNative(walk: Walk, fn: AnyFunction): string {
  const name = nameOfFunction(fn);
  if (name === '') walk.held.set(fn, walk.placeOf(fn)?.name ?? '');
  return digestOf(['native', name]);
}

interface Read {
  readonly facts: FunctionFacts;
  readonly text: string;
}

/** Undefined for a function that is not of the program. */
function digestOfOwn(walk: Walk, fn: AnyFunction, { facts, text }: Read): string | undefined {
  const textFacts = factsOf(text);
  const variables = variablesOf(walk, textFacts, facts);
  // To find out takes long, and only a function that reaches others has to.
  const reaches = variables.some(([, { value }]) => Object(value) === value);
  if ((reaches || walk.placeOf(fn) !== undefined) && !walk.isOwn(fn)) return undefined;
  walk.state.add(facts, textFacts);
  // An arrow function has captured its `this`, which V8 does not show.
  if (formOf(text) === 'arrow' && mentionsThis(text)) walk.held.set(fn, 'this');
  const captures = variables.map(([name, variable]) => {
    const members = textFacts.all ? undefined : textFacts.names.get(name);
    return [name, walk.capture({ name, fn, facts }, { variable, members })];
  });
  const parts = walk.digestOfValue(partsOf(walk, fn, { facts, text }), { name: nameOfFunction(fn), fn, facts });
  return digestOf([walk.options.code ? textFacts.text : '', captures, parts]);
}

function variablesOf(
  { options }: Walk,
  { names, all }: TextFacts,
  { scopes }: FunctionFacts,
): readonly (readonly [string, Variable])[] {
  const candidates = new Set(all ? [...names.keys(), ...namesIn(scopes)] : names.keys());
  return [...candidates].flatMap((name): (readonly [string, Variable])[] => {
    const variable = options.ignore.has(name) ? undefined : variableOf(scopes, name);
    return variable === undefined ? [] : [[name, variable]];
  });
}

/** What belongs to a function beside its text: its class above, its own properties, and methods that were added to it. */
function partsOf(walk: Walk, fn: AnyFunction, { facts, text }: Read): readonly unknown[] {
  const place = { name: nameOfFunction(fn), fn, facts };
  const parent = Object.getPrototypeOf(fn) as object | null;
  const isClass = typeof parent === 'function' && !isNative(codeText(parent));
  const parts = [isClass ? walk.add(parent, place) : 0, membersOf(walk, fn, { place, skip: isOfFunctions })];
  const prototype: unknown = Object.getOwnPropertyDescriptor(fn, 'prototype')?.value;
  const hasMethods = typeof prototype === 'object' && prototype !== null && !types.isProxy(prototype);
  if (!hasMethods || types.isGeneratorFunction(fn)) return parts;
  const isInText = (name: string): boolean => name === 'constructor' || isMethodIn(text, prototype, name);
  return [...parts, membersOf(walk, prototype, { place, skip: isInText })];
}

function isOfFunctions(name: string): boolean {
  return OF_FUNCTIONS.has(name);
}

/** A decorator may have put a cached one into its place. */
function isMethodIn(text: string, prototype: object, name: string): boolean {
  const method: unknown = Object.getOwnPropertyDescriptor(prototype, name)?.value;
  if (typeof method !== 'function' || originalOf(method as AnyFunction) !== undefined) return false;
  return text.includes(codeText(method));
}

/** Values in the scopes of functions that packages have made, as they were when they were first read: later they may be state. */
const firstValues = new WeakMap<object, readonly (readonly [string, unknown])[]>();

/**
 * A function of a package or of Node counts by that. One that was made there counts by the functions of the program that it holds, too,
 * and by what declares it; the function itself that the walk began with, which nothing declares, by the values that it holds.
 */
function digestOfForeign(walk: Walk, fn: AnyFunction): string {
  const inNode = nameInNode(fn);
  if (inNode !== undefined) return digestOf(['node', inNode]);
  const inner = walk.factsOf(fn).scopes.filter(isInner);
  const label = [walk.originOf(fn).label, nameOfFunction(fn)];
  if (inner.length === 0) return digestOf(['package', ...label]);
  const place = walk.placeOf(fn);
  const now = inner.flatMap(({ object }) => Object.entries(Object.getOwnPropertyDescriptors(object)));
  const values = firstValues.get(fn) ?? now.map(([name, { value }]) => [name, value as unknown] as const);
  firstValues.set(fn, values);
  const functions = values.flatMap(([, value]) => (isOwnFunction(walk, value) ? [value] : []));
  const numbers = functions.map((one) => walk.add(originalOf(one) ?? one, place));
  walk.held.set(fn, place?.name ?? nameOfFunction(fn));
  const declared = place === undefined ? valuesOf(walk, fn, values) : walk.declared(place);
  return digestOf(['made by', ...label, numbers, declared]);
}

function isOwnFunction(walk: Walk, value: unknown): value is AnyFunction {
  if (typeof value !== 'function') return false;
  if (originalOf(value as AnyFunction) !== undefined) return true;
  return !isNative(codeText(value)) && walk.isOwn(value);
}

/** Of plain data alone. */
function valuesOf(walk: Walk, fn: AnyFunction, values: readonly (readonly [string, unknown])[]): readonly unknown[] {
  const data = values.filter(
    ([, value]) => typeof value !== 'function' && typeof value !== 'symbol' && !types.isProxy(value),
  );
  return data.map(([name, value]) => [name, walk.digestOfValue(value, { name, fn, facts: walk.factsOf(fn) })]);
}

function isInner({ description, object }: Scope): boolean {
  if (!/^(?:Closure|Block|Catch|With)/.test(description)) return false;
  const names = Object.getOwnPropertyNames(object);
  return names.length <= MAX_VARIABLES && !names.includes('exports') && !names.includes('module');
}
