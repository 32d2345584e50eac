import { defaultsOf, readGiven, type Row, type Rows } from './rows.ts';
import { OPTIONS, type CallValues, type Place, type ValuesAt } from './table.ts';

/** How the options of one place are read. */
interface Reading {
  readonly rows: Rows<Record<string, unknown>>;
  /** What holds where an option is not given: nothing for one that is inherited. */
  readonly defaults: object;
  /** The names of those that are taken from the cache where they are not given. */
  readonly inherited: readonly string[];
}

const READINGS: Readonly<Record<Place, Reading>> = {
  TempCache: readingAt('TempCache'),
  'TempCache.temporary()': readingAt('TempCache.temporary()'),
  'with()': readingAt('with()'),
  'wrap()': readingAt('wrap()'),
};

/**
 * The options that are given at a place, read, and the defaults of those that are not.
 *
 * @throws TypeError (`ERR_INVALID_ARG_VALUE`) for an option that is unknown there or wrong, and for what is no object.
 */
export function readOptions<P extends Place>(given: unknown, place: P): ValuesAt[P] {
  const { rows, defaults } = READINGS[place];
  return { ...defaults, ...readGiven(given, rows, place) } as ValuesAt[P];
}

/** Of options that were read those of a call, always in the same order. What is undefined was not given. */
export function callValuesIn(values: Partial<CallValues>): Partial<CallValues> {
  const all = values as Readonly<Record<string, unknown>>;
  const found: Record<string, unknown> = {};
  for (const name of READINGS['wrap()'].inherited) if (all[name] !== undefined) found[name] = all[name];
  return found;
}

function readingAt(place: Place): Reading {
  const isBelowCache = place === 'with()' || place === 'wrap()';
  const rows = Object.entries<Row<unknown> & { readonly at: readonly Place[] }>(OPTIONS).filter(([, { at }]) =>
    at.includes(place),
  );
  const isInherited = ([, { at }]: (typeof rows)[number]): boolean => isBelowCache && at.includes('TempCache');
  return {
    rows: Object.fromEntries(rows),
    defaults: defaultsOf(Object.fromEntries(rows.filter((row) => !isInherited(row)))),
    inherited: rows.filter(isInherited).map(([name]) => name),
  };
}
