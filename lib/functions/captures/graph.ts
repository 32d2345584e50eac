/** What a function depends on: all functions that can be reached from it, and the values that they capture. */

import type { AnyFunction } from '../source.ts';
import { captureOf } from './capture.ts';
import { Declarations } from './declared.ts';
import { digestOfNode } from './nodes.ts';
import { nameInNode, originOf, type Origin } from './origins.ts';
import type { FunctionFacts, Reader } from './reader.ts';
import { digestOfFile } from './sources.ts';
import { State } from './state.ts';
import { whereIn, type Where } from './where.ts';
import { digestOfValue } from './values.ts';
import { digestOf, Unreadable, type Capture, type GraphOptions, type Place, type Use, type Walk } from './walk.ts';

/** All that a function depends on, at one moment. */
export interface Graph extends Where {
  readonly digest: string;
  readonly captures: readonly Capture[];
  /** Objects that count by what was said of them: another function with others may be another one. */
  readonly held: readonly Held[];
  /** All functions that were read. */
  readonly functions: readonly object[];
  /** Where the function itself stands. */
  readonly script: string;
  readonly line: number;
  /** Whether it stands in no other function. */
  readonly isOfModule: boolean;
  /** Whether it has more functions than are followed. */
  readonly isTooLarge: boolean;
}

/** An object that nothing shows the inside of. */
export interface Held {
  readonly name: string;
  readonly object: object;
}

/** More functions than this are not followed. A time would be another bound in every process. */
const MAX_FUNCTIONS = 300;
const MAX_PASSES = 8;

/** How a graph is read; `before`: the one that was read before, whose functions most likely are those of this one. */
export interface ReadOptions extends GraphOptions {
  readonly before?: Graph | undefined;
  /** Is told why nothing could be read. Default: nothing is told. */
  readonly onFailure?: (error: unknown) => void;
}

/** Reads all that functions depend on; undefined where V8 does not say it. The first function is the one that it is about. */
export function readGraph(
  reader: Reader,
  roots: readonly object[],
  { before, onFailure, ...options }: ReadOptions,
): Graph | undefined {
  try {
    return new GraphWalk(reader, options).read(roots, before);
  } catch (error) {
    // The stack may have no room for it, for one; a call never fails for what it captures.
    onFailure?.(error);
    return undefined;
  }
}

/** Several passes, until it is known what is state. */
class GraphWalk implements Walk {
  readonly reader: Reader;
  readonly options: GraphOptions;
  readonly state: State;
  readonly captures: Capture[] = [];
  readonly held = new Map<object, string>();
  readonly unseen = new Set<string>();
  readonly pairs = new Set<string>();
  readonly #declarations = new Declarations();
  readonly #facts = new Map<object, FunctionFacts>();
  readonly #numbers = new Map<object, number>();
  readonly #places = new Map<object, Place>();
  #queue: object[] = [];
  #digests: readonly string[] = [];

  constructor(reader: Reader, options: GraphOptions) {
    this.reader = reader;
    this.options = options;
    this.state = new State((fn) => this.factsOf(fn));
  }

  /** @throws Unreadable */
  read(roots: readonly object[], before: Graph | undefined): Graph {
    // In one batch, for most of them are the same as ever.
    this.#read([...new Set([...roots, ...(before?.functions ?? [])])]);
    let [digest, size] = ['', -1];
    for (let pass = 0; this.state.size > size && pass < MAX_PASSES; pass++) {
      size = this.state.size;
      digest = this.#pass(roots);
    }
    return {
      digest,
      captures: this.captures.map((capture) => ({ ...capture, fingerprint: this.#fingerprintOf(capture) })),
      held: Array.from(this.held, ([object, name]) => ({ object, name })),
      functions: [...this.#numbers.keys()].filter((fn) => this.#facts.has(fn)),
      ...this.#placeOfRoot(roots[0] ?? {}),
      ...whereIn(this.reader, this.#facts),
      isTooLarge: this.#queue.length > MAX_FUNCTIONS,
    };
  }

  add(fn: object, place: Place | undefined): number {
    let number = this.#numbers.get(fn);
    if (number === undefined) {
      number = this.#queue.push(fn);
      this.#numbers.set(fn, number);
      if (place !== undefined) this.#places.set(fn, place);
    }
    return this.options.code ? number : 0;
  }

  placeOf(fn: object): Place | undefined {
    return this.#places.get(fn);
  }

  factsOf(fn: object): FunctionFacts {
    this.#read([fn]);
    return this.#facts.get(fn) as FunctionFacts;
  }

  originOf(fn: object): Origin {
    return originOf(this.reader, fn, this.factsOf(fn));
  }

  isOwn(fn: object): boolean {
    const { script } = this.factsOf(fn);
    const from = this.#places.get(fn);
    // A helper of the same script needs no look.
    if (from !== undefined && from.fn !== fn && script !== '' && script === from.facts.script)
      return this.isOwn(from.fn);
    return nameInNode(fn) === undefined && this.originOf(fn).kind === 'program';
  }

  capture(place: Place, use: Use): string {
    return captureOf(this, place, use);
  }

  digestOfValue(value: unknown, place: Place): string {
    return digestOfValue(this, value, place);
  }

  declared(place: Place): readonly unknown[] {
    return this.options.code ? this.#declarations.of(this, place) : [];
  }

  #pass(roots: readonly object[]): string {
    this.#queue = [];
    this.captures.length = 0;
    for (const all of [this.#numbers, this.#places, this.held, this.#declarations, this.unseen, this.pairs])
      all.clear();
    for (const root of roots) this.add(root, undefined);
    const digests: string[] = [];
    this.#digests = digests;
    while (digests.length < this.#queue.length && this.#queue.length <= MAX_FUNCTIONS) {
      const batch = this.#queue.slice(digests.length);
      this.#read(batch);
      for (const fn of batch) digests.push(digestOfNode(this, fn as AnyFunction));
    }
    if (!this.options.code) return digestOf([...this.pairs].toSorted());
    return digestOf(this.#queue.length > MAX_FUNCTIONS ? [digests[0], this.#files()] : digests);
  }

  /** Of a graph that is too large the content of all files that were met counts. */
  #files(): readonly unknown[] {
    const files = this.#queue.slice(0, MAX_FUNCTIONS).map((fn) => {
      const { file, label } = this.originOf(fn);
      return label === '' && file !== undefined ? digestOfFile(file) : label;
    });
    return [...new Set(files.map(String))].toSorted();
  }

  #fingerprintOf({ kind, at, fingerprint }: Capture): string {
    const number = kind === 'function' ? this.#numbers.get(at) : undefined;
    return number === undefined ? fingerprint : (this.#digests[number - 1] ?? '').slice(0, 8);
  }

  #placeOfRoot(root: object): Pick<Graph, 'script' | 'line' | 'isOfModule'> {
    const { script, line, scopes } = this.factsOf(root);
    const isOfModule = scopes.every(({ description }) => /^(?:Module|Script|Global|Closure)$/.test(description));
    return { script, line, isOfModule };
  }

  #read(functions: readonly object[]): void {
    const unread = functions.filter((fn) => !this.#facts.has(fn));
    if (unread.length === 0) return;
    const facts = this.reader.read(unread);
    if (facts === undefined) throw new Unreadable();
    unread.forEach((fn, index) => this.#facts.set(fn, facts[index] as FunctionFacts));
  }
}
