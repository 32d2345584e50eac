import { invalidArgument } from '../common/errors.ts';
import { show } from './parse.ts';

/** Reads what was given. `what` begins the message of its TypeError: `The option maxAge of wrap()`. */
export type Parser<T> = (value: unknown, what: string) => T;

/** One option: how it is read, and what holds where it is not given. */
export interface Row<T> {
  readonly parse: Parser<T>;
  readonly default: T;
}

/** The options of one owner, by name, in the order in which messages list them. */
export type Rows<V extends object> = { readonly [N in keyof V]-?: Row<V[N]> };

/**
 * Those options that were given, read. What is undefined was not given.
 *
 * @throws TypeError (`ERR_INVALID_ARG_VALUE`) for an option that is unknown or wrong, and for what is no object.
 */
export function readGiven<V extends object>(given: unknown, rows: Rows<V>, owner: string): Partial<V> {
  const names = Object.keys(rows) as (keyof V & string)[];
  checkOptions(given, names, owner);
  const values: { readonly [N in keyof V]?: unknown } = given ?? {};
  const read: Partial<V> = {};
  for (const name of names) {
    const value = values[name];
    if (value !== undefined) read[name] = rows[name].parse(value, `The option ${name} of ${owner}`);
  }
  return read;
}

/** What holds where nothing is given. */
export function defaultsOf<V extends object>(rows: Rows<V>): V {
  const entries = Object.entries<Row<unknown>>(rows);
  return Object.fromEntries(entries.map(([name, row]) => [name, row.default])) as V;
}

/**
 * @throws TypeError (`ERR_INVALID_ARG_VALUE`) when `given` is no object, or has an option that is not among `known`.
 */
export function checkOptions(given: unknown, known: readonly string[], owner: string): void {
  if (given === undefined) return;
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    throw invalidArgument(`The options of ${owner} must be an object; they are ${show(given)}`);
  }
  const unknown = Object.keys(given).find((name) => !known.includes(name));
  if (unknown === undefined) return;
  const meant = nearest(unknown, known);
  const list = known.join(', ') || 'none';
  const knows = meant === undefined ? `it knows ${list}` : `did you mean "${meant}"? It knows ${list}`;
  throw invalidArgument(`${owner} has no option "${unknown}"; ${knows}`);
}

/** The known name that a misspelt one is most likely meant to be; undefined where none is near. Case does not matter. */
export function nearest(name: string, known: readonly string[]): string | undefined {
  const wanted = name.toLowerCase();
  let best: string | undefined;
  // One mistake in three characters.
  let fewest = Math.floor(name.length / 3) + 1;
  for (const candidate of known) {
    const edits = editsBetween(wanted, candidate.toLowerCase());
    if (edits < fewest) [best, fewest] = [candidate, edits];
  }
  return best;
}

/** The fewest characters that have to be put in, left out or replaced to make one text of the other. */
function editsBetween(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let line = 1; line <= from.length; line++) {
    const next = [line];
    for (let column = 1; column <= to.length; column++) {
      const replaced = at(row, column - 1) + (from[line - 1] === to[column - 1] ? 0 : 1);
      next.push(Math.min(replaced, at(row, column) + 1, at(next, column - 1) + 1));
    }
    row = next;
  }
  return at(row, to.length);
}

function at(row: readonly number[], index: number): number {
  return row[index] as number;
}
