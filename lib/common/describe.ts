import { types } from 'node:util';

const EXOTICS: readonly (readonly [string, (value: object) => boolean])[] = [
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
  const exotic = EXOTICS.find(([, is]) => is(value));
  if (exotic !== undefined) return exotic[0];
  const name = classNameOf(value);
  if (name === undefined) return 'an object of an unknown class';
  if (name === 'Object') return 'an object that is not a plain one';
  return `an instance of ${name}`;
}

/** The name of the class that an object says it is of, or undefined. Never throws and never runs a getter. */
export function classNameOf(value: object): string | undefined {
  if (types.isProxy(value)) return undefined;
  for (let owner = Object.getPrototypeOf(value) as object | null; owner !== null;) {
    if (types.isProxy(owner)) return undefined;
    const constructor: unknown = Object.getOwnPropertyDescriptor(owner, 'constructor')?.value;
    if (typeof constructor === 'function') return functionName(constructor);
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
