import { LIMITS, parseMemory } from './limits.ts';
import { parseCacheErrors, parseMaxAge, parseValidator } from './judging.ts';
import {
  parseCallback,
  parseChoice,
  parseDuration,
  parseGrace,
  parseLimit,
  parseList,
  parseName,
  parseObject,
  parseSwitch,
  parseText,
  parseTimeout,
} from './parse.ts';
import type { Mode, CallValues, CacheValues, FunctionValues, StoreValues, ValuesAt, Place } from './values.ts';
import { isUrl } from './location.ts';
import { parseCaptures, parseDeps, parseVariables } from './dependencies.ts';
import { defaultsOf, type Parser, readGiven, type Row, type Rows } from './rows.ts';

interface Values extends CacheValues, StoreValues, FunctionValues {}

type PlaceOf<N> = { [P in Place]: N extends keyof ValuesAt[P] ? P : never }[Place];

/** One row for each option. */
export type Table = { readonly [N in keyof Values]: Row<Values[N]> & { readonly at: readonly PlaceOf<N>[] } };

const FUNCTION = ['wrap()'] as const;
const CACHE = ['TempCache', 'TempCache.temporary()'] as const;
const VIEW = [...CACHE, 'with()'] as const;
const CALL = [...VIEW, ...FUNCTION] as const;
const MODES: readonly Mode[] = ['on', 'off', 'readonly', 'refresh'];

/** Reads one of the modes. */
export const parseMode: Parser<Mode> = (value, what) => parseChoice(value, MODES, what);

const parseSerializer: Parser<object> = (value, what) =>
  parseObject(value, what, 'a serializer such as jsonSerializer() or { name, serialize, deserialize }');

const parseStore: Parser<object | string> = (value, what) =>
  isUrl(value) ? value : parseObject(value, what, 'a store, such as memoryStore() or what defineStore() gives');

/**
 * All options: where each can be given, how it is read, and what holds where it is not given. A function and a cache made by
 * `with` have no defaults for what their cache has: they do as that does. Messages list the options in this order.
 */
export const OPTIONS: Table = {
  name: { at: FUNCTION, parse: parseName, default: undefined },
  version: { at: FUNCTION, parse: parseName, default: undefined },
  deps: { at: FUNCTION, parse: parseDeps, default: undefined },
  key: { at: FUNCTION, parse: parseCallback, default: undefined },
  ignoreThis: { at: FUNCTION, parse: parseSwitch, default: false },
  sameEverywhere: { at: FUNCTION, parse: parseSwitch, default: false },
  shouldCache: { at: FUNCTION, parse: parseCallback as Parser<Values['shouldCache']>, default: undefined },
  label: { at: FUNCTION, parse: parseCallback as Parser<Values['label']>, default: undefined },
  maxAge: { at: CALL, parse: parseMaxAge, default: 7 * 86_400_000 },
  serializer: { at: CALL, parse: parseSerializer, default: undefined },
  types: { at: CALL, parse: parseList, default: [] },
  mode: { at: CALL, parse: parseMode, default: 'on' },
  maxEntryBytes: { at: CALL, parse: parseLimit, default: Infinity },
  staleWhileRevalidate: { at: CALL, parse: parseGrace, default: 0 },
  staleIfError: { at: CALL, parse: parseGrace, default: 0 },
  waitTimeout: { at: CALL, parse: parseDuration, default: 600_000 },
  computeTimeout: { at: CALL, parse: parseTimeout, default: Infinity },
  captures: { at: CALL, parse: parseCaptures, default: { mode: 'auto', ignore: [] } },
  env: { at: CALL, parse: parseVariables, default: [] },
  files: { at: CALL, parse: parseCallback, default: undefined },
  validate: { at: CALL, parse: parseValidator, default: undefined },
  cacheErrors: { at: CALL, parse: parseCacheErrors, default: undefined },
  toStored: { at: CALL, parse: parseCallback, default: undefined },
  fromStored: { at: CALL, parse: parseCallback, default: undefined },
  warnings: { at: CALL, parse: parseSwitch, default: true },
  salt: { at: VIEW, parse: parseText, default: '' },
  onEvent: { at: VIEW, parse: parseCallback, default: undefined },
  maxEntries: { at: CACHE, ...LIMITS.maxEntries },
  maxBytes: { at: CACHE, ...LIMITS.maxBytes },
  memory: { at: CACHE, parse: parseMemory, default: undefined },
  stats: { at: CACHE, parse: parseSwitch, default: true },
  store: { at: ['TempCache'], parse: parseStore, default: undefined },
};

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
