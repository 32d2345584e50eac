type TemporalName =
  | 'Instant'
  | 'ZonedDateTime'
  | 'PlainTime'
  | 'Duration'
  | 'PlainDate'
  | 'PlainDateTime'
  | 'PlainMonthDay'
  | 'PlainYearMonth';

/** The getters that tell all of a `Temporal` object, in the order of its constructor; where there are none, its text does. */
const GETTERS: Readonly<Record<TemporalName, readonly string[]>> = {
  Instant: ['epochNanoseconds'],
  ZonedDateTime: ['epochNanoseconds', 'timeZoneId', 'calendarId'],
  PlainTime: ['hour', 'minute', 'second', 'millisecond', 'microsecond', 'nanosecond'],
  Duration: 'years months weeks days hours minutes seconds milliseconds microseconds nanoseconds'.split(' '),
  PlainDate: [],
  PlainDateTime: [],
  PlainMonthDay: [],
  PlainYearMonth: [],
};

/** A kind of `Temporal` object. */
export type TemporalKind = `Temporal.${TemporalName}`;

interface TemporalClass {
  new (...content: readonly string[]): object;
  from(text: string): object;
  readonly prototype: { toString(options: { readonly calendarName: 'always' }): string };
}

const NAMES = Object.keys(GETTERS) as TemporalName[];
const { Temporal } = globalThis as unknown as { readonly Temporal?: Readonly<Record<TemporalName, TemporalClass>> };

/** All kinds, whether this runtime has them or not. */
export const TEMPORAL_KINDS: readonly TemporalKind[] = NAMES.map((name) => `Temporal.${name}` as const);

/** How the content of a kind is read: by what the runtime had when this was loaded. */
const readers = new Map<TemporalKind, (value: object) => string[]>(
  NAMES.flatMap((name) => {
    const prototype = Temporal?.[name]?.prototype;
    return prototype === undefined ? [] : [[`Temporal.${name}`, readerOf(prototype, GETTERS[name])] as const];
  }),
);

function readerOf(prototype: TemporalClass['prototype'], names: readonly string[]): (value: object) => string[] {
  const { toString } = prototype;
  const getters = names.map((name) => Object.getOwnPropertyDescriptor(prototype, name)?.get as () => unknown);
  if (getters.length === 0) return (value) => [toString.call(value, { calendarName: 'always' })];
  return (value) => getters.map((getter) => String(getter.call(value)));
}

/** All that a `Temporal` object holds. @throws TypeError for what is of another kind. */
export function contentOf(value: object, kind: TemporalKind): readonly string[] {
  const read = readers.get(kind);
  if (read === undefined) throw new TypeError(`This runtime has no ${kind}`);
  return read(value);
}

/** The object of that content. @throws RangeError where it is none. */
export function temporalOf(kind: TemporalKind, content: readonly string[]): object {
  const name = kind.slice('Temporal.'.length) as TemporalName;
  const TemporalClass = Temporal?.[name];
  if (TemporalClass === undefined) throw new Error(`The bytes hold a ${kind}, which this runtime does not have`);
  return GETTERS[name].length === 0 ? TemporalClass.from(content[0] ?? '') : new TemporalClass(...content);
}

/** Whether a kind is one of `Temporal`. */
export function isTemporalKind(kind: string | undefined): kind is TemporalKind {
  return (TEMPORAL_KINDS as readonly (string | undefined)[]).includes(kind);
}
