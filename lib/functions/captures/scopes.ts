import { isOfRuntime } from './origins.ts';
import type { Scope } from './reader.ts';

/** A variable that a function can see. */
export interface Variable {
  readonly value: unknown;
  /** Whether it had no value yet. */
  readonly isUninitialized: boolean;
  /** Whether it is one of a module: there is one of it in a process, but for a module that is evaluated again. */
  readonly isOfModule: boolean;
}

const NEVER_CAPTURED = new Set(['this', 'arguments', 'new.target']);

/** The variable that a name means in scopes; undefined where there is none, or it is one of the runtime. No getter runs. */
export function variableOf(scopes: readonly Scope[], name: string): Variable | undefined {
  if (NEVER_CAPTURED.has(name)) return undefined;
  for (const { object, description } of scopes) {
    const property = Object.getOwnPropertyDescriptor(object, name);
    if (property === undefined) continue;
    const isOfModule = isModule(object, description);
    if (description === 'Global') {
      return property.get !== undefined || isOfRuntime(name, property.value)
        ? undefined
        : { value: property.value, isUninitialized: false, isOfModule };
    }
    if (property.get === undefined) return { value: property.value, isUninitialized: false, isOfModule };
    return { ...valueOf(object, name), isOfModule };
  }
  return undefined;
}

/** V8 gives a getter that throws for a variable that has no value yet. */
function valueOf(object: object, name: string): Omit<Variable, 'isOfModule'> {
  try {
    return { value: (object as Record<string, unknown>)[name], isUninitialized: false };
  } catch {
    return { value: undefined, isUninitialized: true };
  }
}

/** A module of CommonJS is a function, of which `exports` and `module` are parameters. */
function isModule(object: object, description: string): boolean {
  if (/^(?:Module|Script)$/.test(description)) return true;
  return description.startsWith('Closure') && Object.hasOwn(object, 'exports') && Object.hasOwn(object, 'module');
}

/** The names of all variables but those of the runtime. */
export function namesIn(scopes: readonly Scope[]): readonly string[] {
  return scopes
    .filter(({ description }) => description !== 'Global')
    .flatMap(({ object }) => Object.getOwnPropertyNames(object));
}
