/** How a record comes into a store, and stays within the limits. */

import { EntryTooLargeError } from '../common/errors.ts';
import { sizeOf } from '../records/parts.ts';
import type { Parts } from '../stores/store.ts';
import { keepWithin, type EvictTerms } from '../limits/evict.ts';
import type { Change } from '../limits/listing.ts';
import type { StoredRun } from '../runs/manifest.ts';
import type { Prepared } from './plan-save.ts';
import { removeChunks } from '../runs/items.ts';
import { report, reportFailure } from './observe.ts';
import type { Shared, Site } from './context.ts';
import { step, type Steps } from '../runtime/steps.ts';
import { recordRemoved } from '../limits/account.ts';
import type { Pace } from '../limits/list.ts';
import { isLimited, type Limited } from '../limits/sizes.ts';

/** Bytes of the largest entry that a call may store. */
export function largestOf({ settings, shared }: Site): number {
  return Math.min(settings.maxEntryBytes, shared.limits.maxBytes);
}

/** Whether a record is too long to be stored. */
export function isTooLarge(site: Site, parts: Parts): boolean {
  const largest = largestOf(site);
  return largest !== Infinity && sizeOf(parts) > largest;
}

/** @throws EntryTooLargeError for a record that is too long to be stored */
export function refuseTooLarge(site: Site, { id, parts }: Prepared): void {
  if (isTooLarge(site, parts)) throw tooLarge(site, id, sizeOf(parts));
}

export function tooLarge(site: Site, id: string, bytes: number): EntryTooLargeError {
  const option = site.settings.maxEntryBytes < site.shared.limits.maxBytes ? 'maxEntryBytes' : 'maxBytes';
  const facts = `takes ${bytes} bytes, and ${option} allows ${largestOf(site)}`;
  return new EntryTooLargeError(`Item ${id} ${facts}: store less of it, or raise the limit`, { id });
}

/** A record is in the store: whoever listens is told, and what is old is removed behind that. */
export function tellSaved(site: Site, id: string): void {
  report(site, 'save', id);
  site.shared.saved(id);
}

/** Stores the record of an item and tells of it; then evicts what is over the limits. @throws what the store throws */
export function* put(site: Site, { id, parts, hints }: Prepared, pace: Pace): Steps<void> {
  const { shared } = site;
  const before = isLimited(shared) ? yield* sizeBefore(shared, id) : undefined;
  yield* step<void>(shared.store.set(id, parts, hints));
  tellSaved(site, id);
  if (!isLimited(shared)) return;
  const change = { id, entries: before === undefined ? 1 : 0, bytes: sizeOf(parts) - (before ?? 0) };
  yield* keep(site, change, { events: site.settings.events, pace, spare: id });
}

/** As `put` for a chunk of the run of an item. @throws what the store throws */
export function* putChunk(site: Site, { id, parts, hints }: Prepared, runId: string): Steps<void> {
  yield* step<void>(site.shared.store.set(id, parts, hints));
  const { events } = site.settings;
  yield* keep(site, { id, entries: 0, bytes: sizeOf(parts) }, { events, pace: paceOf(site), spare: runId });
}

/** Removes the record of an item with its runs; whether there was one. @throws what the store throws */
export function* take(shared: Shared, id: string, runs: readonly StoredRun[]): Steps<boolean> {
  let bytes = isLimited(shared) ? ((yield* sizeBefore(shared, id)) ?? 0) : 0;
  const removed = yield* step(shared.store.delete(id));
  for (const run of runs) bytes += yield* removeChunks(shared.store, id, run);
  if (removed && isLimited(shared)) yield* recordRemoved(shared, { id, entries: 1, bytes });
  return removed;
}

/** Removes the chunks of a run that nobody finds any more. Never throws. */
export function* dropRun(shared: Shared, id: string, run: StoredRun): Steps<void> {
  const bytes = yield* removeChunks(shared.store, id, run);
  if (bytes > 0 && isLimited(shared)) yield* recordRemoved(shared, { id, entries: 0, bytes });
}

/** How the parts of a run are stored: with turns of the event loop where its consumer waits for promises anyway. */
export function paceOf({ generator, shared }: Site): Pace {
  return generator === 'async' || shared.store.kind === 'async' ? 'in turns' : 'at once';
}

/** Never throws: the value is stored, whatever becomes of the others. */
function* keep(site: Site, change: Change, terms: EvictTerms & { readonly spare: string }): Steps<void> {
  const { shared } = site;
  try {
    if (isLimited(shared)) yield* keepWithin(shared, change, terms);
  } catch (error) {
    reportFailure(site, 'writeFailed', { id: terms.spare, error });
  }
}

/** Nothing also where the store cannot tell: the count is wrong then until the next listing. */
function* sizeBefore({ store }: Limited, id: string): Steps<number | undefined> {
  try {
    return (yield* step(store.stat(id)))?.size;
  } catch {
    return undefined;
  }
}
