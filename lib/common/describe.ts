import { types } from 'node:util';

import { codeText } from './texts.ts';

/** A check that the runtime lacks says nothing. */
const EXOTICS: readonly (readonly [string, ((value: object) => boolean) | undefined])[] = [
  ['a proxy', types.isProxy],
  ['a promise', types.isPromise],
  ['an arguments object', types.isArgumentsObject],
  ['a module', types.isModuleNamespaceObject],
  ['a generator', types.isGeneratorObject],
];

/** What a value is, in words for an error message: `a function load`, `an instance of Session`. Never throws. */
export function describe(value: unknown): string {
  if (typeof value === 'function') return describeFunction(value);
  if (typeof value === 'symbol') return `the unregistered symbol ${String(value)}`;
  if (typeof value !== 'object' || value === null) return `a ${typeof value}`;
  const exotic = EXOTICS.find(([, is]) => is?.(value));
  if (exotic !== undefined) return exotic[0];
  const name = classNameOf(value);
  if (name === undefined) return 'an object of an unknown class';
  if (name === 'Object') return 'an object that is not a plain one';
  return `an instance of ${name}`;
}

/** The name of the class that an object says it is of, or undefined. Never throws and never runs a getter. */
export function classNameOf(value: object): string | undefined {
  const constructor = constructorOf(value);
  return constructor === undefined ? undefined : functionName(constructor);
}

/** Whether an object is of a class that a program has, and can change: none of the language or of the runtime. */
export function isOfProgram(value: object): boolean {
  const constructor = EXOTICS.some(([, is]) => is?.(value)) ? undefined : constructorOf(value);
  if (constructor === undefined || codeText(constructor).endsWith('{ [native code] }')) return false;
  return (globalThis as Record<string, unknown>)[functionName(constructor) ?? ''] !== constructor;
}

/** The class that an object says it is of, or undefined. Never throws and never runs a getter. */
export function constructorOf(value: object): object | undefined {
  if (types.isProxy(value)) return undefined;
  for (let owner = Object.getPrototypeOf(value) as object | null; owner !== null;) {
    if (types.isProxy(owner)) return undefined;
    const constructor: unknown = Object.getOwnPropertyDescriptor(owner, 'constructor')?.value;
    if (typeof constructor === 'function') return constructor;
    owner = Object.getPrototypeOf(owner) as object | null;
  }
  return undefined;
}

function describeFunction(value: object): string {
  const name = functionName(value);
  return name === undefined ? 'a function' : `the function ${name}`;
}

/** The name of a function or class as it was given, or undefined for none. Never throws and never runs a getter. */
export function functionName(fn: object): string | undefined {
  if (types.isProxy(fn)) return undefined;
  const name: unknown = Object.getOwnPropertyDescriptor(fn, 'name')?.value;
  return typeof name === 'string' && name !== '' ? name : undefined;
}

/** One step into a value: a property, an index, or a member of a `Map` or a `Set` by its place. */
export type PathStep =
  string | number | symbol | { readonly map: 'key' | 'value'; readonly index: number } | { readonly set: number };

/** `formatPath('args', [0, 'user', 'first name'])` is `args[0].user["first name"]`. */
export function formatPath(root: string, steps: readonly PathStep[]): string {
  return root + steps.map(formatStep).join('');
}

function formatStep(step: PathStep): string {
  if (typeof step === 'number') return `[${step}]`;
  if (typeof step === 'symbol') return `[${String(step)}]`;
  if (typeof step === 'string') return /^[A-Za-z_$][\w$]*$/.test(step) ? `.${step}` : `[${JSON.stringify(step)}]`;
  return 'set' in step ? `.<set member ${step.set}>` : `.<map ${step.map} ${step.index}>`;
}

const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
] as const;

/** A number of ms in words, to two units: `'2 days 3 hours'`, `'1 minute'`, `'250 ms'`, `'for ever'` for `Infinity`. */
export function durationInWords(ms: number): string {
  if (ms === Infinity) return 'for ever';
  const at = UNITS.findIndex(([, length]) => ms >= length);
  if (at === -1) return `${ms} ms`;
  const [name, length] = UNITS[at] as (typeof UNITS)[number];
  const [finerName, finer] = UNITS[at + 1] ?? ['ms', 1];
  const rest = Math.floor((ms % length) / finer);
  const first = counted(Math.floor(ms / length), name);
  return rest === 0 ? first : `${first} ${finer === 1 ? `${rest} ms` : counted(rest, finerName)}`;
}

/** As {@link durationInWords}, to the second where it is longer than that: for what has passed and what is left. */
export function timeInWords(ms: number): string {
  return durationInWords(ms < 1000 || ms === Infinity ? Math.floor(ms) : ms - (ms % 1000));
}

function counted(count: number, name: string): string {
  return `${count} ${name}${count === 1 ? '' : 's'}`;
}

/** Anything can be thrown, and not all of it can be made a text. */
export function textOf(thrown: unknown): string {
  try {
    return String(thrown);
  } catch {
    return describe(thrown);
  }
}
