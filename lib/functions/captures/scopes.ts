import { isOfRuntime } from './origins.ts';
import type { Scope } from './reader.ts';

/** A variable that a function can see. */
export interface Variable {
  readonly value: unknown;
  /** Whether it had no value yet. */
  readonly isUninitialized: boolean;
}

const NEVER_CAPTURED = new Set(['this', 'arguments', 'new.target']);

/** The variable that a name means in scopes; undefined where there is none, or it is one of the runtime. No getter runs. */
export function variableOf(scopes: readonly Scope[], name: string): Variable | undefined {
  if (NEVER_CAPTURED.has(name)) return undefined;
  for (const { object, description } of scopes) {
    const property = Object.getOwnPropertyDescriptor(object, name);
    if (property === undefined) continue;
    if (description === 'Global') {
      return property.get !== undefined || isOfRuntime(name, property.value)
        ? undefined
        : { value: property.value, isUninitialized: false };
    }
    if (property.get === undefined) return { value: property.value, isUninitialized: false };
    return valueOf(object, name);
  }
  return undefined;
}

/** V8 gives a getter that throws for a variable that has no value yet. */
function valueOf(object: object, name: string): Variable {
  try {
    return { value: (object as Record<string, unknown>)[name], isUninitialized: false };
  } catch {
    return { value: undefined, isUninitialized: true };
  }
}

/** The names of all variables but those of the runtime. */
export function namesIn(scopes: readonly Scope[]): readonly string[] {
  return scopes
    .filter(({ description }) => description !== 'Global')
    .flatMap(({ object }) => Object.getOwnPropertyNames(object));
}
