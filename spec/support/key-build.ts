import { Buffer } from 'node:buffer';
import type { BytesKind, ErrorRecipe, Recipe } from './key-recipes.ts';
import type { Random } from './key-random.ts';

/** How a value is built from its recipe; the values of two styles are deeply equal. */
export interface Style {
  /** Decides all that makes no difference: orders, ways to hold a value. None: the plainest way. */
  readonly random?: Random;
  /** For the oracle: Node 20 calls all `URLSearchParams` equal, so a URL of the same content stands for them. */
  readonly forOracle?: boolean;
}

/** Builds the value of a recipe. Constructors, no literals: literals of a spec are of Jest's own realm. */
export function build(recipe: Recipe, style: Style = {}): unknown {
  return new Builder(style).build(recipe);
}

/** Whether a recipe has a way back to itself. */
export function hasCycle(recipe: Recipe): boolean {
  return recipe.kind === 'cycle' || children(recipe).some(hasCycle);
}

/** The recipes inside a recipe. */
export function children(recipe: Recipe): Recipe[] {
  if (recipe.kind === 'object') return recipe.entries.map(([, value]) => value);
  if (recipe.kind === 'array') return recipe.elements.filter((element) => element !== undefined);
  if (recipe.kind === 'map') return recipe.entries.flat();
  if (recipe.kind === 'set') return [...recipe.members];
  if (recipe.kind !== 'error') return [];
  const cause = recipe.cause === undefined ? [] : [recipe.cause];
  return [...cause, ...recipe.errors, ...recipe.fields.map(([, value]) => value)];
}

class Builder {
  readonly #style: Style;
  readonly #random: Random | undefined;
  readonly #stack: object[] = [];
  readonly #shared = new Map<Recipe, unknown>();

  constructor(style: Style) {
    this.#style = style;
    this.#random = style.random;
  }

  build(recipe: Recipe): unknown {
    if (this.#shared.has(recipe) && this.#coin()) return this.#shared.get(recipe);
    const value = this.#make(recipe);
    if (!hasCycle(recipe)) this.#shared.set(recipe, value);
    return value;
  }

  /** Always a new one: a set counts an object that stands in it twice once, and two equal ones twice. */
  #make(recipe: Recipe): unknown {
    switch (recipe.kind) {
      case 'scalar':
        return typeof recipe.value === 'string' ? this.#string(recipe.value) : recipe.value;
      case 'boxed':
        return Object(recipe.value);
      case 'date':
        return new Date(recipe.time);
      case 'regexp':
        return Object.assign(new RegExp(recipe.source, recipe.flags), { lastIndex: recipe.lastIndex });
      case 'url':
        return new URL(recipe.path, 'https://example.org');
      case 'searchParams':
        return this.#searchParams(recipe.pairs);
      case 'bytes':
        return this.#bytes(recipe.as, recipe.bytes);
      default:
        return this.#container(recipe);
    }
  }

  #container(recipe: Extract<Recipe, { kind: 'object' | 'array' | 'map' | 'set' | 'error' | 'cycle' }>): unknown {
    if (recipe.kind === 'cycle') return this.#stack.at(-recipe.up) ?? 'no cycle';
    if (recipe.kind === 'object') return this.#object(recipe.bare, recipe.entries);
    if (recipe.kind === 'array') return this.#array(recipe.elements);
    if (recipe.kind === 'error') return this.#error(recipe);
    if (recipe.kind === 'set') {
      const set = new Set();
      return this.#inside(set, () => this.#order(recipe.members).forEach((member) => set.add(this.#make(member))));
    }
    const map = new Map();
    return this.#inside(map, () => {
      // Which entry of two with the same key wins must not hang on the order.
      const entries = recipe.entries.map(([key, value]) => [this.#make(key), this.build(value)] as const);
      this.#order([...new Map(entries)]).forEach(([key, value]) => map.set(key, value));
    });
  }

  #object(bare: boolean, entries: readonly (readonly [string | symbol, Recipe])[]): object {
    const object = bare ? (Object.create(null) as object) : (Object.create(Object.prototype) as object);
    return this.#inside(object, () => {
      // A property that comes and goes makes V8 hold the object as a dictionary.
      if (this.#coin()) Reflect.deleteProperty(Object.assign(object, { gone: 1, gone2: 1 }), 'gone');
      Reflect.deleteProperty(object, 'gone2');
      for (const [key, value] of this.#order(entries)) define(object, key, this.build(value));
    });
  }

  #array(elements: readonly (Recipe | undefined)[]): object {
    const array = Array.of<unknown>();
    array.length = elements.length;
    // Once a double, the array holds doubles; filled backwards, it has holes for V8.
    if (this.#coin() && elements.length > 0) Reflect.deleteProperty(Object.assign(array, [0.5]), 0);
    return this.#inside(array, () => {
      const indices = this.#order([...elements.keys()]);
      for (const index of indices) {
        const element = elements[index];
        if (element !== undefined) array[index] = this.build(element);
      }
    });
  }

  #error(recipe: ErrorRecipe): object {
    const error =
      recipe.type === 'AggregateError'
        ? new AggregateError([], recipe.message)
        : new { Error, TypeError, RangeError }[recipe.type](recipe.message);
    return this.#inside(error, () => {
      if (recipe.type === 'AggregateError') {
        hide(error, 'errors', Array.of(...recipe.errors.map((inner) => this.build(inner))));
      }
      if (recipe.cause !== undefined) hide(error, 'cause', this.build(recipe.cause));
      for (const [key, value] of this.#order(recipe.fields)) define(error, key, this.build(value));
    });
  }

  #inside<T extends object>(value: T, fill: () => void): T {
    this.#stack.push(value);
    fill();
    this.#stack.pop();
    return value;
  }

  #bytes(as: BytesKind, bytes: readonly number[]): unknown {
    // A view of something larger, which starts anywhere that its alignment allows.
    const offset = this.#coin() ? 8 : 0;
    const memory = this.#memory(bytes.length + 2 * offset);
    new Uint8Array(memory, offset).set(bytes);
    if (as === 'ArrayBuffer') return Uint8Array.from(bytes).buffer;
    if (as === 'Buffer') return Buffer.from(memory, offset, bytes.length);
    if (as === 'DataView') return new DataView(memory, offset, bytes.length);
    const View = globalThis[as];
    return new View(memory, offset, bytes.length / View.BYTES_PER_ELEMENT);
  }

  #memory(length: number): ArrayBuffer {
    if (this.#coin()) return new SharedArrayBuffer(length) as unknown as ArrayBuffer;
    const growing = ArrayBuffer as unknown as new (length: number, options: { maxByteLength: number }) => ArrayBuffer;
    return this.#coin() ? new growing(length, { maxByteLength: length + 8 }) : new ArrayBuffer(length);
  }

  #searchParams(pairs: readonly (readonly [string, string])[]): object {
    const params = new URLSearchParams(pairs.map(([key, value]): [string, string] => [key, value]));
    return this.#style.forOracle === true ? new URL(`search-params:${params.toString()}`) : params;
  }

  /** The same text, in one byte a character or two, or as a slice of something longer. */
  #string(text: string): string {
    return this.#coin() ? `€${'·'.repeat(20)}${text}`.slice(21) : text;
  }

  #order<T>(items: readonly T[]): readonly T[] {
    return this.#random === undefined ? items : this.#random.shuffled(items);
  }

  #coin(): boolean {
    return this.#random?.coin() ?? false;
  }
}

function define(object: object, key: string | symbol, value: unknown): void {
  Object.defineProperty(object, key, { value, enumerable: true, writable: true, configurable: true });
}

function hide(object: object, key: string, value: unknown): void {
  Object.defineProperty(object, key, { value, enumerable: false, writable: true, configurable: true });
}
