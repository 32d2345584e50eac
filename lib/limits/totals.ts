/** How many entries there are, and how many bytes they take with all that belongs to them. */
export interface Totals {
  readonly entries: number;
  readonly bytes: number;
}

export const NOTHING: Totals = { entries: 0, bytes: 0 };

/** Whether nothing has changed. */
export function isNothing({ entries, bytes }: Totals): boolean {
  return entries === 0 && bytes === 0;
}

export function add(a: Totals, b: Totals): Totals {
  return { entries: a.entries + b.entries, bytes: a.bytes + b.bytes };
}

export function subtract(a: Totals, b: Totals): Totals {
  return { entries: a.entries - b.entries, bytes: a.bytes - b.bytes };
}
