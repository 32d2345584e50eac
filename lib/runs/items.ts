/** What is different about the item of a generator: its value is all that the generator gave, in an array. */

import { CorruptItemError, invalidArgument, isUnsafeFolder } from '../common/errors.ts';
import { readHead } from '../records/frame.ts';
import type { Store, StoreEntry } from '../stores/store.ts';
import { chunkIdOf } from './chunks.ts';
import { Manifest, runsOf, type StoredRun } from './manifest.ts';
import type { Finding, Outcome } from '../records/outcome.ts';
import { Replay, type RunSource } from './replay.ts';
import { step, type Steps } from '../runtime/steps.ts';

/** What is asked of a store about the runs of its items. */
type RunStore = Pick<Store, 'get' | 'peek' | 'stat' | 'delete'>;

/** What was found, with all the items of a run in the place of its manifest. @throws what the store throws */
export function* collected(source: RunSource, id: string, outcome: Outcome): Steps<Finding> {
  if (!(outcome.value instanceof Manifest)) return outcome;
  try {
    return { ...outcome, value: yield* itemsOfRun(source, id, outcome.value) };
  } catch (error) {
    if (!(error instanceof CorruptItemError)) throw error;
    return { hasValue: false, reason: 'corrupt', error };
  }
}

/** All that a run gave but what it returned. @throws CorruptItemError, what the store throws */
export function* itemsOfRun(source: RunSource, id: string, manifest: Manifest): Steps<unknown[]> {
  const replay = new Replay(source, id, manifest);
  const items: unknown[] = [];
  for (;;) {
    const result = yield* replay.next();
    if (result.done === true) return items;
    items.push(result.value);
  }
}

/** The runs whose chunks go with an item that is removed. What cannot be read now is left to `prune`. @throws UnsafeFolderError */
export function* runsToRemove(store: Pick<Store, 'get' | 'peek'>, id: string): Steps<readonly StoredRun[]> {
  try {
    const peeked = yield* step(store.peek(id));
    if (peeked === undefined || readHead(peeked.head, id).kind !== 'run') return [];
    const runs = runsOf(yield* step(store.get(id)), id);
    return runs === undefined ? [] : [runs, runs.former];
  } catch (error) {
    if (isUnsafeFolder(error)) throw error;
    return [];
  }
}

/** A run that lacks so many chunks has no others: what a manifest says of their number may be anything. */
const MOST_MISSING = 100;

/** Bytes of the chunks of a run that are there, or of those that `take` says it took. @throws what the store and `take` throw */
function* bytesOfRun(
  store: Pick<Store, 'stat'>,
  { id, run: { token, chunks } }: { readonly id: string; readonly run: StoredRun },
  take?: (chunk: StoreEntry) => Steps<boolean>,
): Steps<number> {
  let bytes = 0;
  let missing = 0;
  for (let index = 0; index < chunks && missing < MOST_MISSING; index++) {
    const chunk = yield* step<StoreEntry | undefined>(store.stat(chunkIdOf({ id, token, index })));
    if (chunk === undefined) missing++;
    else if (take === undefined || (yield* take(chunk))) bytes += chunk.size;
  }
  return bytes;
}

/** Bytes that the chunks of some runs of an item take. @throws what the store throws */
export function* bytesOfChunks(store: Pick<Store, 'stat'>, id: string, runs: readonly StoredRun[]): Steps<number> {
  let bytes = 0;
  for (const run of runs) bytes += yield* bytesOfRun(store, { id, run });
  return bytes;
}

/** Removes the chunks of a run, and gives their bytes; what cannot be removed is left to `prune`. Never throws. */
export function* removeChunks(store: RunStore, id: string, run: StoredRun): Steps<number> {
  let bytes = 0;
  try {
    yield* bytesOfRun(store, { id, run }, function* remove(chunk) {
      const isRemoved = yield* step(store.delete(chunk.id));
      if (isRemoved) bytes += chunk.size;
      return isRemoved;
    });
  } catch {
    // The store fails, which is reported where it fails an item.
  }
  return bytes;
}

/**
 * Removes the record of an item, then the chunks of its runs, which are asked for before: the record names them. Bytes that
 * this freed, or undefined where there was no record.
 *
 * @throws what the store throws when it cannot remove the record
 */
export function* removeItem(
  store: RunStore,
  { id, size }: Pick<StoreEntry, 'id' | 'size'>,
  runs: readonly StoredRun[],
): Steps<number | undefined> {
  if (!(yield* step(store.delete(id)))) return undefined;
  let bytes = size;
  for (const run of runs) bytes += yield* removeChunks(store, id, run);
  return bytes;
}

/** @throws TypeError (`ERR_INVALID_ARG_VALUE`) for the item of a generator, which only a run of it fills */
export function refuseGenerator(
  { generator, name }: { readonly generator?: unknown; readonly name: string },
  method: string,
): void {
  if (generator === undefined) return;
  throw invalidArgument(`${method} is not for the items of generators: let ${name} run to its end, and it is stored`);
}
