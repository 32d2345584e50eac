import { DOMAIN, idOfValue, keyPrefix } from '../../keys/digest.ts';
import type { Origin } from './origins.ts';
import type { FunctionFacts, Reader } from './reader.ts';
import type { Variable } from './scopes.ts';
import type { State } from './state.ts';

/** What is counted. */
export interface GraphOptions {
  /** Whether the text of functions counts. */
  readonly code: boolean;
  /** Whether captured values count. */
  readonly values: boolean;
  /** The names that do not count. */
  readonly ignore: ReadonlySet<string>;
}

/**
 * As what something captured was counted: a function with all that it captures; a value by its content; an object that nothing shows
 * the inside of, and what functions change, by what declares it; what Node gives a module; `unseen`: what declares it was not found.
 */
export type CaptureKind = 'function' | 'value' | 'opaque' | 'state' | 'node' | 'unseen' | 'uninitialized';

/** Something that was captured, and as what it was counted. */
export interface Capture {
  /** The name of the variable. */
  readonly name: string;
  /** The name of the function that captures it. */
  readonly of: string;
  readonly kind: CaptureKind;
  /** The captured function, or the one that captures a value. */
  readonly at: object;
  /** Eight hex characters: others where it counts as something else. */
  readonly fingerprint: string;
  /** A number, a boolean or a short string; undefined for all else. */
  readonly value: unknown;
  /** Whether it is a variable of a module. */
  readonly isOfModule: boolean;
}

/** What a captured variable was. */
export type PastValue = Pick<Capture, 'of' | 'name' | 'value'>;

/** The place from which a value is captured. */
export interface Place {
  readonly name: string;
  readonly fn: object;
  readonly facts: FunctionFacts;
}

/** How a captured variable is used. */
export interface Use {
  readonly variable: Variable;
  /** The members that alone are used; undefined: all of it is. */
  readonly members: ReadonlySet<string> | undefined;
}

/** Thrown where V8 gives no answer. */
export class Unreadable extends Error {
  constructor() {
    super('V8 gave no answer');
  }
}

/** One walk through all that functions depend on. What throws `Unreadable` does so where V8 gives no answer. */
export interface Walk {
  readonly reader: Reader;
  readonly options: GraphOptions;
  readonly state: State;
  readonly captures: Capture[];
  /** Objects that nothing shows the inside of, by the names that they were captured under. */
  readonly held: Map<object, string>;
  /** The names of what was not found. */
  readonly unseen: Set<string>;
  /** Under a version what counts of captured values. */
  readonly pairs: Set<string>;
  /** Counts a function, which is read later: as a number. */
  add(fn: object, place: Place | undefined): number;
  /** From where a function was first reached; undefined for one that the walk began with. */
  placeOf(fn: object): Place | undefined;
  /** @throws Unreadable */
  factsOf(fn: object): FunctionFacts;
  /** @throws Unreadable */
  originOf(fn: object): Origin;
  /** Whether a function is of the program, not of a package or of Node. @throws Unreadable */
  isOwn(fn: object): boolean;
  /** The digest of a captured variable, which is listed among the captures. @throws Unreadable */
  capture(place: Place, use: Use): string;
  /** The digest of a value. Functions in it are added. @throws Unreadable */
  digestOfValue(value: unknown, place: Place): string;
  /** What declares a variable: texts, and what counts of all that is named in them. @throws Unreadable */
  declared(place: Place): readonly unknown[];
}

const PREFIX = keyPrefix(DOMAIN.identity, 'captures');

/** The digest of a value of plain data. */
export function digestOf(value: unknown): string {
  return idOfValue(PREFIX, value, { root: 'captures' });
}
