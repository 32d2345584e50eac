import { UnserializableError } from '../common/errors.ts';
import type { Replacement, Rules, Trait } from './rules.ts';
import type { TypeRegistry } from './define-type.ts';

/** What `encode` of a registered type made of an instance. */
export interface Encoded extends Replacement {
  /** The name of the type. */
  readonly name: string;
}

/** What V8 does not write by itself, or not whole. */
const SPECIAL: ReadonlySet<Trait> = new Set<Trait>([
  'null',
  'symbol',
  'symbol key',
  'last index',
  'error',
  'Symbol',
  'URL',
  'URLSearchParams',
]);

/** What V8 stores: everything that the walk admits, and instances of registered types. */
export class V8Rules implements Rules {
  /** Whether something needs more than V8 itself offers. */
  special = false;
  /** The instances of registered types. */
  readonly encoded: Map<object, Encoded> = new Map();
  readonly cycles: 'allowed' | 'not through replacements';
  readonly cure = 'register its class in { types }';
  readonly #types: TypeRegistry;

  constructor(types: TypeRegistry) {
    this.#types = types;
    this.cycles = types.size > 0 ? 'not through replacements' : 'allowed';
  }

  refuse(trait: Trait): undefined {
    if (SPECIAL.has(trait)) this.special = true;
  }

  replace(value: unknown, path: () => string): Replacement | undefined {
    if (typeof value !== 'object' || value === null) return undefined;
    const type = this.#types.of(value);
    if (type === undefined) return undefined;
    this.special = true;
    try {
      const encoded = { name: type.name, value: type.encode(value) };
      this.encoded.set(value, encoded);
      return encoded;
    } catch (cause) {
      const message = `encode() of the type "${type.name}" failed for ${path()}: ${String(cause)}`;
      throw new UnserializableError(message, { path: path(), cause });
    }
  }
}
