/** How a record comes into a store, and out of it, and the cache stays within its limits. */

import { EntryTooLargeError, isFull } from '../common/errors.ts';
import { sizeOf, type Parts, type StoreHints } from '../stores/store.ts';
import { keepWithin, type EvictTerms } from '../limits/evict.ts';
import type { Change } from '../limits/listing.ts';
import type { StoredRun } from '../runs/manifest.ts';
import { removeChunks } from '../runs/items.ts';
import { emit, observeFailure } from './observe.ts';
import type { Backing, CallContext } from './context.ts';
import { step, type Steps } from '../runtime/steps.ts';
import { type Pace, recordRemoved } from '../limits/account.ts';
import { isLimited } from '../limits/sizes.ts';

/** A record that is ready for a store. */
export interface Prepared {
  readonly id: string;
  readonly parts: Parts;
  readonly hints: StoreHints;
}

/** Bytes of the largest entry that a call may store. */
export function largestOf({ settings, backing }: CallContext): number {
  return Math.min(settings.maxEntryBytes, backing.limits.maxBytes);
}

/** Whether a record is too long to be stored. */
export function isTooLarge(context: CallContext, parts: Parts): boolean {
  const largest = Math.min(context.settings.maxEntryBytes, context.backing.limits.maxBytes);
  return largest !== Infinity && sizeOf(parts) > largest;
}

/** @throws EntryTooLargeError for a record that is too long to be stored */
export function refuseTooLarge(context: CallContext, { id, parts }: Prepared): void {
  if (isTooLarge(context, parts)) throw tooLarge(context, id, sizeOf(parts));
}

export function tooLarge(context: CallContext, id: string, bytes: number): EntryTooLargeError {
  const { settings, backing } = context;
  const option = settings.maxEntryBytes < backing.limits.maxBytes ? 'maxEntryBytes' : 'maxBytes';
  const facts = `takes ${bytes} bytes, and ${option} allows ${largestOf(context)}`;
  return new EntryTooLargeError(`Item ${id} ${facts}: store less of it, or raise the limit`, { id });
}

/**
 * Stores the record of an item, emits `save`, and has what is old removed in the background; then evicts what is over the
 * limits. @throws what the store throws
 */
export function* put(context: CallContext, record: Prepared, pace: Pace): Steps<void> {
  const { id, parts } = record;
  const { backing } = context;
  const before = isLimited(backing) ? yield* sizeBefore(backing, id) : undefined;
  yield* write(backing, record);
  emit(context, 'save', id);
  backing.saved(id);
  context.onSave?.();
  if (!isLimited(backing)) return;
  const change = { id, entries: before === undefined ? 1 : 0, bytes: sizeOf(parts) - (before ?? 0) };
  yield* keep(context, change, { events: context.settings.events, pace, spare: id });
}

/** As `put` for a chunk of the run of an item. @throws what the store throws */
export function* putChunk(context: CallContext, record: Prepared, runId: string): Steps<void> {
  const { id, parts } = record;
  yield* write(context.backing, record);
  const { events } = context.settings;
  yield* keep(context, { id, entries: 0, bytes: sizeOf(parts) }, { events, pace: paceOf(context), spare: runId });
}

/** Where the store is full, what is old goes first. @throws what the store throws */
function* write({ store, makeRoom }: Backing, { id, parts, hints }: Prepared): Steps<void> {
  try {
    yield store.set(id, parts, hints);
  } catch (error) {
    if (!isFull(error) || !(yield* makeRoom())) throw error;
    yield store.set(id, parts, hints);
  }
}

/** Removes the record of an item with its runs; whether there was one. @throws what the store throws */
export function* removeEntry(backing: Backing, id: string, runs: readonly StoredRun[]): Steps<boolean> {
  let bytes = isLimited(backing) ? ((yield* sizeBefore(backing, id)) ?? 0) : 0;
  const removed = yield* step(backing.store.delete(id));
  for (const run of runs) bytes += yield* removeChunks(backing.store, id, run);
  if (removed && isLimited(backing)) yield* recordRemoved(backing, { id, entries: 1, bytes });
  return removed;
}

/** Removes the chunks of a run that no manifest leads to any more. Never throws. */
export function* removeRun(backing: Backing, id: string, run: StoredRun): Steps<void> {
  const bytes = yield* removeChunks(backing.store, id, run);
  if (bytes > 0 && isLimited(backing)) yield* recordRemoved(backing, { id, entries: 0, bytes });
}

/** How the parts of a run are stored: with turns of the event loop where its consumer waits for promises anyway. */
export function paceOf({ generator, backing }: CallContext): Pace {
  return generator === 'async' || backing.store.kind === 'async' ? 'in turns' : 'at once';
}

/** Never throws: the value is stored, whatever becomes of the others. */
function* keep(context: CallContext, change: Change, terms: EvictTerms & { readonly spare: string }): Steps<void> {
  const { backing } = context;
  try {
    if (isLimited(backing)) yield* keepWithin(backing, change, terms);
  } catch (error) {
    observeFailure(context, 'writeFailed', { id: terms.spare, error });
  }
}

/** Nothing also where the store cannot tell: the count is wrong then until the next listing. */
function* sizeBefore({ store }: Backing, id: string): Steps<number | undefined> {
  try {
    return (yield* step(store.stat(id)))?.size;
  } catch {
    return undefined;
  }
}
