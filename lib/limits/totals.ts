/** How many entries there are, and how many bytes they take with all that belongs to them. */
export interface Totals {
  readonly entries: number;
  readonly bytes: number;
}

/** How these have changed, and how much of that was removed. */
export interface Flow extends Totals {
  readonly removed: number;
  readonly removedBytes: number;
}

export const NOTHING: Totals = { entries: 0, bytes: 0 };

export const NO_FLOW: Flow = { entries: 0, bytes: 0, removed: 0, removedBytes: 0 };

export function add(a: Totals, b: Totals): Totals {
  return { entries: a.entries + b.entries, bytes: a.bytes + b.bytes };
}

export function subtract(a: Totals, b: Totals): Totals {
  return { entries: a.entries - b.entries, bytes: a.bytes - b.bytes };
}

/** A change as a flow. */
export function flowOf({ entries, bytes }: Totals): Flow {
  return { entries, bytes, removed: Math.max(0, -entries), removedBytes: Math.max(0, -bytes) };
}

export function plus(a: Flow, b: Flow): Flow {
  return {
    entries: a.entries + b.entries,
    bytes: a.bytes + b.bytes,
    removed: a.removed + b.removed,
    removedBytes: a.removedBytes + b.removedBytes,
  };
}

export function minus(a: Flow, b: Flow): Flow {
  return {
    entries: a.entries - b.entries,
    bytes: a.bytes - b.bytes,
    removed: a.removed - b.removed,
    removedBytes: a.removedBytes - b.removedBytes,
  };
}

/** Whether nothing has changed. */
export function isStill({ entries, bytes, removed, removedBytes }: Flow): boolean {
  return entries === 0 && bytes === 0 && removed === 0 && removedBytes === 0;
}
