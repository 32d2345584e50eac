import { invalidArgument } from '../common/errors.ts';
import type { AnyFunction } from './source.ts';

/**
 * The second argument of a standard decorator of a method: as much of `ClassMethodDecoratorContext` as no other context has.
 */
export interface MethodContext<T = never> {
  readonly kind: 'method';
  readonly name: string | symbol;
  readonly static: boolean;
  readonly private: boolean;
  readonly access: { has(object: T): boolean };
}

/** The kinds of things that a decorator can stand at, in words. */
const KINDS: Readonly<Record<string, string>> = {
  class: 'the class',
  getter: 'the getter',
  setter: 'the setter',
  field: 'the field',
  accessor: 'the accessor',
};

/**
 * Whether `wrap`, or what `wrap(options)` has made, is called as a decorator of a method: by its second argument. Some
 * compilers give private methods their names too late: a method without one is given it here.
 *
 * @throws TypeError (`ERR_INVALID_ARG_VALUE`) when it decorates anything but a method
 */
export function isDecorating(method: unknown, second: unknown): boolean {
  if (!isContext(second)) return false;
  const { kind, name } = second;
  if (kind === 'method') {
    nameMethod(method, name);
    return true;
  }
  throw noMethod(kind, name);
}

/** Whether it is called as one of the decorators that TypeScript and Babel had before the standard ones: with the key of a member. */
export function isDecoratingMember(second: unknown): second is string | symbol {
  return typeof second === 'string' || typeof second === 'symbol';
}

/**
 * What such a decorator gives for a member.
 *
 * @throws TypeError (`ERR_INVALID_ARG_VALUE`) for a member that is no method
 */
export function decorateMember(
  key: string | symbol,
  descriptor: PropertyDescriptor | undefined,
  toCached: (method: AnyFunction) => AnyFunction,
): PropertyDescriptor {
  if (typeof descriptor?.value === 'function')
    return { ...descriptor, value: toCached(descriptor.value as AnyFunction) };
  throw noMethod(descriptor?.get === undefined ? 'field' : 'getter', key);
}

function noMethod(kind: string, name: unknown): TypeError {
  const what = `${KINDS[kind] ?? `the ${kind}`} ${String(name)}`;
  return invalidArgument(`@cache.wrap decorates methods and static methods, not ${what}: ${cureFor(kind)}`);
}

function nameMethod(method: unknown, name: unknown): void {
  if (typeof method !== 'function' || method.name !== '' || typeof name !== 'string') return;
  Object.defineProperty(method, 'name', { value: name, configurable: true });
}

/** Options have no such method. */
function isContext(value: unknown): value is { readonly kind: string; readonly name: unknown } {
  if (typeof value !== 'object' || value === null) return false;
  const { kind, addInitializer } = value as { kind?: unknown; addInitializer?: unknown };
  return typeof kind === 'string' && typeof addInitializer === 'function';
}

function cureFor(kind: string): string {
  if (kind === 'class') return 'decorate its methods';
  if (kind === 'getter') return 'let it call a method that is decorated';
  return 'make it a method';
}
