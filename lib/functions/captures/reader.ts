/** Variables that a function can see: the innermost come first. */
export interface Scope {
  /** `Closure (make)`, `Module`, `Global` and so on, as V8 calls it. */
  readonly description: string;
  readonly object: object;
}

/** What V8 knows of a function. */
export interface FunctionFacts {
  readonly scopes: readonly Scope[];
  /** The id of the script that it stands in; an empty text for a bound function and a proxy. */
  readonly script: string;
  readonly line: number;
  readonly column: number;
  /** Of a bound function what it calls, on what and with what; of a proxy what it stands for, and its handler. */
  readonly bound: readonly unknown[] | undefined;
}

/** What looks into functions. The one of this thread is `readerOfThread`; specs hand in others. */
export interface Reader {
  /** Facts in the order of the functions; undefined where they could not be read, which says nothing of what is there. */
  read(functions: readonly object[]): readonly FunctionFacts[] | undefined;
  /** The private fields of an object. */
  privateFields(value: object): Readonly<Record<string, unknown>>;
  /** The names of scripts by their ids. Those that are missing may be there. With `all` none is missing, which takes long. */
  scripts(all: boolean): ReadonlyMap<string, string>;
}
