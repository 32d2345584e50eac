import { describe, expect, it, jest } from '@jest/globals';
import { type Temporal as TemporalClasses, temporalStandIn } from '../support/temporal.ts';

// Where the runtime has no Temporal, a stand-in is there before the package is loaded.
const scope = globalThis as { Temporal?: TemporalClasses };
const Temporal = (scope.Temporal ??= temporalStandIn());
jest.resetModules();
const { kindOf } = await import('../../lib/common/kind.ts');
const { v8Serializer } = await import('../../lib/serializers/v8.ts');
const { jsonSerializer } = await import('../../lib/serializers/json.ts');
const { idOf } = await import('../support/key-ids.ts');
const { refusalOf } = await import('../support/key-refusal-of.ts');

/** Two objects of each kind that differ in one thing. */
const PAIRS: readonly (readonly [string, () => object | undefined, () => object | undefined])[] = [
  ['Instant', () => make('Instant', 5n), () => make('Instant', 6n)],
  ['ZonedDateTime', () => make('ZonedDateTime', 5n, 'UTC'), () => make('ZonedDateTime', 5n, 'Europe/Berlin')],
  ['PlainTime', () => make('PlainTime', 1, 2, 3, 4, 5, 6), () => make('PlainTime', 1, 2, 3, 4, 5, 7)],
  ['Duration', () => make('Duration', 0, 0, 0, 0, 0, 0, 3), () => make('Duration', 0, 0, 0, 0, 0, 0, 2, 1000)],
  ['PlainDate', () => from('PlainDate', '2020-02-29'), () => from('PlainDate', '2020-02-29[u-ca=japanese]')],
  [
    'PlainDateTime',
    () => from('PlainDateTime', '2020-02-29T01:02:03'),
    () => from('PlainDateTime', '2020-02-29T01:02:04'),
  ],
  ['PlainMonthDay', () => from('PlainMonthDay', '1972-02-29'), () => from('PlainMonthDay', '1972-02-28')],
  ['PlainYearMonth', () => from('PlainYearMonth', '2020-02-01'), () => from('PlainYearMonth', '2020-03-01')],
];

function make(name: string, ...content: readonly (string | number | bigint)[]): object | undefined {
  const found = Temporal[name];
  return found && new found(...content);
}

function from(name: string, text: string): object | undefined {
  return Temporal[name]?.from(text);
}

describe.each(PAIRS)('Temporal.%s', (name, first, second) => {
  const serializer = v8Serializer();

  it('is a kind of its own', () => {
    expect(kindOf(first() as object)).toBe(`Temporal.${name}`);
    expect(kindOf(Object.create(Object.getPrototypeOf(first()) as object) as object)).toBeUndefined();
  });

  it('is a key by all that it holds', () => {
    expect(idOf({ at: [first()] })).toBe(idOf({ at: [first()] }));
    expect(idOf(first())).not.toBe(idOf(second()));
    expect(refusalOf(Object.assign(first() as object, { a: 1 })).message).toMatch(/further properties/);
  });

  it('is stored as it was, or refused', () => {
    const value = { at: [first()], map: new Map([[second(), 1]]) };
    const read = serializer.deserialize(serializer.serialize(value)) as typeof value;
    expect(idOf(read)).toBe(idOf(value));
    expect(Object.getPrototypeOf(read.at[0])).toBe(Object.getPrototypeOf(first()));
    expect(() => jsonSerializer().serialize(value)).toThrow(/value\.at\[0\] is of the kind Temporal/);
  });
});
