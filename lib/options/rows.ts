import { checkOptions } from './parse.ts';

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
