import type { Paint } from './output.ts';
import { cut, cutMiddle, visible, widthOf } from './text.ts';

type Colour = Parameters<Paint>[0];

/** A column of a table. */
export interface Column<T> {
  readonly title: string;
  text(row: T): string;
  readonly align?: 'right';
  /** A colour for all rows, or for each its own. */
  readonly colour?: Colour | ((row: T) => Colour | undefined);
  /** Where a text is cut that is too long; default: at its end. */
  readonly cut?: 'middle';
  /** Columns that it must at least have; a column without this is never cut. */
  readonly min?: number;
  /** Columns with a higher number are left out earlier when cutting does not help; without one it always stays. */
  readonly drop?: number;
}

export interface TableOptions {
  /** Columns of the terminal; `Infinity` where nothing must be cut. */
  readonly width: number;
  readonly paint: Paint;
}

const GAP = '  ';

/** Lines that are never longer than the terminal is wide. Rows come in pages; what is on later pages lines up as far as it can. */
export class Table<T> {
  readonly #columns: readonly Column<T>[];
  readonly #options: TableOptions;
  readonly #wanted: number[];
  /** The columns that are left out. */
  #left: ReadonlySet<number> | undefined;

  constructor(columns: readonly Column<T>[], options: TableOptions) {
    this.#columns = columns;
    this.#options = options;
    this.#wanted = columns.map(({ title }) => widthOf(title));
  }

  /** The lines of a page; the first one has the titles. */
  *page(rows: readonly T[]): Generator<string, void> {
    const cells = rows.map((row) => this.#columns.map((column) => visible(column.text(row))));
    for (const line of cells) {
      for (const [at, cell] of line.entries()) this.#wanted[at] = Math.max(this.#wanted[at] ?? 0, widthOf(cell));
    }
    const isFirst = this.#left === undefined;
    // What the first page has no room for is left out on all.
    const wanted = this.#wanted.map((own, at) => (this.#left?.has(at) === true ? 0 : own));
    const widths = fit(this.#columns, wanted, this.#options.width);
    this.#left ??= new Set([...widths.keys()].filter((at) => widths[at] === 0 && wanted[at] !== 0));
    const titles = this.#columns.map(({ title }) => title);
    if (isFirst) yield this.#line(titles, widths, () => 'bold');
    for (const [at, line] of cells.entries()) yield this.#line(line, widths, (column) => hueOf(column, rows[at] as T));
  }

  #line(
    cells: readonly string[],
    widths: readonly number[],
    hueFor: (column: Column<T>) => Colour | undefined,
  ): string {
    const { paint, width } = this.#options;
    let left = width;
    const parts: string[] = [];
    for (const [at, column] of this.#columns.entries()) {
      const own = Math.min(widths[at] ?? 0, left);
      if (own <= 0) continue;
      const cell = (column.cut === 'middle' ? cutMiddle : cut)(cells[at] ?? '', own);
      const padding = ' '.repeat(Math.max(own - widthOf(cell), 0));
      const hue = hueFor(column);
      const text = hue === undefined ? cell : paint(hue, cell);
      parts.push(column.align === 'right' ? padding + text : text + padding);
      left -= own + GAP.length;
    }
    return parts.join(GAP).trimEnd();
  }
}

function hueOf<T>({ colour }: Column<T>, row: T): Colour | undefined {
  return typeof colour === 'function' ? colour(row) : colour;
}

/** The widths of the columns, 0 for one that is left out: columns are cut first, then left out one after the other. */
function fit<T>(columns: readonly Column<T>[], wanted: readonly number[], width: number): number[] {
  const kept = [...wanted];
  for (;;) {
    const widths = narrow(columns, kept, width);
    const last = excess(widths, width) > 0 ? leastNeeded(columns, kept) : undefined;
    if (last === undefined) return widths;
    kept[last] = 0;
  }
}

/** Cuts the widest columns as far as they may be cut. */
function narrow<T>(columns: readonly Column<T>[], wanted: readonly number[], width: number): number[] {
  const widths = [...wanted];
  for (let over = excess(widths, width); over > 0; over--) {
    const at = widest(columns, widths);
    if (at === undefined) break;
    widths[at] = (widths[at] ?? 0) - 1;
  }
  return widths;
}

function excess(widths: readonly number[], width: number): number {
  const shown = widths.filter((own) => own > 0);
  return shown.reduce((sum, own) => sum + own, 0) + GAP.length * (shown.length - 1) - width;
}

/** The widest column that may still be cut. */
function widest<T>(columns: readonly Column<T>[], widths: readonly number[]): number | undefined {
  const may = [...widths.keys()].filter((at) => (widths[at] ?? 0) > (columns[at]?.min ?? Infinity));
  return may.toSorted((first, second) => (widths[second] ?? 0) - (widths[first] ?? 0))[0];
}

function leastNeeded<T>(columns: readonly Column<T>[], widths: readonly number[]): number | undefined {
  const may = [...widths.keys()].filter((at) => (widths[at] ?? 0) > 0 && columns[at]?.drop !== undefined);
  return may.toSorted((first, second) => (columns[second]?.drop ?? 0) - (columns[first]?.drop ?? 0))[0];
}

/** Says which of two comes first: below 0 for the first. */
export type Order<T> = (first: T, second: T) => number;

/** The first few of many by an order, without keeping the many. */
export class Best<T> {
  readonly #order: Order<T>;
  readonly #limit: number;
  readonly #kept: T[] = [];

  constructor(order: Order<T>, limit: number) {
    this.#order = order;
    this.#limit = limit;
  }

  add(one: T): void {
    this.#kept.push(one);
    if (this.#kept.length >= 2 * this.#limit + 1000) this.#shrink();
  }

  /** Those that come first, in order. */
  take(): readonly T[] {
    this.#shrink();
    return this.#kept;
  }

  #shrink(): void {
    this.#kept.sort(this.#order);
    if (this.#kept.length > this.#limit) this.#kept.length = this.#limit;
  }
}

/** An order by a number or text: the biggest number and the first text come first. */
export function orderBy<T>(valueOf: (one: T) => number | string, isReversed: boolean): Order<T> {
  const sign = isReversed ? -1 : 1;
  return (first, second) => sign * compare(valueOf(first), valueOf(second));
}

function compare(first: number | string, second: number | string): number {
  if (typeof first === 'number' && typeof second === 'number') return first === second ? 0 : second - first;
  if (first === second) return 0;
  return first < second ? -1 : 1;
}
