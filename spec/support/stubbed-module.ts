import { jest } from '@jest/globals';

type Functions = Record<string, (...args: unknown[]) => unknown>;

/**
 * Has a module of Node ask the object that this gives, for all that is imported later: `jest.spyOn(stubs, 'openSync')`. The modules
 * that are to ask it are imported after this, by `await import()`.
 */
export function stubModule<T extends object>(name: string, real: T): T {
  const stubs = { ...real };
  const asking = Object.entries(real).map(([key, value]) => [
    key,
    typeof value === 'function' && /^[a-z]/.test(key)
      ? (...args: unknown[]) => (stubs as unknown as Functions)[key]?.(...args)
      : (value as unknown),
  ]);
  jest.unstable_mockModule(name, () => Object.fromEntries(asking) as object);
  return stubs;
}
