/** The counters of sizes in the store: what all processes that keep limits save and remove. */

import { step, type Steps } from '../runtime/steps.ts';
import type { Counts, Store } from '../stores/store.ts';
import { flowOf, isStill, type Flow, type Totals } from './listing.ts';
import type { Usage } from './usage.ts';

/** The group of the counters. */
export const USAGE = 'usage';

/** Some members of a store of either kind. */
export type PartOfStore<K extends keyof Store, S extends Store = Store> = S extends Store ? Pick<S, K> : never;

/** What counts sizes. */
export interface UsageContext {
  readonly store: PartOfStore<'kind' | 'entries' | 'counters' | 'lease'>;
  readonly usage: Usage | undefined;
}

/** The same with limits. */
export type Limited<C extends UsageContext = UsageContext> = C & { readonly usage: Usage };

export function isLimited<C extends UsageContext>(context: C): context is Limited<C> {
  return context.usage !== undefined;
}

/** What the counters say. */
export interface Counted extends Flow {
  /** How often they were corrected; 0: never, so that what was there before is not in them. */
  readonly listings: number;
}

/** Adds own changes to the counters, and reads them; undefined where sizes are not counted in the store. */
export function* addAndRead({ usage, store }: Limited): Steps<Counted | undefined> {
  const change = usage.beginRecording();
  let counted: Counted | undefined;
  try {
    const { listings: _, ...flow } = change;
    if (!isStill(flow) && hasSizes(store)) yield* step<void>(store.counters.add(USAGE, flow));
  } catch (error) {
    usage.cancelRecording(change);
    throw error;
  }
  try {
    counted = yield* read(store);
  } finally {
    usage.endRecording(change, counted !== undefined && isSane(counted) ? counted : undefined);
  }
  return counted;
}

/** Whether sizes are counted in the store. */
function hasSizes({ counters }: Pick<Store, 'counters'>): boolean {
  return counters.areInRecords !== true;
}

function* read(store: Pick<Store, 'counters'>): Steps<Counted | undefined> {
  if (!hasSizes(store)) return undefined;
  const counted: Counts = yield* step<Counts>(store.counters.read(USAGE));
  const { entries = 0, bytes = 0, removed = 0, removedBytes = 0, listings = 0 } = counted;
  return { entries, bytes, removed, removedBytes, listings };
}

/** Whether the counters can be believed. */
export function isSane({ entries, bytes, listings }: Counted): boolean {
  return listings > 0 && entries >= 0 && bytes >= 0;
}

/** Records what was removed without limits, where others have them. @throws what the store throws */
export function* recordRemovedFrom(store: Pick<Store, 'counters'>, { entries, bytes }: Totals): Steps<void> {
  const counted = yield* read(store);
  if (counted === undefined || counted.listings === 0) return;
  yield* step<void>(store.counters.add(USAGE, { ...flowOf({ entries: -entries, bytes: -bytes }) }));
}

/** The counters begin anew: all entries were removed. @throws what the store throws */
export function* resetUsage(store: Pick<Store, 'counters'>): Steps<void> {
  if (hasSizes(store)) yield* step<void>(store.counters.reset(USAGE));
}
