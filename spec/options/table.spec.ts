import { describe, expect, it } from '@jest/globals';
import { callValuesIn, OPTIONS, readOptions } from '../../lib/options/table.ts';
import type { Place } from '../../lib/options/values.ts';

type Name = keyof typeof OPTIONS;

const CACHE: readonly Place[] = ['TempCache', 'TempCache.temporary()'];
const VIEW: readonly Place[] = [...CACHE, 'with()'];
const CALL: readonly Place[] = [...VIEW, 'wrap()'];
const FUNCTION: readonly Place[] = ['wrap()'];

const callback = (): boolean => true;
const store = { kind: 'sync' };
const any = expect.any(Function);
const schema = { '~standard': { version: 1, vendor: 'mine', validate: () => ({ value: 1 }) } };
const serializer = { name: 'mine' };
const everything = { mode: 'auto', ignore: [] };
const memory = { maxEntries: 10_000, maxBytes: 67_108_864, maxAge: undefined, share: false };

/** Where each option can be given, its default, some values and what they are read as, and some that are refused. */
const CASES: Readonly<
  Record<Name, readonly [readonly Place[], unknown, readonly (readonly [unknown, unknown])[], unknown[]]>
> = {
  name: [FUNCTION, undefined, [['load', 'load']], ['', 5, callback]],
  version: [FUNCTION, undefined, [['3', '3']], ['', 3]],
  deps: [FUNCTION, undefined, [[callback, callback]], ['a', { length: 1 }, new Set()]],
  key: [FUNCTION, undefined, [[callback, callback]], ['id', {}]],
  ignoreThis: [FUNCTION, false, [[true, true]], [0, 1, 'false']],
  sameEverywhere: [FUNCTION, false, [[true, true]], [0, 1, 'true']],
  shouldCache: [FUNCTION, undefined, [[callback, callback]], [true]],
  label: [FUNCTION, undefined, [[callback, callback]], ['users']],
  maxAge: [
    CALL,
    604_800_000,
    [
      ['1h', 3_600_000],
      [0, 0],
      [Infinity, Infinity],
      [callback, callback],
    ],
    [-1, Number.NaN, 'soon', true, {}, []],
  ],
  serializer: [CALL, undefined, [[serializer, serializer]], ['json', 5, true]],
  types: [CALL, [], [[[Map], [Map]]], ['Map', {}, Map]],
  mode: [CALL, 'on', [['readonly', 'readonly']], ['none', 'ON', true]],
  maxEntryBytes: [
    CALL,
    Infinity,
    [
      ['1kb', 1024],
      [Infinity, Infinity],
    ],
    [0, -1, Number.NaN, 1.5, 'much'],
  ],
  captures: [CALL, everything, [['off', { ...everything, mode: 'off' }]], ['on', {}, { ignore: [1] }]],
  env: [CALL, [], [[['API_URL'], ['API_URL']]], ['API_URL', [1], [''], {}]],
  files: [CALL, undefined, [[callback, callback]], ['rates.json', ['rates.json']]],
  staleWhileRevalidate: [
    CALL,
    0,
    [
      ['1s', 1000],
      [true, Infinity],
      [false, 0],
    ],
    [-1, Number.NaN, 'true', {}],
  ],
  staleIfError: [
    CALL,
    0,
    [
      ['1s', 1000],
      [true, Infinity],
      [false, 0],
    ],
    [-1, Number.NaN, 'yes', []],
  ],
  waitTimeout: [CALL, 600_000, [['0s', 0]], [-1, Number.NaN, true, '-1s']],
  computeTimeout: [CALL, Infinity, [['1s', 1000]], [0, '0s', -1, Number.NaN, true]],
  validate: [CALL, undefined, [schema, callback, Object.assign(() => 5, schema)].map((one) => [one, any]), [true, {}]],
  cacheErrors: [
    CALL,
    undefined,
    [
      [
        { maxAge: '1s', when: callback },
        { maxAge: 1000, when: callback },
      ],
    ],
    [true, '10s', {}, [], { when: callback }],
  ],
  toStored: [CALL, undefined, [[callback, callback]], ['text', {}]],
  fromStored: [CALL, undefined, [[callback, callback]], ['text', {}]],
  warnings: [CALL, true, [[false, false]], [0, 'no']],
  salt: [
    VIEW,
    '',
    [
      ['a', 'a'],
      ['', ''],
    ],
    [5, {}],
  ],
  onEvent: [VIEW, undefined, [[callback, callback]], ['log', {}]],
  maxEntries: [
    CACHE,
    Infinity,
    [
      [5, 5],
      [Infinity, Infinity],
    ],
    [0, -1, 1.5, Number.NaN, '10'],
  ],
  maxBytes: [CACHE, Infinity, [['1kb', 1024]], [0, -1, Number.NaN, 'much']],
  memory: [
    CACHE,
    undefined,
    [
      [true, memory],
      [false, undefined],
      [{ share: true }, { ...memory, share: true }],
    ],
    ['yes', 5],
  ],
  stats: [CACHE, true, [[false, false]], ['yes', 0]],
  store: [['TempCache'], undefined, [[store, store]], ['redis', 5]],
};

const names = Object.keys(OPTIONS) as Name[];
const everywhere = names.flatMap((name) =>
  CALL.map((place) => ({ name, place, isKnown: CASES[name][0].includes(place) })),
);

describe('The option', () => {
  it.each(everywhere.filter(({ isKnown }) => isKnown))('$name of $place is read', ({ name, place }) => {
    const [, , values] = CASES[name];
    for (const [given, read] of values) {
      expect((readOptions({ [name]: given }, place) as Record<string, unknown>)[name]).toEqual(read);
    }
  });

  it.each(everywhere.filter(({ isKnown }) => isKnown))(
    '$name of $place is refused with anything else: null too',
    ({ name, place }) => {
      for (const wrong of [null, ...CASES[name][3]]) {
        const refused = expect.objectContaining({ name: 'TypeError', code: 'ERR_INVALID_ARG_VALUE' });
        expect(() => readOptions({ [name]: wrong }, place)).toThrow(refused);
        expect(() => readOptions({ [name]: wrong }, place)).toThrow(messageAbout(name, place, wrong));
      }
    },
  );

  it.each(everywhere.filter(({ isKnown }) => !isKnown))('$name is unknown to $place', ({ name, place }) => {
    const known = names.filter((other) => CASES[other][0].includes(place));
    expect(() => readOptions({ [name]: undefined }, place)).toThrow(`${place} has no option "${name}"; `);
    expect(() => readOptions({ [name]: undefined }, place)).toThrow(new RegExp(`nows ${known.join(', ')}$`));
  });

  it.each(names)('%s has a default, but where a cache decides', (name) => {
    const [places, byDefault] = CASES[name];
    const isOfCache = places.includes('TempCache');
    for (const place of places) {
      const read = readOptions({}, place) as Record<string, unknown>;
      const inherits = isOfCache && !CACHE.includes(place);
      expect(Object.entries(read).filter(([other]) => other === name)).toEqual(inherits ? [] : [[name, byDefault]]);
    }
  });
});

function messageAbout(name: Name, place: Place, wrong: unknown): RegExp {
  // The options of the tier in memory are options themselves.
  if (name === 'memory' && wrong === null) return /^The options of memory must be an object; they are null$/;
  const where = place.replaceAll(/[()]/g, String.raw`\$&`);
  return new RegExp(
    `^The option ${name} of ${where} must be .+; it is (null|an array|another object|a function|".*"|\\S+)$`,
  );
}

describe('The options of a call among others', () => {
  it('are those of a cache that a function can have too, as far as they are given', () => {
    const all = readOptions({ salt: 'a', stats: false, maxAge: '1s' }, 'TempCache');
    const limits = { maxEntryBytes: Infinity, waitTimeout: 600_000, staleWhileRevalidate: 0, staleIfError: 0 };
    const others = { computeTimeout: Infinity, maxAge: 1000, types: [], mode: 'on', captures: everything, env: [] };
    expect(callValuesIn(all)).toStrictEqual({ ...limits, ...others, warnings: true });
    expect(callValuesIn(readOptions({ salt: 'a', mode: 'off' }, 'with()'))).toStrictEqual({ mode: 'off' });
    expect(callValuesIn(readOptions({ name: 'a', maxAge: 0 }, 'wrap()'))).toStrictEqual({ maxAge: 0 });
    expect(callValuesIn({})).toStrictEqual({});
  });

  it('come in one order, whatever order they were given in', () => {
    const read = readOptions({ waitTimeout: 1, mode: 'off', maxAge: 1 }, 'wrap()');
    expect(Object.keys(callValuesIn(read))).toEqual(['maxAge', 'mode', 'waitTimeout']);
  });
});
