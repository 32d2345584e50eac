import { isBoxedPrimitive } from 'node:util/types';
import { UnserializableError } from '../common/errors.ts';
import type { Replacement, Rules, Trait } from '../v8-serializer-utils/rules.ts';

/** By name, functions that return what to store in place of a value, or something falsy. */
export type Reducers = Readonly<Record<string, (value: unknown) => unknown>>;

interface Reduced extends Replacement {
  readonly name: string;
}

const REFUSED: ReadonlyMap<Trait, string> = new Map<Trait, string>([
  ['error', 'is an error'],
  ['Buffer', 'is a Buffer'],
  ['symbol', 'is a symbol'],
  ['Symbol', 'is a boxed symbol'],
  ['symbol key', 'has a symbol as a key'],
  ['last index', 'has a lastIndex'],
  ['resizable', 'is resizable'],
]);

/** What `devalue` keeps as it is, and what reducers take. */
export class DevalueRules implements Rules {
  readonly cycles = 'not through replacements';
  readonly cure = 'give a reducer and a reviver for it';
  readonly #reducers: readonly (readonly [string, (value: unknown) => unknown])[];
  readonly #reduced = new Map<unknown, Reduced | undefined>();

  constructor(reducers: Reducers) {
    this.#reducers = Object.entries(reducers);
  }

  refuse(trait: Trait): string | undefined {
    const what = REFUSED.get(trait);
    return what === undefined ? undefined : `${what}, which devalue cannot keep: ${this.cure}`;
  }

  /** Here for the walk to ask the reducers about primitives too. */
  refusePrimitive(): undefined {}

  replace(value: unknown, path: () => string): Replacement | undefined {
    if (this.#reducers.length === 0 || isWrittenFirst(value)) return undefined;
    if (!this.#reduced.has(value)) this.#reduced.set(value, this.#reduce(value, path));
    return this.#reduced.get(value);
  }

  /** What the reducer of a name returned for a value, if it was the one that took it. */
  reducedBy(name: string, value: unknown): unknown {
    const reduced = this.#reduced.get(value);
    return reduced?.name === name ? reduced.value : undefined;
  }

  #reduce(value: unknown, path: () => string): Reduced | undefined {
    for (const [name, reducer] of this.#reducers) {
      const reduced = this.#call(name, () => reducer(value), path);
      if (reduced) return { name, value: reduced };
    }
    if (isBoxedPrimitive(value) && this.#reduce(value.valueOf(), path) !== undefined) {
      const message = `Cannot store the value: ${path()} boxes a primitive that a reducer takes, which cannot be read again`;
      throw new UnserializableError(message, { path: path() });
    }
    return undefined;
  }

  #call(name: string, reduce: () => unknown, path: () => string): unknown {
    try {
      return reduce();
    } catch (cause) {
      const message = `The reducer "${name}" failed for ${path()}: ${String(cause)}`;
      throw new UnserializableError(message, { path: path(), cause });
    }
  }
}

/** `devalue` writes these by itself, before it asks any reducer. */
function isWrittenFirst(value: unknown): boolean {
  return value === undefined || (typeof value === 'number' && (!Number.isFinite(value) || Object.is(value, -0)));
}
