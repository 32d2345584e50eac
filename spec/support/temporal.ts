/** A class of `Temporal`, as far as specs need it. */
export interface TemporalClass {
  new (...content: readonly (string | number | bigint)[]): object;
  from(text: string): object;
}

export type Temporal = Readonly<Record<string, TemporalClass>>;

const GETTERS: Readonly<Record<string, readonly string[]>> = {
  Instant: ['epochNanoseconds'],
  ZonedDateTime: ['epochNanoseconds', 'timeZoneId', 'calendarId'],
  PlainTime: 'hour minute second millisecond microsecond nanosecond'.split(' '),
  Duration: 'years months weeks days hours minutes seconds milliseconds microseconds nanoseconds'.split(' '),
};

/** `Temporal` for runtimes that do not have it: classes that keep privately what they are made of. */
export function temporalStandIn(): Temporal {
  const texts = ['PlainDate', 'PlainDateTime', 'PlainMonthDay', 'PlainYearMonth'];
  const classes = [
    ...Object.entries(GETTERS).map(([name, getters]) => [name, withGetters(getters)] as const),
    ...texts.map((name) => [name, withText()] as const),
  ];
  return Object.fromEntries(classes) as unknown as Temporal;
}

function withGetters(names: readonly string[]): object {
  class Stand {
    readonly #content: readonly unknown[];
    constructor(...content: readonly unknown[]) {
      this.#content = content.map((part) => (/^-?\d+$/.test(String(part)) ? BigInt(part as string) : part));
    }
    static part(stand: Stand, index: number): unknown {
      return stand.#content[index] ?? 0n;
    }
  }
  for (const [index, name] of names.entries()) {
    Object.defineProperty(Stand.prototype, name, {
      configurable: true,
      get(this: Stand) {
        return Stand.part(this, index);
      },
    });
  }
  return Stand;
}

function withText(): object {
  return class Stand {
    readonly #text: string;
    constructor(text: string) {
      this.#text = text;
    }
    static from(text: string): Stand {
      return new Stand(text.replace('[u-ca=iso8601]', ''));
    }
    toString({ calendarName }: { readonly calendarName?: string } = {}): string {
      const isComplete = calendarName !== 'always' || this.#text.includes('[');
      return isComplete ? this.#text : `${this.#text}[u-ca=iso8601]`;
    }
  };
}
