import fc from 'fast-check';

/** How a value is made, so that it can be made twice, in two ways, or with one thing changed. */
export type Recipe =
  | { readonly kind: 'scalar'; readonly value: unknown }
  | { readonly kind: 'boxed'; readonly value: number | string | boolean | bigint | symbol }
  | { readonly kind: 'date'; readonly time: number }
  | { readonly kind: 'regexp'; readonly source: string; readonly flags: string; readonly lastIndex: number }
  | { readonly kind: 'url'; readonly path: string }
  | { readonly kind: 'searchParams'; readonly pairs: readonly (readonly [string, string])[] }
  | { readonly kind: 'bytes'; readonly as: BytesKind; readonly bytes: readonly number[] }
  | {
      readonly kind: 'object';
      readonly bare: boolean;
      readonly entries: readonly (readonly [string | symbol, Recipe])[];
    }
  | { readonly kind: 'array'; readonly elements: readonly (Recipe | undefined)[] }
  | { readonly kind: 'map'; readonly entries: readonly (readonly [Recipe, Recipe])[] }
  | { readonly kind: 'set'; readonly members: readonly Recipe[] }
  | ErrorRecipe
  /** The container so many levels up. */
  | { readonly kind: 'cycle'; readonly up: number };

export interface ErrorRecipe {
  readonly kind: 'error';
  readonly type: 'Error' | 'TypeError' | 'RangeError' | 'AggregateError';
  readonly message: string;
  readonly cause: Recipe | undefined;
  readonly errors: readonly Recipe[];
  readonly fields: readonly (readonly [string, Recipe])[];
}

export const BYTES_KINDS = [
  'ArrayBuffer',
  'DataView',
  'Buffer',
  'Int8Array',
  'Uint8Array',
  'Uint8ClampedArray',
  'Int16Array',
  'Uint16Array',
  'Int32Array',
  'Uint32Array',
  'Float32Array',
  'Float64Array',
  'BigInt64Array',
  'BigUint64Array',
] as const;

export type BytesKind = (typeof BYTES_KINDS)[number];

const numbers = fc.oneof(
  fc.integer({ min: -3, max: 3 }),
  fc.constantFrom(-0, Number.NaN, Infinity, -Infinity, 0.5, 2 ** 31, 2 ** 31 - 1, -(2 ** 31), 2 ** 53, 5e-324),
  fc.double(),
);
const strings = fc.oneof(
  fc.constantFrom(
    '',
    'a',
    'b',
    '1',
    '-0',
    'null',
    'undefined',
    '__proto__',
    'constructor',
    'é',
    'ÿ',
    '€',
    '💾',
    '\0',
    '\u0008',
  ),
  fc.constantFrom('\uD800', '\uD801', '\uDC00', '\uFFFD', 'a\uD800', '\uD83D€'),
  fc.constantFrom(47, 48, 49, 4095, 4096, 4097).map((length) => 'x'.repeat(length)),
  fc.constantFrom(48, 1366, 4096, 4097).map((length) => 'é'.repeat(length)),
  fc.string({ unit: 'binary' }),
);
const symbols = fc.constantFrom('a', 'b', '\uD800', '').map((name) => Symbol.for(name));
const bigints = fc.oneof(fc.bigInt({ min: -3n, max: 3n }), fc.constantFrom(2n ** 64n, -(2n ** 200n)));

const scalars: fc.Arbitrary<Recipe> = fc
  .oneof(fc.constantFrom(undefined, null, true, false), numbers, strings, symbols, bigints)
  .map((value) => ({ kind: 'scalar', value }));

const leaves: fc.Arbitrary<Recipe> = fc.oneof(
  fc.oneof(numbers, strings, fc.boolean(), bigints, symbols).map((value) => ({ kind: 'boxed' as const, value })),
  fc.integer({ min: -2, max: 2 }).map((time) => ({ kind: 'date' as const, time })),
  fc.record({
    kind: fc.constant('regexp' as const),
    source: fc.constantFrom('a', 'b', '(?:)', 'é'),
    flags: fc.constantFrom('', 'g', 'i', 'gi', 'y', 'd'),
    lastIndex: fc.constantFrom(0, 0, 1),
  }),
  fc.constantFrom('', 'a', 'a?b=1', '#c').map((path) => ({ kind: 'url' as const, path })),
  fc
    .array(fc.tuple(fc.constantFrom('a', 'b', ''), fc.constantFrom('1', '&', 'é')), { maxLength: 3 })
    .map((pairs) => ({ kind: 'searchParams' as const, pairs })),
  fc.record({
    kind: fc.constant('bytes' as const),
    as: fc.constantFrom(...BYTES_KINDS),
    bytes: fc
      .array(fc.constantFrom(0, 0, 1, 127, 128, 255), { minLength: 0, maxLength: 3 })
      .map((some) => some.flatMap((byte) => [byte, 0, 0, 0, 0, 0, 0, byte])),
  }),
);

const names = fc.oneof(
  fc.constantFrom('a', 'b', 'c', '0', '1', '10', '', '__proto__', 'length', 'é', '\uD800', 'toString'),
  symbols,
);

function unique<T>(entries: readonly (readonly [string | symbol, T])[]): (readonly [string | symbol, T])[] {
  return [...new Map(entries.map((entry) => [entry[0], entry] as const)).values()];
}

const { value } = fc.letrec<{ value: Recipe; inner: Recipe }>((tie) => ({
  value: fc.oneof({ maxDepth: 4, withCrossShrink: true }, scalars, leaves, tie('inner'), tie('inner'), tie('inner')),
  inner: fc.oneof(
    fc
      .tuple(fc.boolean(), fc.array(fc.tuple(names, tie('value')), { maxLength: 4 }))
      .map(([bare, entries]) => ({ kind: 'object' as const, bare, entries: unique(entries) })),
    fc
      .array(fc.option(tie('value'), { nil: undefined, freq: 8 }), { maxLength: 4 })
      .map((elements) => ({ kind: 'array' as const, elements })),
    // One recipe twice is one object in two places, or two equal ones.
    tie('value').map((twice) => ({ kind: 'array' as const, elements: [twice, twice] })),
    fc
      .array(fc.tuple(tie('value'), tie('value')), { maxLength: 3 })
      .map((entries) => ({ kind: 'map' as const, entries })),
    fc.array(tie('value'), { maxLength: 4 }).map((members) => ({ kind: 'set' as const, members })),
    tie('value').map((twice) => ({ kind: 'set' as const, members: [twice, twice] })),
    fc.record({
      kind: fc.constant('error' as const),
      type: fc.constantFrom('Error', 'TypeError', 'RangeError', 'AggregateError'),
      message: fc.constantFrom('', 'a', 'b'),
      cause: fc.option(
        tie('value').filter((cause) => cause.kind !== 'scalar' || cause.value !== undefined),
        {
          nil: undefined,
        },
      ),
      errors: fc.array(tie('value'), { maxLength: 2 }),
      fields: fc
        .array(fc.tuple(fc.constantFrom('code', 'errno', 'name'), tie('value')), { maxLength: 2 })
        .map((fields) => unique(fields) as [string, Recipe][]),
    }),
    fc.integer({ min: 1, max: 3 }).map((up) => ({ kind: 'cycle' as const, up })),
  ),
}));

/** Recipes of values of every kind that can be a key, nested, some with cycles. */
export const recipes: fc.Arbitrary<Recipe> = value;

/** Recipes of small values, of which two that are made apart are often equal. */
export const smallRecipes: fc.Arbitrary<Recipe> = fc.oneof(
  scalars,
  leaves,
  fc
    .array(fc.option(scalars, { nil: undefined }), { maxLength: 1 })
    .map((elements) => ({ kind: 'array' as const, elements })),
  fc.array(scalars, { maxLength: 1 }).map((members) => ({ kind: 'set' as const, members })),
);
